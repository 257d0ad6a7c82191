"""Why a passage was found: the stretches of its text that a word of the query matched."""

from collections.abc import Sequence

from kb.lexical import Wanted
from kb.text.analysis import Term, analyze
from kb.text.stopwords import is_stopword
from kb.types import MatchedTerm


def matched_terms(text: str, language: str, wanted: Sequence[Wanted]) -> tuple[MatchedTerm, ...]:
    """Return the matching stretches of ``text`` in order, none overlapping another; whole words before their parts."""
    telling = [one for one in wanted if not is_stopword(one.written)] or wanted
    single = {a.terms[0] for one in telling for a in one.alternatives if len(a.terms) == 1}
    found = [MatchedTerm(term.start, term.end, term.text) for term in analyze(text, language, only=single)]
    phrases = {a.terms for one in wanted for a in one.alternatives if len(a.terms) > 1 and a.reason != "pair"}
    words = [term for term in analyze(text, language) if not term.part] if phrases else []
    for phrase in phrases:
        found += _runs(words, phrase)
    return _without_overlap(found)


def _runs(words: Sequence[Term], phrase: Sequence[str]) -> list[MatchedTerm]:
    forms, length = [word.text for word in words], len(phrase)
    return [
        MatchedTerm(words[at].start, words[at + length - 1].end, " ".join(phrase))
        for at in range(len(forms) - length + 1)
        if tuple(forms[at : at + length]) == tuple(phrase)
    ]


def _without_overlap(found: Sequence[MatchedTerm]) -> tuple[MatchedTerm, ...]:
    kept: list[MatchedTerm] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)
