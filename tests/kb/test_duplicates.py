"""New editions and scans are found; different cases, even on one template, are not."""

import random
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase, Settings
from kb.duplicates import NEAR, near_pairs, share_of, sketch_of
from kb.messages import LANGUAGES
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_passages

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "cases"
TEXTS = {
    path.stem: text.split("---", 2)[2]
    for path in sorted(SAMPLES.glob("*.md"))
    if "split: held_out" not in (text := path.read_text("utf-8"))
}
SKETCHES = {name: sketch_of(text) for name, text in TEXTS.items()}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def edition(name: str, share: float) -> str:
    """The sample ``name`` with a share of its sentences replaced by those of others."""
    chance = random.Random(name)
    others = [sentence for other, text in TEXTS.items() if other != name for sentence in sentences(text)]
    return " ".join(chance.choice(others) if chance.random() < share else s for s in sentences(TEXTS[name]))


def scan(text: str, errors: float) -> str:
    """``text`` as OCR gives it: some letters wrong, every fifth space a line's end."""
    chance = random.Random(1)
    read = "".join(chance.choice("ilrnmcoeat1") if chance.random() < errors else letter for letter in text)
    return "".join("\n" if letter == " " and chance.random() < 0.2 else letter for letter in read)


def share(one: str, other: str) -> float:
    sketches = sketch_of(one), sketch_of(other)
    assert sketches[0] is not None
    assert sketches[1] is not None
    return share_of(sketches[0], sketches[1])


@pytest.mark.parametrize("name", TEXTS)
def test_an_edition_with_every_tenth_sentence_new_is_near(name):
    assert share(TEXTS[name], edition(name, 0.1)) >= NEAR


@pytest.mark.parametrize("name", TEXTS)
def test_a_scan_with_slips_of_reading_is_near(name):
    assert share(TEXTS[name], scan(TEXTS[name], 0.02)) >= NEAR


def test_different_samples_are_not():
    assert len(SKETCHES) > 20
    assert max(share_of(SKETCHES[one], SKETCHES[other]) for one, other in combinations(SKETCHES, 2)) < NEAR / 2
    assert list(near_pairs(list(SKETCHES.values()))) == []


TEMPLATE = """Exempel på förebyggande arbete. Detta blad ingår i kommunens serie med lokala exempel.
Bakgrund. {} Så gjorde man. {} Framgångsfaktorer. {} Utmaningar. {}
Läs mer på kommunens webbplats. Har du frågor kan du höra av dig till samordnaren vid kommunledningskontoret."""


def test_two_cases_on_one_template_are_not():
    def filled(name: str) -> str:
        return TEMPLATE.format(*(" ".join(sentences(TEXTS[name])[n : n + 4]) for n in (2, 8, 14, 20)))

    one, other = list(TEXTS)[:2]
    assert share(filled(one), filled(other)) < NEAR


@pytest.mark.parametrize("text", ["", "Kontakt: samordnaren", "– " * 500, "Samordnaren. " * 5], ids=repr)
def test_too_little_text_is_compared_with_nothing(text):
    assert sketch_of(text) is None


@given(st.text(min_size=0, max_size=400))
def test_a_text_is_wholly_like_itself_however_it_is_set(text):
    sketch = sketch_of(text)
    again = sketch_of(text.replace(" ", "\n\n"))
    assert (sketch is None) == (again is None)
    assert sketch is None or (sketch == again).all()


def test_bands_find_all_pairs_that_comparing_all_with_all_finds():
    texts = [edition(name, part / 20) for name in list(TEXTS)[:6] for part in range(5)]
    sketches = [found for text in texts if (found := sketch_of(text)) is not None]
    shares = {(a, b): share_of(sketches[a], sketches[b]) for a, b in combinations(range(len(sketches)), 2)}
    assert {(a, b): s for a, b, s in near_pairs(sketches)} == {k: s for k, s in shares.items() if s >= NEAR}


def test_the_estimate_is_near_the_truth():
    def shingles(text: str) -> set[str]:
        letters = re.sub(r"[\W_]+", "", text.lower())
        return {letters[n : n + 7] for n in range(len(letters) - 6)}

    errors = []
    for name in TEXTS:
        one, other = shingles(TEXTS[name]), shingles(edition(name, 0.2))
        exact = 2 * len(one & other) / (len(one) + len(other))
        errors.append(share(TEXTS[name], edition(name, 0.2)) - exact)
    assert np.abs(errors).mean() < 0.05


# --- in a base -----------------------------------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path):
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder()) as base:
        yield base


def add(base, name, text):
    case = make_case(name, content=text)
    base.add(case, make_passages(case), document=make_document(name, text), extractor="t")


def pairs(base, *among):
    return [(pair.case_id, pair.other_id) for pair in base.near_duplicates(among or None)]


def test_a_base_tells_what_says_nearly_the_same(base):
    name = next(iter(TEXTS))
    for case_id, text in {"b": TEXTS[name], "a": edition(name, 0.1), "c": TEXTS[list(TEXTS)[1]]}.items():
        add(base, case_id, text)
    assert pairs(base) == pairs(base, "a") == [("a", "b")]
    assert pairs(base, "b") == [("b", "a")]
    assert pairs(base, "c") == []
    assert base.verify() == ()
    (pair,) = base.near_duplicates()
    for language in LANGUAGES:
        message = pair.message(language)
        assert pair.file in message
        assert pair.other in message
        assert f"{round(100 * pair.share)} %" in message


def test_what_is_removed_or_rewritten_is_not_told(base):
    name = next(iter(TEXTS))
    for case_id in ("a", "b", "c"):
        add(base, case_id, edition(name, 0.05 * "abc".index(case_id)))
    assert len(pairs(base)) == 3
    base.remove("a")
    assert pairs(base) == [("b", "c")]
    add(base, "c", TEXTS[list(TEXTS)[1]])
    assert pairs(base) == []


def test_many_editions_of_one_text_are_each_told_once():
    many = 500
    pairs = list(near_pairs([sketch_of("stödtelefonen i lindvik tar emot samtal " * 20 + "varje dag")] * many))
    assert pairs == [(0, other, 1.0) for other in range(1, many)]
