"""From the words of a query to what the lexical index is asked for: terms, parts, synonyms, mended slips."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.lexical import HEADING_BOOST, SATURATION, Alternative, LexicalIndex, Wanted
from kb.spelling import Mended, is_known, mend
from kb.text.analysis import parts_of, term_of
from kb.text.stopwords import is_stopword
from kb.text.thesaurus import Terms, Thesaurus
from kb.text.tokens import Token, tokenize
from kb.text.words import languages_of

# Weights of what is matched, chosen on the six development sets (benchmarks/RESULTS.md): little hangs on their
# second decimal.
STOPWORD_WEIGHT = 0.3
PART_WEIGHT = 0.6
PAIR_WEIGHT = 0.1
SYNONYM_WEIGHT = 0.7
SPELLING_WEIGHT = 0.8

MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it is understood. ``text`` is what was typed with slips mended."""

    wanted: tuple[Wanted, ...]
    text: str

    @property
    def attainable(self) -> float:
        """The BM25 score of a passage that holds all that is wanted."""
        return sum(one.attainable for one in self.wanted)

    def held(self, index: LexicalIndex) -> float:
        """Return how much of the query, by what its words tell, ``index`` has: themselves, or what means the same."""
        words = [one for one in self.wanted if one.attainable and not is_stopword(one.written)]
        whole = sum(one.attainable for one in words)
        found = sum(one.attainable for one in words if any(_is_held(a, index) for a in one.alternatives))
        return found / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads queries for one index. ``languages`` are those of the cases: a word is stemmed in each one's way."""

    index: LexicalIndex
    languages: Sequence[str]
    thesaurus: Thesaurus

    def read(self, text: str) -> Reading:
        """Return what ``text`` asks for: a member a word, and one for each two words that stand side by side.

        Of a long text only the most telling words are kept.
        """
        tokens = list(tokenize(text))
        synonyms = self._synonyms(tokens)
        words: dict[str, Wanted] = {}
        slips: list[tuple[Token, Mended]] = []
        for token in tokens:
            if token.form not in words:
                terms = self._terms(token)
                mended = None if token.start in synonyms else self._mended(token, terms)
                words[token.form] = self._wanted(token, terms, synonyms.get(token.start, ()), mended)
                slips += [(token, mended)] if mended else []
        kept = sorted(words.values(), key=lambda one: -one.attainable)[:MOST_WORDS]
        pairs = self._pairs(tokens) if len(words) <= MOST_WORDS else ()
        return Reading((*kept, *pairs), _replaced(text, slips))

    def _wanted(self, token: Token, terms: Terms, synonyms: Sequence[Terms], mended: Mended | None) -> Wanted:
        weight = STOPWORD_WEIGHT if is_stopword(token.form) and not (token.capital and synonyms) else 1.0
        # A compound is cut the way of a language that has the word: Danish would cut the Swedish framgång.
        own = languages_of(token.form, self.languages)
        parts = [part for language in own for *_, part in parts_of(token, language)]
        parts = [part for part in dict.fromkeys(parts) if part not in terms]
        held = [several for several in synonyms if all(map(self.index.frequency, several))]
        synonyms = [several for several in held if len(several) > 1 or not is_stopword(several[0])]
        alternatives = [Alternative((term,), weight) for term in terms]
        alternatives += [Alternative((part,), PART_WEIGHT * weight, "part") for part in parts]
        alternatives += [Alternative(several, SYNONYM_WEIGHT * weight, "synonym") for several in synonyms]
        alternatives += [Alternative((t,), SPELLING_WEIGHT, "spelling") for t in (mended.terms if mended else ())]
        whole = [a.terms[0] for a in alternatives if a.reason != "part" and len(a.terms) == 1]
        attainable = min(map(self.index.rarity_in_language, whole))
        if any(map(self.index.holds, whole)) and not any(map(self.index.frequency, whole)):
            attainable *= HEADING_BOOST  # only titles have it: a place, a name
        if not mended:
            attainable += PART_WEIGHT * sum(map(self.index.rarity_in_language, parts))
        return Wanted(token.form, tuple(map(self._levelled, alternatives)), weight * attainable * SATURATION)

    def _levelled(self, alternative: Alternative) -> Alternative:
        """Take from the weight what a term has too much of only because few passages are in its language."""
        told = sum(map(self.index.rarity_in_language, alternative.terms))
        return replace(alternative, weight=alternative.weight * told / sum(map(self.index.rarity, alternative.terms)))

    def _terms(self, token: Token) -> Terms:
        return tuple(dict.fromkeys(term_of(token, language) for language in self.languages))

    def _mended(self, token: Token, terms: Terms) -> Mended | None:
        if not token.word or any(map(self.index.holds, terms)) or is_known(token.form):
            return None
        return mend(token.form, terms, self.index)

    def _pairs(self, tokens: Sequence[Token]) -> Iterator[Wanted]:
        for first, second in pairwise(tokens):
            if is_stopword(first.form) and is_stopword(second.form):
                continue  # tells nothing, and stands everywhere: the dearest of all to look for
            both = dict.fromkeys((term_of(first, one), term_of(second, one)) for one in self.languages)
            held = [pair for pair in both if all(map(self.index.frequency, pair))]
            if held:
                alternatives = tuple(Alternative(pair, PAIR_WEIGHT, "pair") for pair in held)
                yield Wanted(f"{first.form} {second.form}", alternatives, 0.0)

    def _synonyms(self, tokens: Sequence[Token]) -> Mapping[int, Sequence[Terms]]:
        """What means the same as the words that begin at a place, in any of the languages' forms."""
        found: dict[int, dict[Terms, None]] = {}
        for language in self.languages:
            terms = [term_of(token, language) for token in tokens]
            for start, end, synonyms in self.thesaurus.lookup(terms):
                first = tokens[start]
                if end - start > 1 or first.capital or not is_stopword(first.form):  # SIG is a group, sig is not
                    found.setdefault(first.start, {}).update(dict.fromkeys(synonyms))
        return {start: tuple(synonyms) for start, synonyms in found.items()}


def _is_held(alternative: Alternative, index: LexicalIndex) -> bool:
    return alternative.reason != "part" and all(map(index.holds, alternative.terms))


def _replaced(text: str, slips: Sequence[tuple[Token, Mended]]) -> str:
    for token, mended in reversed(slips):
        text = text[: token.start] + mended.word + text[token.end :]
    return text
