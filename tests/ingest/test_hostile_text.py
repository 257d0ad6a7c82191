"""Text made to hurt patterns: 100 kB of it are laid out and read for metadata in a moment, or the test is stopped.

Where a pattern tries again at every letter of a long run, it takes minutes.
"""

from itertools import product

import pytest

from ingest.bodies import bodies_in
from ingest.contacts import addresses_of, find_contact
from ingest.facts import Fact, rows_of, values
from ingest.kinds import kind_says
from ingest.language import detect_language
from ingest.layout.model import Block, Placed
from ingest.organisations import organisation_of
from ingest.pages import Document, Line, Page
from ingest.partners import partners_of
from ingest.passages import passages_of
from ingest.places import country_of, place_at_foot, place_of
from ingest.reading import read_case
from ingest.reckoning import reckoned_start
from ingest.stated import Sources
from ingest.target_groups import target_groups_of
from ingest.triage import triage
from ingest.unlisted import names_of_addresses
from ingest.year_features import Told
from ingest.years import published_year, start_year
from kb.duplicates import sketch_of
from kb.privacy import holds_contact, masked

SIZE = 100_000
RUNS = {
    "capitals": "A",
    "letters": "a",
    "digits": "1",
    "dots": ".",
    "dotted": "a.",
    "at-signs": "@",
    "hyphens": "a-",
    "capitalised": "Aa ",
    "apostrophes": "Aa’",
    "commas": "Aa, ",
    "och": "Aa och ",
    "municipalities": "Aa kommun och ",
    "councils": "Royal City Aa ",
    "together": "tillsammans med Aa, ",
    "brackets": "(a, ",
    "names": "Anna ",
    "hyphenated names": "Anna-Anna ",
    "particles": "Anna von de ",
    "years": "2015-",
    "lines of years": "2015\n",
    "unknown addresses": "abcøekbyk.se ",
    "charities": "driver ABF ",
    "since": "sedan år 2015 ",
    "numbers in pairs": "01 23 ",
    "colons": "kontakt: ",
    "spaces": " ",
    "lines": "\n",
    "dots apart": ". ",
    "underscores": "_",
    "numbering": "1.1.",
}
READERS = {
    "bodies": lambda text: list(bodies_in(text)),
    "organisation": lambda text: organisation_of(
        Sources(title=text, contacts=[text], running=[text], text=text, emails=addresses_of([text]))
    ),
    "stated organisation": lambda text: organisation_of(Sources(facts=[Fact("organisation", text, 1)])),
    "line by the title": lambda text: organisation_of(Sources(byline=[text], running=[text], asides=[text])),
    "foot": lambda text: place_at_foot("Aa kommun", [text]),
    "names of addresses": lambda text: list(names_of_addresses(text, ["info@norrljus.example"])),
    "place": lambda text: place_of("Aa kommun", title=text, facts=(), text=text),
    "country": lambda text: country_of("en", None, text, text),
    "rows": lambda text: rows_of(Block("fact_box", (Placed(1, 0, Line(text, (0, 0, 1, 1), 9.0)),), text)),
    "partners": lambda text: partners_of((), [text], organisation=None),
    "stated partners": lambda text: partners_of([Fact("partners", text, 1)], (), organisation=None),
    "target groups": lambda text: target_groups_of((), [text]),
    "stated target groups": lambda text: target_groups_of([Fact("target_groups", text, 1)], ()),
    "values": values,
    "contact": lambda text: find_contact([text], [text], organisation="Aa kommun"),
    "addresses": lambda text: addresses_of([text]),
    "years": lambda text: (start_year((), [Told(text, "method")]), published_year((), [text], None)),
    "reckoned start": lambda text: reckoned_start([Told(text, "method")], written=2020),
    "triage": lambda text: triage(text, {}, text=text, page_count=1, first_page=text),
    "kind": lambda text: kind_says(text, text, []),
    "language": lambda text: detect_language(text, declared=None),
    "masked": lambda text: (masked(text, ["Anna Ek"]), holds_contact(text)),
    "sketch": sketch_of,
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("reader", READERS)
def test_long_runs_are_read_in_a_moment(reader):
    for run in RUNS.values():
        plain = (run * (SIZE // len(run) + 1))[:SIZE]
        for text in (plain, f"@ 2015 {plain} @a.se) kommun 2015"):
            READERS[reader](text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("reader", READERS)
def test_a_directory_of_many_bodies_is_read_in_a_moment(reader):
    names = ["K" + "".join(letters) + "by" for letters in product("abcdefghijklmno", repeat=3)]
    for entry in ("{0} kommun, i {0}: info@{1}.se. ", "Verket {0}; a@{1}.se\n", "drivs av {0} Norra, i {0}. "):
        READERS[reader]("".join(entry.format(name, name.lower()) for name in names)[:SIZE])


@pytest.mark.timeout(60)
@pytest.mark.parametrize("run", RUNS)
def test_a_document_of_one_long_run_is_read_in_a_moment(run):
    text = (RUNS[run] * (SIZE // len(RUNS[run]) + 1))[:SIZE]
    texts = ("Innehåll", text, "Bakgrund", text)  # a line of the contents, and one of the background
    lines = tuple(Line(line, (56, 50 + 14 * n, 500, 60 + 14 * n), 11.0) for n, line in enumerate(texts))
    document = Document(pages=(Page(1, 595, 842, lines),), page_count=1, info={})
    passages_of(read_case(document, file="x.pdf", sha256="0" * 64))
