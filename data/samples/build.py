"""Render the sample cases to ``data/raw_pdfs``.  For maintainers: needs LibreOffice, LuaLaTeX and fonts.

Run from the repository's root::

    python -m data.samples.build                       # every case
    python -m data.samples.build stodtelefon-lindvik   # only the named ones
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from data.samples.render.model import Source
from data.samples.render.source import SourceError, load

HERE = Path(__file__).parent
CASES = HERE / "cases"
PDFS = HERE.parent / "raw_pdfs"


def renderer(layout: str) -> Callable[[Source], bytes]:
    """The ``render`` function of a layout; its tools are imported only now."""
    name = "typst_" if layout == "typst" else layout  # a module typst.py would shadow the package
    render: Callable[[Source], bytes] = import_module(f"data.samples.render.{name}").render
    return render


def main(arguments: list[str] | None = None) -> int:
    """Build the named cases, or all; 1 when a source is wrong or a name unknown."""
    parser = argparse.ArgumentParser(prog="python -m data.samples.build", description="Render sample cases to PDF.")
    parser.add_argument("ids", nargs="*", help="cases to build (default: all)")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of sources")
    parser.add_argument("--out", type=Path, default=PDFS, help="folder for the PDFs")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    paths = [options.cases / f"{name}.md" for name in options.ids] or sorted(options.cases.glob("*.md"))
    failed = False
    for path in paths:
        try:
            source = load(path)
        except (OSError, SourceError) as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        pdf = renderer(source.meta.layout)(source)
        (options.out / f"{source.meta.id}.pdf").write_bytes(pdf)
        print(f"{source.meta.id}.pdf  {source.meta.layout}  {len(pdf) // 1024} KB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
