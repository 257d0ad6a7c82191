import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import (
    HeadingScore,
    edit_similarity,
    heading_score,
    match_headings,
    token_f1,
    true_pages,
)

TEXT = st.text(alphabet="abc å-.\n", max_size=40)


@pytest.mark.parametrize(
    ("found", "true", "f1"),
    [
        pytest.param("a b", "a b", 1.0, id="same"),
        pytest.param("b a", "a b", 1.0, id="order does not matter"),
        pytest.param("a a b", "a b b", 2 / 3, id="bags, not sets"),
        pytest.param("ﬁnns", "finns", 1.0, id="ligatures resolved"),
        pytest.param("Å, ä!", "å Ä", 1.0, id="case and punctuation aside"),
        pytest.param(None, None, 1.0, id="both missing"),
        pytest.param(None, "a", 0.0, id="not found"),
        pytest.param("a", None, 0.0, id="invented"),
        pytest.param("…", "a", 0.0, id="no words"),
    ],
)
def test_token_f1(found: str | None, true: str | None, f1: float) -> None:
    assert token_f1(found, true) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("found", "true", "similarity"),
    [
        pytest.param("a b c d", "a b c d", 1.0, id="same"),
        pytest.param("c d a b", "a b c d", 0.0, id="columns swapped"),
        pytest.param("a b x d", "a b c d", 0.75, id="one word wrong"),
        pytest.param("a b c d e f g h", "a b c d", 0.5, id="twice as long"),
        pytest.param(None, None, 1.0, id="both missing"),
        pytest.param(None, "a", 0.0, id="not found"),
    ],
)
def test_edit_similarity_is_over_words_in_order(found: str | None, true: str | None, similarity: float) -> None:
    assert edit_similarity(found, true) == pytest.approx(similarity)


@given(TEXT, TEXT)
def test_likeness_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    for likeness in (token_f1, edit_similarity):
        assert 0.0 <= likeness(one, other) <= 1.0
        assert likeness(one, other) == pytest.approx(likeness(other, one))
        assert likeness(one, one) == 1.0 or not one.strip(" -.\n")


PAGES = [
    "Kommunen började arbeta 2017. Det gick sam-\nverkan för lång",
    "sidigt. Sedan kom utvärderingen. Slutet gott allting gott",
]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param("Kommunen började arbeta 2017.", (1,), id="one page"),
        pytest.param("Sedan kom utvärderingen.", (2,), id="second page"),
        pytest.param(" ".join(PAGES).replace("-\n", ""), (1, 2), id="begins on one, ends on the next"),
        pytest.param("Det gick samverkan för lång", (1,), id="hyphenated on the page"),
        pytest.param("Detta står inte någonstans i filen.", (), id="not found: not known"),
        pytest.param("Kommunen började arbeta 2017.\nDetta står inte någonstans.", (), id="half found: not known"),
        pytest.param("gott", (), id="too short to tell"),
    ],
)
def test_true_pages(text: str, pages: tuple[int, ...]) -> None:
    assert true_pages(text, PAGES) == pages


def test_what_stands_on_several_pages_says_nothing_of_the_page() -> None:
    repeated = "Detta upprepas på varje sida"
    assert true_pages(f"{repeated}\nKommunen började arbeta 2017.", [f"{repeated} {page}" for page in PAGES]) == (1,)


def test_headings_are_paired_once_and_nearly_alike_ones_last() -> None:
    assert match_headings(["Syfte", "Syfte"], ["Syfte"]) == [(0, 0)]
    assert match_headings(["Bakgrund och syfte1", "Bakgrund och syfte"], ["Bakgrund och syfte"]) == [(1, 0)]
    assert match_headings(["Allmänt råd till 5:1"], ["Allmänt råd till 9:2"]) == []


def test_heading_score() -> None:
    score = heading_score(["Bakgrund", "Sida 1", "…"], ["BAKGRUND", "Syfte", "Metod"])
    assert score == HeadingScore(right=1, found=2, true=3)
    assert (score.precision, score.recall, score.f1) == pytest.approx((1 / 2, 1 / 3, 2 / 5))


def test_heading_scores_add_up_and_nothing_of_nothing_is_right() -> None:
    assert HeadingScore(1, 2, 3) + HeadingScore(1, 1, 1) == HeadingScore(2, 3, 4)
    assert heading_score([], []).f1 == 1.0
    assert heading_score([], ["Syfte"]).f1 == 0.0
