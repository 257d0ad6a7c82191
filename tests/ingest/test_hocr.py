import pytest

from ingest.hocr import Row, Seen, read_hocr, weighted_median


def word(text: str, box: str, sure: int = 95) -> str:
    return f'<span class="ocrx_word" title="bbox {box}; x_wconf {sure}">{text}</span>'


def line(text: str, top: int, *, ascenders: int = 11, size: float = 47, sure: int = 95) -> str:
    box = f"100 {top} 900 {top + 47}"
    title = f"bbox {box}; baseline 0 -10; x_size {size}; x_descenders 11; x_ascenders {ascenders}"
    return f'<span class="ocr_line" title="{title}">{word(text, box, sure)}</span>'


def page(*elements: str) -> Seen:
    return read_hocr(f"<html><body>{''.join(elements)}</body></html>")


def rule(*box: int) -> str:
    return f'<div class="ocr_separator" title="bbox {" ".join(map(str, box))}" />'


def test_a_line_is_as_large_as_its_small_letters():
    plain = [line(f"rader av samma storlek {n}", 100 * n) for n in range(4)]
    ring = line("På Åland bor Örjan Ådahl", 500, ascenders=20, size=56)
    low = line("en sur son av en ros", 600, ascenders=5, size=41)
    heading = line("En större rubrik", 700, ascenders=16, size=64)
    sizes = [round(row.size) for row in page(*plain, ring, low, heading).rows]
    assert sizes == [47, 47, 47, 47, 47, 47, 70]


@pytest.mark.parametrize(("ascenders", "size", "expected"), [(2, 47, 47), (11, 47, 47), (11, 39, 37)])
def test_capitals_are_measured_by_themselves(ascenders, size, expected):
    plain = [line(f"rader av samma storlek {n}", 100 * n) for n in range(4)]
    rows = page(*plain, line("BAKGRUND", 500, ascenders=ascenders, size=size)).rows
    assert (round(rows[-1].size), rows[-1].small, rows[0].small) == (expected, 0, 25)


def test_the_baseline_is_told_from_the_line_box():
    (row,) = page(line("en rad", 100)).rows
    assert row.base == 137
    (bare,) = page(f'<span class="ocr_line">{word("en rad", "100 100 300 150")}</span>').rows
    assert bare.base == pytest.approx(150 - 0.22 * bare.size)


def test_specks_are_no_words_and_lists_keep_their_bullets():
    seen = page(line("il", 100, sure=10), line("e första punkten", 200), line("samverkan - en väg", 300))
    assert [row.text for row in seen.rows] == ["• första punkten", "samverkan – en väg"]


def test_pictures_and_frames_are_areas():
    photo = '<div class="ocr_photo" title="bbox 500 100 900 400" />'
    frame = [rule(100, 500, 900, 504), rule(100, 800, 900, 804), rule(100, 500, 104, 804)]
    assert page(photo, *frame).areas == ((500, 100, 900, 400), (100, 500, 900, 804))


def test_an_empty_page():
    assert page() == Seen((), ())
    assert weighted_median([], []) == 0.0


@pytest.mark.parametrize(("box", "sideways"), [((0, 0, 200, 20), False), ((0, 0, 20, 200), True)], ids=["level", "up"])
def test_sideways(box, sideways):
    assert Row("en rad", box, 20, 15, 0.0, 90).sideways is sideways
