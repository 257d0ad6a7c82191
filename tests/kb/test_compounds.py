import pytest

from kb.text.compounds import split
from kb.text.words import languages_of, word_counts


def parts(word, language):
    return " ".join(part.form for part in split(word, language))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("stödtelefonen", "stöd telefonen"),
        ("framgångsfaktorer", "framgång faktorer"),
        ("extremismförebyggande", "extremism förebyggande"),
        ("handlingsplan", "handling plan"),
        ("bostadsbolag", "bostad bolag"),
        ("skolgården", "skola gården"),
        ("fritidsgård", "fritid gård"),
        ("lägesbilden", "läge bilden"),
        ("avhopparverksamhet", "avhoppare verksamhet"),
        ("barnhem", "barn hem"),
        ("trossamfundsföreträdarnas", "trossamfund företrädarnas"),
        ("samordningsteamets", "samordning teamets"),
        ("handlingsplanernas", "handling planernas"),
        ("anhörigstödsgrupper", "anhörigstöd grupper"),
    ],
)
def test_swedish(word, expected):
    assert parts(word, "sv") == expected


@pytest.mark.parametrize(
    "word",
    [
        *("förening", "säkerhet", "organisation", "framgång", "samverkan", "anhörig", "radikalisering", "regeringarna"),
        *("paragraferna", "soldater", "myndigheterna", "förebyggande", "universiteten", "anstalt", "utvärdering"),
        *("återvändare", "verksamhet", "planering"),
    ],
)
def test_what_is_no_compound_in_swedish(word):
    assert split(word, "sv") == ()


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("støttetelefon", "nb", "støtte telefon"),
        ("handlingsplan", "nb", "handling plan"),
        ("ungdomsskole", "nb", "ungdom skole"),
        ("skoleelever", "nb", "skole elever"),
        ("boligselskab", "da", "bolig selskab"),
        ("handlingsplan", "da", "handling plan"),
        ("ungdomsskole", "da", "ungdom skole"),
        ("skolegård", "da", "skole gård"),
    ],
)
def test_norwegian_and_danish(word, language, expected):
    assert parts(word, language) == expected


@pytest.mark.parametrize(
    ("word", "language"),
    [("forening", "nb"), ("kommunen", "nb"), ("ekstremisme", "nb"), ("forebyggelse", "da"), ("kommunerne", "da")],
)
def test_what_is_no_compound_in_norwegian_or_danish(word, language):
    assert split(word, language) == ()


def test_a_language_without_a_list_has_no_compounds():
    assert split("neighbourhood", "en") == ()


def test_places_are_those_in_the_word():
    assert [("skolgården"[part.start : part.end], part.form) for part in split("skolgården")] == [
        ("skol", "skola"),
        ("gården", "gården"),
    ]


def test_lists_hold_words_only():
    for language in ("sv", "nb", "da"):
        counts = word_counts(language)
        assert len(counts) > 10_000
        assert all(word == word.lower() and " " not in word for word in counts)


@pytest.mark.parametrize(
    ("word", "homes"), [("framgång", ["sv"]), ("skole", ["da", "nb"]), ("xqzvv", ["da", "nb", "sv"])]
)
def test_where_a_word_is_at_home(word, homes):
    assert list(languages_of(word, ["da", "nb", "sv"])) == homes
