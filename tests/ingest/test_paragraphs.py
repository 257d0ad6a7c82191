import pytest

from ingest.layout import BodyStyle, lay_out
from ingest.layout.furniture import running_lines
from ingest.layout.hyphens import Joiner
from ingest.pages import Document, Line, Page

WIDTH = 230.0


def row(y: float, *words: str, x: float = 60.0, size: float = 10.0, prefix: int = 0) -> list[Line]:
    """Words of one baseline, spread evenly from edge to edge."""
    widths = [0.5 * size * len(word) for word in words]
    gap = (WIDTH - sum(widths)) / max(len(words) - 1, 1)
    lines = []
    for word, width in zip(words, widths, strict=True):
        end = x + (WIDTH if len(words) == 1 else width)
        lines.append(Line(word, (x, y, end, y + size), size=size, bold_prefix=prefix))
        x = end + gap
    return lines


def texts(*rows: list[Line]) -> list[tuple[str, str]]:
    page = Page(1, 595, 842, tuple(line for lines in rows for line in lines))
    return [(b.kind, b.text) for b in lay_out(Document(pages=(page,), page_count=1, info={})).blocks]


@pytest.mark.parametrize("label", ["Typ av insats:", "Sedan:"])
def test_labels_in_bold_part_a_box_whatever_they_say(label):
    found = texts(
        row(100, "Målgrupp: unga mellan tretton och tjugo år", prefix=9),
        row(113, f"{label} samtal och stöd till familjen", prefix=len(label)),
        row(126, "Startår: 2017", prefix=8),
        row(160, "Kommunen har arbetat med detta i många år och gör det gärna."),
        row(173, "Det har gett goda erfarenheter som andra kan ta del av här."),
    )
    assert [kind for kind, _ in found[:3]] == ["fact_box"] * 3
    assert found[1][1].startswith(label)


def narrow(y: float, text: str, *, bold: bool = False) -> list[Line]:
    return [Line(text, (60.0, y, 60.0 + 5.0 * len(text), y + 10.0), size=10.0, bold=bold)]


def test_a_heading_set_like_the_text_is_a_line_that_ended_where_a_word_had_room():
    found = texts(
        narrow(100, "Dokumentation"),
        row(113, "Akten förs i socialtjänstens system med skydd"),
        row(126, "och ingen annan får läsa den utan ett beslut."),
    )
    assert found[0][1] == "Dokumentation"
    assert len(found) == 2


def test_a_short_first_line_that_goes_on_in_small_letters_is_no_heading():
    found = texts(
        narrow(100, "Dokumentation som"),
        row(113, "förs i socialtjänstens system med skydd och"),
        row(126, "som ingen annan får läsa utan ett beslut."),
    )
    assert len(found) == 1


def test_numbered_headings_right_below_each_other_are_two():
    found = texts(
        narrow(100, "3. Så arbetar vi", bold=True),
        narrow(113, "3.1 En telefon för tre kommuner", bold=True),
        row(126, "Den som ringer får svar samma dag av någon."),
    )
    assert [text for _, text in found][:2] == ["3. Så arbetar vi", "3.1 En telefon för tre kommuner"]


def test_a_word_before_a_colon_in_the_midst_of_an_item_is_no_key():
    found = texts(
        row(100, "• Andel av de tillfrågade som ser det under en"),
        narrow(113, "period: 54 procent"),
        row(126, "• Antal kommuner som har svarat på det: elva"),
    )
    assert [text.split(":")[0][:12] for _, text in found] == ["• Andel av d", "• Antal komm"]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["Skriv till vi@lugna-", "gatan.example"], "Skriv till vi@lugna-gatan.example"),
        (["Skriv till vi@ekel-", "by.example, Ekelby"], "Skriv till vi@ekelby.example, Ekelby"),
        (["Skriv till vi@ett.ex-", "ample eller ring"], "Skriv till vi@ett.example eller ring"),
    ],
)
def test_addresses_keep_their_hyphens(texts: list[str], joined: str):
    lines = [Line(text, (0.0, 0.0, 100.0, 10.0), 9.0) for text in [*texts, "Ekelbys"]]
    assert Joiner(lines).join(texts) == joined


def test_a_year_alone_in_the_margin_is_no_page_number():
    def line(text: str, x: float, y: float, size: float = 10.0) -> Line:
        return Line(text, (x, y, x + 5 * len(text), y + size), size)

    def page(number: int) -> Page:
        body = [line("ord " * 20, 50, 200 + 14 * i) for i in range(20)]
        margin = [line("Öppnade", 480, 250, 8), line("2017", 480, 262, 8), line(str(number), 480, 400, 8)]
        return Page(number, 595.0, 842.0, (*body, *margin))

    body = BodyStyle(10.0, False, False, 0, "")
    pages = [page(1), page(2)]
    running = {pages[number - 1].lines[index].text for number, index in running_lines(pages, body)}
    assert "2017" not in running
    assert {"1", "2"} <= running


@pytest.mark.parametrize(
    ("heads", "size"),
    [
        (("Strandby kommun sid 1", "Strandby kommun: Sid 2"), 10.0),
        (("1=(3)", "203)"), 10.0),
        (("Bilaga", "Utdrag"), 8.0),
    ],
    ids=["signs misread", "figures misread", "small print"],
)
def test_a_running_head_is_known_though_a_scan_misread_it(heads, size):
    def page(number: int, head: str) -> Page:
        word = "ab"[number - 1]
        body = [Line(f"{word} " * 20, (50, 200 + 14 * i, 450, 210 + 14 * i), 10.0) for i in range(20)]
        return Page(number, 595.0, 842.0, (Line(head, (50, 30, 150, 40), size), *body))

    pages = [page(number, head) for number, head in enumerate(heads, start=1)]
    assert running_lines(pages, BodyStyle(10.0, False, False, 0, "")) == {(1, 0), (2, 0)}


def test_how_wide_a_column_is_is_told_by_the_lines_near_by():
    """A title as large as the text, and wider, does not make every line of the column one that ended short."""
    title = [Line("En bred ingress i textens storlek", (60.0, 40.0, 540.0, 50.0), size=10.0)]
    lines = [row(100 + 13 * n, "Kommunen Tranås Vetlanda och Nässjö möts här.") for n in range(20)]
    assert texts(title, *lines)[-1][1].count("Kommunen") > 10


def test_a_known_heading_below_a_bold_title_of_the_same_size_is_a_heading():
    def bold(text: str, y: float) -> list[Line]:
        return [Line(text, (60.0, y, 60.0 + 5 * len(text), y + 10), 10.0, bold=True)]

    body = [Line("ord " * 15, (60.0, 150.0 + 14 * i, 360.0, 160.0 + 14 * i), 10.0) for i in range(3)]
    found = texts(bold("Ett stöd till unga", 100), bold("Bakgrund", 118), body)
    assert [text for _, text in found[:2]] == ["Ett stöd till unga", "Bakgrund"]
