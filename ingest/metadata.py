"""stub"""

from ingest.layout import Layout, Block
from ingest.pages import Document


def find_title(layout, document):
    first = [b for b in layout.blocks if b.kind in ("text", "pull_quote") and b.page == layout.blocks[0].page]
    return max(first, key=lambda b: b.size, default=None)
