"""The title of a document: the largest words of its first page with text, checked against what the file says."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.bodies import bodies_in
from ingest.gazetteer import places
from ingest.layout import BODY_KINDS, Block, Layout
from ingest.lexicon import is_box_title, key_of, meaning_of
from ingest.pages import Document
from ingest.year_signs import DATE, DATE_LINE

_WORDS = re.compile(r"\w+")
_WITHIN = re.compile(r"(?<=[\w,] )(?P<word>\w+)(?=\W?(?P<following>\w+)?)")  # not at a sentence's beginning
_CAPITALS = re.compile(r"\b[A-ZÅÄÖÆØ]{2,}(?:\W+[A-ZÅÄÖÆØ]{2,})+\b")  # words that stand in capitals anyway
_IN_ADDRESS, _DOT_WITHIN = re.compile(r"(?<=\S)[@/.]"), re.compile(r"\w\.\w")
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|namnlös|dokument\d*|document\d*|\(anonymous\))|\.(?:docx?|indd|pdf|pptx?|odt)$",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"^(?:dnr|diarie(?:nr|nummer)|ref(?:erence)?|saksnr|saksnummer|sagsnr|sagsnummer|j\.?nr|vår ref)\b[\w .:]*\d"
    r"|^(?:från|fra|from|till|til|to|kopia|kopi|cc|ämne|emne|subject):\s"
    r"|\w(?:gatan|vägen|torget|gata|väg|gate|vei|veien|gade|vej|torv| street| road)\s\d{1,3}\s?[a-e]?\b",
    re.IGNORECASE,
)
"""A paper's number, a street."""
_KEYED = re.compile(
    r"(?:(?:praktik|praksis|exempel|eksempel|insats|indsats|tiltak|projekt|prosjekt|metod|practice|project|case|example)(?:en|et)?s?"
    r"(?:ens|ets)?(?: ?namn| ?navn| name| title)?|titel|tittel|title|rubrik|overskrift|name of (?:the )?\w+|namn på \w+|navn på \w+):\s(?P<title>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""A form's first row gives the title: "Praktik: Samtal i trappan"."""
_AND_DATE = re.compile(rf",\s+{DATE}$", re.IGNORECASE)
_OPEN_DASH = re.compile(r"(?<=\d)–\s(?=\d)")  # "2025–" ended the line
_LARGE = 1.15  # a title is at least this many times as large as the body, or bold
_KICKER = 0.5  # what is at most half as large as the title above it is no part of it
_SHORTEST = 4
_FAR, _MOST_PARTS = 10, 4  # blocks
_FIRST_BLOCKS = 5
_STEM = 5  # letters
_SECOND_TITLE, _NEARLY_AS_LARGE = 0.5, 0.6  # shares of the size of a magazine's name
_IMPRINT = 0.85  # what is smaller than this share of the body's letters tells who gives the magazine out
_TOP = 0.75  # a title stands in this upper share of its page


@dataclass(frozen=True, slots=True)
class Title:
    """The title's text, and the blocks that print it."""

    text: str
    blocks: tuple[Block, ...]


def find_title(layout: Layout, document: Document) -> Title | None:
    """Return the document's title, or ``None`` where its first page has none."""
    pages = sorted({block.page for block in layout.blocks if block.kind in BODY_KINDS})
    heights = {page.number: page.height for page in document.pages}
    for page in pages[:2]:
        kinds = {"text", "item", "pull_quote"}
        blocks = [b for b in layout.blocks if b.page == page and b.kind in kinds and _WORDS.search(b.text)]
        found = _printed_title(blocks, layout, heights[page])
        if not found:
            found = _first_bold(blocks)
            if keyed := _keyed_title([b for b in layout.blocks if b.page == page], until=found):
                return keyed
        if found:
            title = _as_declared(found, blocks, declared_title(document) or "")
            return replace(title, text=_with_small_letters(title.text, layout)) if title.text.isupper() else title
    return None


def declared_title(document: Document, *, words: int = 1) -> str | None:
    """Return what the file says its title is, unless a program said so for want of one: "Microsoft Word - Dok1".

    It has at least so many ``words``; a single one may be a file's name.
    """
    declared = document.info.get("Title", "").strip()
    short = len(declared) < _SHORTEST or len(declared.split()) < words
    return None if short or _PROGRAM.search(declared) else declared


def _printed_title(blocks: Sequence[Block], layout: Layout, height: float) -> list[Block]:
    large = _LARGE * layout.body.size
    candidates = [b for b in blocks if b.first.y0 < _TOP * height and b.size >= large and _may_be_title(b)]
    if not candidates:
        return []
    best = _first_of_largest(candidates)
    others = [b for b in candidates if b is not best]
    if others and _is_masthead(best, _first_of_largest(others), layout):
        best = _first_of_largest(others)
    return _with_neighbours(best, blocks)


def _first_of_largest(blocks: Sequence[Block]) -> Block:
    largest = max(block.size for block in blocks)
    return next(block for block in blocks if block.size >= 0.97 * largest)


def _is_masthead(block: Block, second: Block, layout: Layout) -> bool:
    """Whether a large line above ``second`` is a magazine's name: no word of it is in the article."""
    share = second.size / block.size
    if (
        " " in block.text.strip()
        or share < _SECOND_TITLE
        or len(second.text) < len(block.text)
        or second.text.endswith(".")
        or block.first.y0 > second.first.y0
    ):
        return False
    article = [b for b in layout.blocks if b is not block and b is not second and b.size > _IMPRINT * layout.body.size]
    rest = "\n".join(b.text.lower() for b in article)

    def told(text: str) -> bool:
        return any(word[:_STEM].lower() in rest for word in _WORDS.findall(text) if len(word) >= _STEM)

    alike = share > _NEARLY_AS_LARGE and second.bold
    return not told(block.text) and (alike or told(second.text))


def _may_be_title(block: Block) -> bool:
    text = block.text
    if len(text) > 250 or sum(map(str.isalpha, text)) < 4 or block.lines[0].line.tag in {"TD", "TH"}:
        return False
    meaning = meaning_of(text)
    if any(body.start == 0 and body.end == len(text) for body in bodies_in(text)):
        return False
    if DATE_LINE.fullmatch(text) or _LETTERHEAD.search(text):
        return False
    return not (is_box_title(text) or key_of(text) or meaning.other == 1.0 or (meaning.score == 1.0 and len(text) < 25))


def _with_neighbours(best: Block, blocks: Sequence[Block]) -> list[Block]:
    """A title may have been parted into blocks of the same look that follow each other closely."""
    first = last = next(i for i, b in enumerate(blocks) if b is best)
    column = [best, *(b for b in blocks[first + 1 : first + _FAR] if _is_below(b, best))]
    parted = [best]
    for block in column[1:_MOST_PARTS]:
        if not _goes_on(parted[-1], block):
            break
        parted.append(block)
    if len(parted) > 1 and parted[1] is not blocks[first + 1]:
        return parted  # another column's lines are read between
    while last + 1 < min(len(blocks), first + _MOST_PARTS) and _goes_on(blocks[last], blocks[last + 1]):
        last += 1
    while not best.font and best.bold and first and _goes_on(blocks[first - 1], blocks[first]):
        first -= 1  # what stands above was of another height only by its letters
    return list(blocks[first : last + 1])


def _is_below(block: Block, title: Block) -> bool:
    """Whether a block begins below the title, in its column."""
    left, right = title.first.x0, max(placed.line.x1 for placed in title.lines)
    return left - title.size <= block.first.x0 < right


def _goes_on(block: Block, following: Block) -> bool:
    larger = max(block.size, following.size)
    within = (
        0.03 if block.font else 0.35
    )  # OCR takes a line to be as high as its letters: "nonsens" is lower than "Gång"
    return (
        abs(block.size - following.size) < within * larger
        and block.bold == following.bold
        and block.font == following.font
        and 0 <= following.first.y0 - block.lines[-1].line.y1 < 0.9 * larger
    )


def _first_bold(blocks: Sequence[Block]) -> list[Block]:
    """Where nothing is larger than the body: a bold, or all-capital, or lone short block that comes first."""
    able = [b for b in blocks[:_FIRST_BLOCKS] if _may_be_title(b) and len(b.text) < 200 and b.text[-1:] not in ".;,"]
    top = [block for block in blocks[:3] if block in able]
    return next(([block] for block in able if block.bold and not blocks[0].bold), top[:1])


def _keyed_title(blocks: Sequence[Block], *, until: Sequence[Block]) -> Title | None:
    """The title that one of the first rows of a form gives, where nothing is larger than the body."""
    for block in blocks[:_FIRST_BLOCKS]:
        if found := _KEYED.fullmatch(block.text.strip()):
            return Title(_calm(found["title"]), (block,))
        if block in until:
            break
    return None


def _as_declared(found: Sequence[Block], blocks: Sequence[Block], declared: str) -> Title:
    """Prefer the PDF's own title where the page prints it: it knows capitals, and which lines belong together."""
    printed = " ".join(block.text for block in found)
    if not declared:
        return Title(_calm(printed), tuple(found))
    wanted = _plain(declared)
    if wanted == _plain(printed):
        return Title(_calm(declared if printed.isupper() else printed), tuple(found))
    for start in range(len(blocks)):
        for stop in range(start + 1, min(start + 4, len(blocks)) + 1):
            run = blocks[start:stop]
            if _plain(" ".join(b.text for b in run)) == wanted and any(b in found for b in run):
                if run[0] not in found and run[0].size < _KICKER * found[0].size:  # the magazine's name, then the title
                    return Title(_calm(printed), tuple(found))
                return Title(_calm(declared), tuple(run))
    return Title(_calm(printed), tuple(found))


def _calm(text: str) -> str:
    return _AND_DATE.sub("", _OPEN_DASH.sub("–", re.sub(r"\s+", " ", text).strip()))


def _with_small_letters(title: str, layout: Layout) -> str:
    """Write a title that is set in capitals as the text writes its words: INFOHUSET I ÅSBY is Infohuset i Åsby.

    Counted are the words within sentences, with the word that follows where the text has both: "Open Duka" is a name,
    "open data" is none. Names of bodies and places are known besides.
    """
    texts = (b.text.split() for b in layout.blocks if b.kind in BODY_KINDS and b.text != title)
    text = "\n".join(" ".join(word for word in words if not _is_address(word)) for words in texts)
    forms = _forms_of(_CAPITALS.sub("", text))
    names = {body.name.split()[0] for body in bodies_in(text)} | places().keys()

    def written(word: str, following: str) -> str:
        if len(word) == 1:
            return word.lower()
        seen = forms[word.lower(), following.lower()] or forms[word.lower(), ""]
        if seen:
            return max(seen, key=lambda form: seen[form])
        return next((form for form in (word.capitalize(), word) if form in names), word.lower())

    words = _WORDS.findall(title)
    small = map(written, words, [*words[1:], ""])
    result = _WORDS.sub(lambda _: next(small), title)
    return re.sub(r"\w", lambda match: match[0].upper(), result, count=1)


def _forms_of(text: str) -> defaultdict[tuple[str, str], Counter[str]]:
    """How often each word is written how within sentences, whatever follows and before each word that does."""
    forms: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for match in _WITHIN.finditer(text):
        word, following = match["word"], match["following"] or ""
        for key in {"", following.lower()}:
            forms[word.lower(), key][word] += 1
    return forms


def _is_address(word: str) -> bool:
    found = _IN_ADDRESS.search(word)
    return found is not None and _DOT_WITHIN.search(word, found.end()) is not None


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(text.lower()))
