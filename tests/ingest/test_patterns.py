import re

import pytest

from ingest.lexicon import examples
from ingest.patterns import any_of, by_first_letter


@pytest.mark.parametrize(
    ("patterns", "text", "found"),
    [
        pytest.param([], "bakgrund", False, id="none"),
        pytest.param(["^bak", "grund$"], "bakgrund", True, id="both"),
        pytest.param(["^grund"], "bakgrund", False, id="an anchor of the text"),
        pytest.param([r"\bgrund"], "bakgrund", False, id="an anchor of a word"),
        pytest.param(["^om oss|kontakt"], "vår kontakt", True, id="an anchor of the first branch alone"),
        pytest.param([r"^(a|b)[|]\|"], "xb||", False, id="bars in brackets divide nothing"),
        pytest.param([r"^(a|b)[|]\|"], "b||", True, id="bars in brackets are letters"),
    ],
)
def test_any_of(patterns, text, found):
    assert bool(any_of(patterns).search(text)) is found


def test_any_of_says_what_its_patterns_say_one_by_one():
    patterns = [r"\bnytta", "^så (gick|går) ", r"\b(vad|hur)\b.* blev", "effekt(er)?$", "^varför |orsak"]
    texts = [text for _, _, texts in examples() for text in texts]
    together = any_of(patterns)
    for text in texts:
        assert bool(together.search(text)) is any(re.search(pattern, text) for pattern in patterns)


@pytest.mark.parametrize(
    ("alternatives", "together"),
    [
        pytest.param(["sedan", "i dag", "nu", "samma"], "s(?:edan|amma)|(?:i dag)|(?:nu)", id="letters"),
        pytest.param(["så?", "s*t", "s{2}", "s+"], "(?:så?)|(?:s*t)|(?:s{2})|(?:s+)", id="letters that are repeated"),
        pytest.param(["ska|bör", "skulle"], "(?:ska|bör)|(?:skulle)", id="divided"),
        pytest.param([r"\d+", "[sn]u", "(så|nu)"], r"(?:\d+)|(?:[sn]u)|(?:(så|nu))", id="no letters"),
    ],
)
def test_alternatives_stand_behind_their_first_letter(alternatives, together):
    assert by_first_letter(alternatives) == together
