"""Documents made to hurt go through the whole of extraction: each ends as a case or as one clear error."""

import resource

import pytest

from ingest.extract import extract_reading
from ingest.sandbox import Usage
from kb.config import Settings
from kb.errors import DocumentError
from tests.ingest.bombs import BOMBS

MEGABYTES = 1200
ENDINGS = {"case", "resource_limit", "damaged_document", "too_many_pages", "empty_document"}
READ = {
    *("lying_page_count", "struct_tree_cycle", "outline_cycle", "deep_outline", "deep_structure", "laughing_metadata"),
    *("many_objects", "repeated_contents", "long_line", "tiring_text", "crowded_page", "keys_everywhere", "steps"),
    *("tables_in_a_ring", "chain_of_updates", "no_table", "inline_image", "many_annotations", "fields_in_a_ring"),
    *("many_marked_contents", "wide_outline", "giant_title", "stacked_letters", "letters_in_a_row"),
    *("all_headings", "giant_page", "many_fonts"),
}
"""Those that a reader should get the text of; of the others any clear ending will do."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_as_a_case_or_as_one_clear_error(name):
    used: list[Usage] = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ending = outcome(name, BOMBS[name](), used)
    assert ending == "case" if name in READ else ending in ENDINGS
    assert max(u.peak_megabytes for u in used) <= MEGABYTES
    assert sum(u.seconds for u in used) <= Settings().seconds + 5
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 300 * 1024  # the parent holds the bytes, and nothing that came of them


def outcome(name: str, data: bytes, used: list[Usage]) -> str:
    try:
        extract_reading(data, f"{name}.pdf", Settings(), on_usage=used.append)
    except DocumentError as error:
        return error.code if error.message("sv").startswith(f"{name}.pdf: ") else f"no clear sentence: {error}"
    return "case"


def test_scripts_and_attachments_are_flagged_and_left_alone():
    used: list[Usage] = []
    case = extract_reading(BOMBS["laughing_metadata"](), "x.pdf", Settings(), on_usage=used.append).case
    assert [warning.code for warning in case.warnings][:2] == ["javascript", "attachments"]
    assert _peak(used) < _peak_of(BOMBS["outline_cycle"]()) + 32  # the attachment would unpack to 64 MB


def _peak(used: list[Usage]) -> int:
    return max(u.peak_megabytes for u in used)


def _peak_of(data: bytes) -> int:
    used: list[Usage] = []
    extract_reading(data, "x.pdf", Settings(), on_usage=used.append)
    return _peak(used)
