import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import extract_bytes, extract_case
from ingest.extract import extract_reading, render_page
from ingest.identity import case_id_of, file_name_of
from kb.config import Settings
from kb.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    FileMissing,
    NotAPdf,
    ResourceLimit,
    TooLarge,
    TooManyPages,
)
from kb.types import Case, Notice
from tests.ingest.pdfs import pages, text

SECTIONS = {
    "background": ("Bakgrund", "Föräldrar ringde socialtjänsten utan att veta vem som kunde svara på deras frågor om",
                   "extremism. Kommunen startade därför en telefon för anhöriga våren 2016."),
    "method": ("Så gjorde man", "Telefonen bemannas av två socionomer från måndag till fredag. De bokar samtal inom en",
               "vecka och tar med skolan eller polisen bara om familjen vill det."),
    "success_factors": ("Framgångsfaktorer", "Att samtalen är anonyma gjorde att många vågade ringa. Ledningen gav tid",
                        "och frågade inte efter siffror under det första året."),
    "challenges": ("Utmaningar", "Numret var svårt att göra känt utan att peka ut någon grupp. På kvällar fanns",
                   "ingen som kunde svara, och då kom de flesta frågorna."),
}  # fmt: skip


def section(y: float, name: str) -> bytes:
    title, *lines = SECTIONS[name]
    body = b"".join(text(72, y - 24 - 15 * n, line) for n, line in enumerate(lines))
    return text(72, y, title, font="F2", size=16) + body


EXAMPLE = pages(
    [
        text(72, 780, "Stödtelefonen i Exempelby", font="F2", size=24)
        + section(720, "background")
        + section(620, "method"),
        section(720, "success_factors") + section(620, "challenges"),
    ]
)


def test_a_pdf_becomes_a_case(tmp_path):
    path = tmp_path / "stödtelefonen.pdf"
    path.write_bytes(EXAMPLE)
    case = extract_case(path, Settings())
    assert (case.file, case.title, case.page_count) == ("stödtelefonen.pdf", "Stödtelefonen i Exempelby", 2)
    assert case.case_id == case_id_of("stödtelefonen.pdf")
    assert case.fields["results"] is None
    for name, page in {"background": 1, "method": 1, "success_factors": 2, "challenges": 2}.items():
        value = case.fields[name]
        assert value is not None
        assert (value.text, value.pages) == (" ".join(SECTIONS[name][1:]), (page,))


def test_the_name_of_a_file_is_all_that_is_needed_of_it():
    assert extract_bytes(EXAMPLE, "x.pdf", Settings()).fields == extract_bytes(EXAMPLE, "y.pdf", Settings()).fields


def test_passages_come_with_the_case():
    reading = extract_reading(EXAMPLE, "x.pdf", Settings())
    assert {p.field for p in reading.passages} >= {"background", "method", "success_factors", "challenges"}
    assert {p.case_id for p in reading.passages} == {reading.case.case_id}


@pytest.mark.parametrize(
    ("data", "settings", "error"),
    [
        pytest.param(b"", {}, EmptyDocument, id="empty"),
        pytest.param(b"PK\x03\x04 a Word document", {}, NotAPdf, id="a Word document"),
        pytest.param(EXAMPLE[:400], {}, DamagedDocument, id="cut off"),
        pytest.param(EXAMPLE, {"max_pages": 1}, TooManyPages, id="too many pages"),
        pytest.param(EXAMPLE + bytes(2 << 20), {"max_megabytes": 1}, TooLarge, id="too many bytes"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_cannot_be_read_is_told_in_one_sentence(data, settings, error, language, tmp_path):
    path = tmp_path / "fel.pdf"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        extract_case(path, Settings(**settings))
    message = caught.value.message(language)
    assert message.startswith("fel.pdf: ")
    assert "{" not in message


@pytest.mark.parametrize("name", ["saknas.pdf", "."])
def test_what_is_not_there(name, tmp_path):
    with pytest.raises(FileMissing):
        extract_case(tmp_path / name, Settings())


def test_a_file_that_may_not_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "x.pdf"
    path.write_bytes(EXAMPLE)

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(DocumentError, match="Permission denied"):
        extract_case(path, Settings())


def test_a_page_is_drawn_in_the_sandbox():
    assert render_page(EXAMPLE, 2, width_px=300, boxes=[(72, 100, 200, 130)]).startswith(b"\x89PNG")
    with pytest.raises(DamagedDocument):
        render_page(EXAMPLE, 3, width_px=300)


def test_ocr_that_runs_out_of_time_leaves_the_case_as_it_was_and_says_so(monkeypatch):
    first = extract_reading(EXAMPLE, "x.pdf", Settings())
    scan = replace(first, case=replace(first.case, warnings=(Notice("scanned", {"count": 1, "pages": "1"}),)))
    asked = []

    def run(*args, languages, limits, **options):
        asked.append((languages, limits.seconds))
        if languages:
            raise ResourceLimit(file="x.pdf")
        return scan

    monkeypatch.setattr("ingest.extract.run", run)
    monkeypatch.setattr("ingest.extract.installed_languages", lambda: ("swe",))
    found = extract_reading(EXAMPLE, "x.pdf", Settings())
    assert [warning.code for warning in found.case.warnings] == ["ocr_unread"]
    assert replace(found, case=replace(found.case, warnings=scan.case.warnings)) == scan
    assert asked == [([], 20), (["swe"], 22)]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("Stödtelefonen i Örebro.pdf", "stodtelefonen-i-orebro-"),
        ("…!.pdf", "case-"),
        ("a" * 300 + ".pdf", "a" * 60 + "-"),
    ],
)
def test_case_ids_are_readable_and_stable(file, expected):
    assert case_id_of(file)[:-4] == expected
    assert case_id_of(file) == case_id_of(file) != case_id_of(file.upper())


def test_file_names_are_text_that_every_system_can_keep(tmp_path):
    assert file_name_of(tmp_path / "a\u030angest.pdf") == "ångest.pdf"
    assert file_name_of(tmp_path / "\udce5.pdf") == "\ufffd.pdf"


def test_a_case_crosses_whole():
    case = extract_bytes(EXAMPLE, "x.pdf", Settings())
    assert isinstance(case, Case)
    assert isinstance(case.sections, tuple)
    assert all(isinstance(edge, float) for section in case.sections for span in section.spans for edge in span.bbox)


MODULES = """
import sys
from pathlib import Path
from ingest.reader import read, warm_up
warm_up()
known = set(sys.modules)
for path in sorted(Path("data/raw_pdfs").glob("*.pdf"))[:12]:
    read(path.read_bytes(), name=f"ö{path.name}", sha256="", max_pages=100)
late = {name.partition(".")[0] for name in set(sys.modules) - known}
print(*sorted(late - sys.stdlib_module_names))
"""


def test_no_document_pays_for_loading_modules():
    done = subprocess.run(
        [sys.executable, "-c", MODULES], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")
