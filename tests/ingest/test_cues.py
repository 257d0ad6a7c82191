from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cues import CueIndex


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        pytest.param("stöd*", "Stödet gavs", True, id="beginning"),
        pytest.param("stöd*", "anstöd", False, id="beginning, not end"),
        pytest.param("*team", "Ett krisTEAM", True, id="end"),
        pytest.param("*team", "teamet", False, id="end, not beginning"),
        pytest.param("*samtal*", "orossamtalet", True, id="middle"),
        pytest.param("ö*", "Ön", True, id="a beginning of one letter"),
        pytest.param("*ö", "Husö", True, id="an end of one letter"),
        pytest.param("IS*", "ISIS", True, id="beginning in capitals"),
        pytest.param("IS*", "island", False, id="beginning in capitals, not in small letters"),
        pytest.param("# år", "i 12 år", True, id="number"),
        pytest.param("svår* .. nå", "svåra för oss att nå", True, id="gap"),
        pytest.param("svår* .. nå", "nå de svåra", False, id="gap, other order"),
        pytest.param("möts .. varje vecka", "De möts alla varje vecka", True, id="gap before the word looked up"),
    ],
)
def test_a_cue_is_found_where_its_words_are(cue, text, found):
    assert [sign.name for sign in CueIndex({"it": [cue]}).signs(text)] == ["it"] * found


LETTERS = st.text("abö", min_size=1, max_size=5)


@given(
    st.dictionaries(st.tuples(st.booleans(), LETTERS, st.booleans()), st.none(), max_size=12),
    st.lists(LETTERS, max_size=8),
)
def test_every_cue_of_one_word_is_found_at_every_word_that_it_fits(cues, words):
    def fits(cue, word):
        before, text, after = cue
        if before and after:
            return text in word
        return word.endswith(text) if before else word.startswith(text) if after else word == text

    index = CueIndex({cue: [f"{'*' * cue[0]}{cue[1]}{'*' * cue[2]}"] for cue in cues})
    found = Counter(sign.name for sign in index.signs(" ".join(words)))
    assert found == Counter(cue for word in words for cue in cues if fits(cue, word))
