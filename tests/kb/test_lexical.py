import math
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lexical import HEADING_BOOST, Alternative, Bm25Index, Wanted
from kb.postings import K1, B, Lists
from kb.terms import Document, Terms

TEXTS = {
    3: "Kommunen startade en stödtelefon. Telefonen är öppen varje dag.",
    5: "Skolan och polisen möts varje vecka.",
    9: "Polisen i kommunen. Skolan i kommunen. Varje dag möts de.",
}


def documents(texts, language="sv", heading=""):
    return [Document(passage_id, language, heading, text) for passage_id, text in texts.items()]


def index_of(texts, **options):
    return Bm25Index.of(Terms()).changed(documents(texts, **options), [])


def want(*terms, weight=1.0, reason="word"):
    return Wanted(" ".join(terms), (Alternative(terms, weight, reason),))


@pytest.fixture
def index():
    return index_of(TEXTS)


def test_scores_are_bm25():
    """One word in one of three texts of 1, 2 and 3 words."""
    index = index_of({1: "skolan", 2: "polisen skolan", 3: "skolan skolan skolan"})
    idf = math.log1p((3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * (K1 + 1) / (1 + K1 * (1 - B + B * 2 / 2))
    assert index.scores([want("polis")]) == pytest.approx([0, expected, 0])
    assert index.rarity("polis") == pytest.approx(idf)


def test_a_part_of_a_compound_is_found_and_weights_multiply(index):
    assert (index.scores([want("telefon")]) > 0).tolist() == [True, False, False]
    np.testing.assert_allclose(index.scores([want("telefon", weight=0.5)]), index.scores([want("telefon")]) / 2)


@pytest.mark.parametrize(
    ("terms", "rows"),
    [
        (["varj", "dag"], [0, 2]),
        (["skol", "och", "polis"], [1]),
        (["skol", "polis"], []),
        (["telefon"], [0]),
        (["stöd"], []),
        (["polis", "okänd"], []),
        ([], []),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_words_that_stand_one_after_another(index, terms, rows):
    assert index.containing(terms).tolist() == rows


def test_an_expression_does_not_reach_from_one_passage_into_the_next():
    two = index_of({1: "polis", 2: "skola"})
    assert two.containing(["polis", "skol"]).tolist() == []
    case = two.by_case(np.array([0, 0], np.int32), 1)
    assert case.containing(["polis"]).tolist() == [0]
    assert case.containing(["polis", "skol"]).tolist() == []


def test_pairs_score_only_where_they_are_asked_for(index):
    pair = want("varj", "dag", reason="pair")
    assert not index.scores([pair]).any()
    rows = np.array([2, 0, 1])
    pairs = index.pairs([pair], rows)
    assert (index.pair_scores(pairs, rows) > 0).tolist() == [True, True, False]

    whole = index.by_case(np.array([0, 0, 1], np.int32), 2)
    both, places = np.array([0, 1]), np.array([1, 0, 0])  # the places among `both` of the cases of `rows`
    gathered = [one.by_case(places) for one in pairs]
    np.testing.assert_allclose(whole.pair_scores(gathered, both), whole.pair_scores(whole.pairs([pair], both), both))


def test_headings_count_less_and_once_a_case():
    index = index_of({1: "polisen", 2: "skolan"}, heading="Stödtelefonen")
    assert (index.scores([want("telefon")]) > 0).all()
    single = index_of({1: "polisen", 2: "skolan"})
    assert not single.scores([want("telefon")]).any()
    case = index.by_case(np.array([0, 0], np.int32), 1)
    lone = index_of({1: "polisen skolan"}, heading="Stödtelefonen")
    np.testing.assert_allclose(case.scores([want("telefon")]), lone.scores([want("telefon")]), rtol=1e-5)
    assert HEADING_BOOST < 1


def test_a_word_is_rare_in_its_own_language():
    index = Bm25Index.of(Terms()).changed(
        [*documents(dict.fromkeys(range(1, 9), "och polisen")), *documents({20: "the police", 21: "the school"}, "en")],
        [],
    )
    assert index.rarity("the") == pytest.approx(math.log1p(8.5 / 2.5))
    assert index.rarity_in_language("the") == pytest.approx(math.log1p(0.5 / 2.5))
    assert index.rarity_in_language("okänt") == index.rarity("okänt")


@given(
    before=st.dictionaries(st.integers(1, 20), st.text("ab åc", max_size=12), max_size=8),
    after=st.dictionaries(st.integers(1, 20), st.text("ab åc", max_size=12), max_size=8),
)
def test_a_changed_index_is_that_of_the_new_texts(before, after):
    """Whatever was added and removed, in any order: nothing of the former texts stays, not even a word."""
    changed = index_of(before)
    gone = [i for i in before if after.get(i) != before[i]]
    new = {i: text for i, text in after.items() if before.get(i) != text}
    changed = changed.changed(documents(new), gone)
    anew = index_of(dict(sorted(after.items())))
    assert changed.ids().tolist() == anew.ids().tolist()
    vocabulary = {term for letter in "abcå" for term, _ in anew.vocabulary(letter)}
    assert {term for letter in "abcå" for term, _ in changed.vocabulary(letter)} == vocabulary
    assert set(changed._terms.vocabulary) == set(anew._terms.vocabulary)
    for term in vocabulary:
        np.testing.assert_allclose(changed.scores([want(term)]), anew.scores([want(term)]), rtol=1e-6)


def test_written_and_read_it_is_the_same(index, tmp_path):
    index.write(tmp_path / "words")
    again = Bm25Index.read(tmp_path / "words")
    np.testing.assert_array_equal(
        again.scores([want("polis"), want("skol")]), index.scores([want("polis"), want("skol")])
    )
    assert again.vocabulary("p") == index.vocabulary("p")
    assert again.frequency("polis") == 2
    assert len(Bm25Index.read(tmp_path / "none").ids()) == 0


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=6), st.data())
def test_lists_are_taken_and_merged_as_plain_lists_are(plain, data):
    lists = Lists.of(np.array(list(chain.from_iterable(plain)), np.int32), np.array([len(one) for one in plain]))
    rows = data.draw(st.lists(st.integers(0, len(plain) - 1)))
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(plain), max_size=len(plain)))

    def unpacked(found):
        return [found.values[a:b].tolist() for a, b in zip(found.starts, found.starts[1:], strict=False)]

    assert unpacked(lists) == plain
    assert unpacked(lists.take(np.array(rows, np.int64))) == [plain[row] for row in rows]
    expected = [
        list(chain.from_iterable(one for one, g in zip(plain, groups, strict=True) if g == group)) for group in range(3)
    ]
    assert unpacked(lists.merged(np.array(groups, np.int64), 3)) == expected
    assert unpacked(lists.joined(lists)) == plain * 2
