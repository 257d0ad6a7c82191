"""Cue phrases found in text, many at a time: one look-up a word instead of one regular expression a cue.

A cue is a few words; ``*`` stands for any letters at a word's beginning or end, ``..`` for up to four words between
two others ("svår* .. nå" is in "svåra för oss att nå"), ``#`` for a number in digits. A word written in capitals is an
abbreviation and matched as written ("IS" is not "is").
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Generic, NamedTuple, TypeVar

from kb.taxonomy import Taxonomy

Name = TypeVar("Name")
_TOKEN = re.compile(r"\w+")
_CUE_TOKEN = re.compile(r"\.\.|#|[\w*]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS: Mapping[str, frozenset[str]] = {
    "sv": _set("inte ej ingen inget inga utan aldrig varken saknar saknade bör skulle hoppas planerar"),
    "nb": _set("ikke ikkje ingen inga intet aldri uten verken mangler manglet bør burde skulle håper planlegger"),
    "da": _set("ikke ingen intet aldrig uden hverken mangler manglede bør burde skulle håber planlægger"),
    "en": _set("not no never without neither nor lack lacks lacked should would hope hopes"),
}
"""Words that take back what follows: it is not so, is lacking, or only wished for."""

_BUT = "utan"  # takes nothing back where something was denied before it: "inte en chef, utan en mentor"
_NUMBER = "#"
_LETTERS = 3  # at a word's beginning or end, by which most words are known to begin or end no cue
_REACH = 3  # words before a cue in which a negation is looked for
_GAP = 4  # words that ".." stands for, at most


class _Word(NamedTuple):
    """One word of a cue: its letters, whether more may stand before or after, whether capitals count.

    ``reach``: how many words on from the cue's word before it may stand.
    """

    text: str
    before: bool
    after: bool
    cased: bool
    reach: int

    def fits(self, token: str, lower: str) -> bool:
        """Tell whether this is ``token``, whose small letters are ``lower``."""
        if self.text == _NUMBER:
            return token.isdigit()
        if not self.cased:
            token = lower
        if self.before and self.after:
            return self.text in token
        if self.before:
            return token.endswith(self.text)
        return token.startswith(self.text) if self.after else token == self.text


class Sign(NamedTuple, Generic[Name]):
    """A cue found in a text, by the name of its list; ``taken_back``: it is negated, or only wished for."""

    name: Name
    taken_back: bool


@dataclass(frozen=True, slots=True)
class _Cue(Generic[Name]):
    """The words of a cue, the name of its list, and which of the words it is looked up by: the longest.

    ``needs``: the others that are spelt out, without which in the text there is no need to look about. ``letters`` of a
    cue of one word, 0 of one of several. ``sure``: whether a word under which it is looked up fits as it is. The last
    two save looking at the words: in a reader that was forked, to look at an object is to copy its page.
    """

    name: Name
    words: tuple[_Word, ...]
    anchor: int
    needs: tuple[str, ...]
    letters: int
    sure: bool

    def start(self, tokens: Sequence[str], lowers: Sequence[str], position: int) -> int:
        """Return where the cue starts if its anchor stands at ``position`` and the others about it; -1 if not."""
        # Two loops rather than calls of one function: that is a quarter of the time that all facets take.
        at = position
        for word in self.words[self.anchor + 1 :]:
            for near in range(at + 1, min(at + 1 + word.reach, len(tokens))):
                if word.fits(tokens[near], lowers[near]):
                    at = near
                    break
            else:
                return -1
        at = position
        for index in range(self.anchor, 0, -1):
            word = self.words[index - 1]
            for near in range(at - 1, max(at - 1 - self.words[index].reach, -1), -1):
                if word.fits(tokens[near], lowers[near]):
                    at = near
                    break
            else:
                return -1
        return at


class CueIndex(Generic[Name]):
    """Finds which of many named cue lists a text has.

    ``negations``: the words that take back what follows. ``rivals``: whether two names claim a word for themselves;
    the one that spells more of it then has it ("säkerhetspolis*", not "*polisen").

    >>> index = CueIndex({"line": ["stödtelefon*"], "pilot": ["pilot*"]})
    >>> [sign.name for sign in index.signs("Stödtelefonen är ingen pilot längre") if not sign.taken_back]
    ['line']
    """

    def __init__(
        self,
        cues: Mapping[Name, Sequence[str]],
        *,
        negations: Collection[str] = frozenset().union(*NEGATIONS.values()),
        rivals: Callable[[Name, Name], bool] = lambda _name, _other: False,
    ) -> None:
        self._negations, self._rivals = negations, rivals
        self._exact: dict[str, list[_Cue[Name]]] = {}
        self._starts: dict[str, list[_Cue[Name]]] = {}
        self._ends: dict[str, list[_Cue[Name]]] = {}
        self._anywhere: list[_Cue[Name]] = []
        self._known: dict[str, tuple[_Cue[Name], ...]] = {}
        shared: dict[_Word, _Word] = {}  # cues share their words
        for name, phrases in cues.items():
            for words in (tuple(shared.setdefault(word, word) for word in _words(phrase)) for phrase in phrases):
                if not words:
                    continue
                anchor = max(range(len(words)), key=lambda index: len(words[index].text))
                others = (word for word in (*words[:anchor], *words[anchor + 1 :]) if word.text != _NUMBER)
                needs = tuple(
                    dict.fromkeys(intern(word.text.lower()) for word in others if not (word.before or word.after))
                )
                word, letters = words[anchor], 0 if len(words) > 1 else len(words[anchor].text)
                anywhere = (word.before and word.after) or ((word.before or word.after) and len(word.text) < _LETTERS)
                cue = _Cue(name, words, anchor, needs, letters, sure=not (anywhere or word.cased))
                if anywhere:
                    self._anywhere.append(cue)
                else:
                    table = self._ends if word.before else self._starts if word.after else self._exact
                    table.setdefault(intern(word.text.lower()), []).append(cue)
        self._heads = frozenset(text[:_LETTERS] for text in self._starts)
        self._tails = frozenset(text[-_LETTERS:] for text in self._ends)

    def signs(self, text: str) -> Iterator[Sign[Name]]:
        """Yield each cue list that ``text`` has a cue of, once for each place in the text."""
        tokens, known = _TOKEN.findall(text), self._known
        lowers = [token.lower() for token in tokens]
        present = set(lowers)
        denied = [at for at, lower in enumerate(lowers) if lower in self._negations]
        taking_back = [at for at in denied if at == denied[0] or lowers[at] != _BUT]
        found: set[tuple[Name, int]] = set()  # "skolan" is one sign of a school, though it fits two cues
        for position, token in enumerate(tokens):
            cues = known.get(token)
            for cue in self._candidates(token) if cues is None else cues:
                start = position
                if not cue.letters:
                    start = cue.start(tokens, lowers, position) if present.issuperset(cue.needs) else -1
                if start >= 0 and (cue.name, start) not in found:
                    found.add((cue.name, start))
                    yield Sign(cue.name, any(start - _REACH <= at < start for at in taking_back))

    def _candidates(self, token: str) -> tuple[_Cue[Name], ...]:
        if token not in self._known:
            lower = token.lower()
            found = list(self._exact.get(_NUMBER if lower.isdigit() else lower, ()))
            # Whole beginnings and ends are looked up, so that cues that do not fit are not even looked at.
            if lower[:_LETTERS] in self._heads:
                for length in range(_LETTERS, len(lower) + 1):
                    found += self._starts.get(lower[:length], ())
            if lower[-_LETTERS:] in self._tails:
                for length in range(_LETTERS, len(lower) + 1):
                    found += self._ends.get(lower[-length:], ())
            found += self._anywhere
            self._known[token] = self._claimed(
                [cue for cue in found if cue.sure or cue.words[cue.anchor].fits(token, lower)]
            )
            if len(self._known) > 50_000:
                self._known.clear()
                return self._candidates(token)
        return self._known[token]

    def _claimed(self, cues: Sequence[_Cue[Name]]) -> tuple[_Cue[Name], ...]:
        """Leave out the cues of one word of which a rival spells more."""
        single = [cue for cue in cues if cue.letters]
        if len(single) < 2:
            return tuple(cues)
        return tuple(
            cue
            for cue in cues
            if not cue.letters
            or not any(other.letters > cue.letters and self._rivals(cue.name, other.name) for other in single)
        )


def _words(phrase: str) -> Iterator[_Word]:
    reach = 1
    for word in _CUE_TOKEN.findall(phrase):
        if word == "..":
            reach = _GAP + 1
            continue
        text = word.strip("*")
        cased = (len(text) > 1 and text.isupper()) or text == "SiS"
        text = intern(text if cased else text.lower())  # cues share their words
        yield _Word(text, word.startswith("*"), word.endswith("*"), cased, reach)
        reach = 1


_INDEXES: dict[tuple[int, str], tuple[Taxonomy, "CueIndex[Value]"]] = {}


class Value(NamedTuple):
    """A value of a facet, and whether the cues that lead to it are but hints."""

    facet: str
    value: str
    hint: bool = False


def taxonomy_cues(taxonomy: Taxonomy, language: str) -> CueIndex[Value]:
    """Return the index of a taxonomy's cues and hints: in ``language``, or Swedish where a value has none in it."""
    own = {"nn": "nb"}.get(language, language)
    key = (id(taxonomy), own)  # the taxonomy is kept alive beside its index, so that its id stays its own
    if key not in _INDEXES:
        cues = {
            Value(facet.id, option.id, hint): phrases.get(own) or phrases.get("sv", ())
            for facet in taxonomy.facets.values()
            for option in facet.values
            for hint, phrases in ((False, option.cues), (True, option.hints))
        }
        _INDEXES[key] = (taxonomy, CueIndex(cues, negations=NEGATIONS.get(own, NEGATIONS["sv"]), rivals=_rivals))
    return _INDEXES[key][1]


def _rivals(value: Value, other: Value) -> bool:
    return value.facet == other.facet and value.value != other.value and not other.hint
