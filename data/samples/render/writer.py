"""LibreOffice Writer: a template of flat ODF is filled and exported as PDF by a headless soffice."""

import hashlib
import json
import re
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from data.samples.render.common import created, facts_title, grouped, labels, xml_templates
from data.samples.render.model import Source

TIMEOUT_S = 180

_ID = re.compile(rb"(\[ <|>\s<|/DocChecksum /)[0-9A-F]{32}")


def render_writer(source: Source, template: str, *, tagged: bool, **look: Any) -> bytes:
    """Fill ``template`` with the case and its ``look``, and export it, with structure tags or without.

    Raises:
        RuntimeError: soffice made no PDF; the message holds what it printed.
    """
    fodt = (
        xml_templates()
        .get_template(template)
        .render(
            meta=source.meta,
            ingress=source.ingress,
            groups=grouped(source.body),
            notes={note.number: note.runs for note in source.footnotes},
            labels=labels(source),
            facts_title=facts_title(source),
            date=created(source),
            **look,
        )
    )
    options = {"UseTaggedPDF": tagged, "ExportBookmarks": tagged, "Quality": 85}
    return _stamp(_export(fodt, source.meta.id, options), created(source))


def _export(fodt: str, name: str, options: dict[str, bool | int]) -> bytes:
    types = {bool: "boolean", int: "long"}
    described = {key: {"type": types[type(value)], "value": str(value).lower()} for key, value in options.items()}
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, f"{name}.fodt")
        document.write_text(fodt, encoding="utf-8")
        done = subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",  # its own, so that builds can run side by side
                "--headless",
                "--convert-to",
                f"pdf:writer_pdf_Export:{json.dumps(described)}",
                "--outdir",
                folder,
                str(document),
            ],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        pdf = document.with_suffix(".pdf")
        if not pdf.exists():
            raise RuntimeError(f"soffice made no PDF of {name}: {done.stdout}{done.stderr}")
        return pdf.read_bytes()


def _stamp(pdf: bytes, date: datetime) -> bytes:
    """Overwrite the export's clock time and the ids made from it, byte for byte, so that builds agree."""
    pdf = re.sub(rb"D:\d{14}", date.strftime("D:%Y%m%d%H%M%S").encode(), pdf)
    blank = _ID.sub(rb"\g<1>" + b"0" * 32, pdf)
    digest = hashlib.md5(blank, usedforsecurity=False).hexdigest().upper().encode()
    return _ID.sub(rb"\g<1>" + digest, pdf)
