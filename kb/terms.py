"""Analysed passages: their terms as numbers, kept so that a changed index need not analyse every text again."""

from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.postings import Lists, Numbers
from kb.text.analysis import analyze

Ids = NDArray[np.int64]

END = -1
"""What follows the last word of each passage: no expression goes on from one passage into the next."""

_LISTS = ("words", "parts", "headings")


@dataclass(frozen=True, slots=True)
class Document:
    """A passage to index, in its case's ``language``; ``heading`` is what stands above it: titles."""

    passage_id: int
    language: str
    heading: str
    text: str


def _no_lists() -> Lists:
    return Lists(np.empty(0, np.int32), np.zeros(1, np.int64))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of passages. A term's number is its place in ``vocabulary``, a passage's row that of its id in ``ids``.

    ``ids`` ascend. For each passage: its language in ``spoken``, as a place in ``languages``; its ``words`` in their
    order and :data:`END`; the ``parts`` of its compounds; the words and parts of its ``headings``.
    """

    vocabulary: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    spoken: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    words: Lists = field(default_factory=_no_lists)
    parts: Lists = field(default_factory=_no_lists)
    headings: Lists = field(default_factory=_no_lists)

    def changed(self, add: Iterable[Document], remove: Collection[int]) -> "Terms":
        """Return the terms with passages added and removed; of terms that no passage has any more nothing is left."""
        numbers = {term: number for number, term in enumerate(self.vocabulary)}
        languages = {language: number for number, language in enumerate(self.languages)}
        new = _analysed(add, numbers, languages)
        kept = np.flatnonzero(~np.isin(self.ids, np.fromiter(remove, np.int64, len(remove))))
        ids = np.concatenate([self.ids[kept], new.ids])
        order = np.argsort(ids, kind="stable")
        spoken = np.concatenate([self.spoken[kept], new.spoken])[order]
        lists = [old.take(kept).joined(added).take(order) for old, added in zip(self._lists, new._lists, strict=True)]
        return _compact(Terms(tuple(numbers), tuple(languages), ids[order], spoken, *lists))

    def by_case(self, case_rows: NDArray[np.int32], cases: int) -> "Terms":
        """Return the terms of whole cases; ``case_rows`` tells of each passage, by row, which case it is of.

        The cases' rows must be in the order of their first passages; a case's id is that passage's. Of the headings
        that its passages share it has each term once. Its words go on over :data:`END` from passage to passage.
        """
        headings = self.headings.merged(case_rows, cases)
        many = max(len(self.vocabulary), 1)
        owners, values = np.divmod(np.unique(headings.owners * many + headings.values), many)
        _, firsts = np.unique(case_rows, return_index=True)
        return Terms(
            self.vocabulary,
            self.languages,
            self.ids[firsts],
            self.spoken[firsts],
            self.words.merged(case_rows, cases),
            self.parts.merged(case_rows, cases),
            Lists.of(values.astype(np.int32), np.bincount(owners, minlength=cases)),
        )

    @property
    def body(self) -> Lists:
        """Words and parts together, without :data:`END`, in no particular order."""
        both = self.words.joined(self.parts)
        rows = np.concatenate([np.arange(len(self.ids))] * 2)
        merged = both.merged(rows, len(self.ids))
        real = merged.values != END
        return Lists.of(merged.values[real], np.bincount(merged.owners[real], minlength=len(self.ids)))

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything as arrays by name."""
        found: dict[str, NDArray[Any]] = {"ids": self.ids, "spoken": self.spoken}
        for name, texts in (("vocabulary", self.vocabulary), ("languages", self.languages)):
            found[name] = np.frombuffer("\n".join(texts).encode(), np.uint8)
        for name, lists in zip(_LISTS, self._lists, strict=True):
            found |= {f"{name}.values": lists.values, f"{name}.starts": lists.starts}
        return found

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> "Terms":
        """Return what :attr:`arrays` were made from."""
        texts = (arrays[name].tobytes().decode() for name in ("vocabulary", "languages"))
        vocabulary, languages = (tuple(text.split("\n")) if text else () for text in texts)
        lists = (Lists(arrays[f"{name}.values"], arrays[f"{name}.starts"]) for name in _LISTS)
        return cls(vocabulary, languages, arrays["ids"], arrays["spoken"], *lists)

    @property
    def _lists(self) -> tuple[Lists, Lists, Lists]:
        return self.words, self.parts, self.headings


def _analysed(documents: Iterable[Document], numbers: dict[str, int], languages: dict[str, int]) -> Terms:
    """The terms of ``documents``, without vocabularies: ``numbers`` and ``languages`` get those that they lack."""
    ids, spoken = array("q"), array("i")
    values, lengths = [array("i") for _ in range(3)], [array("q") for _ in range(3)]
    for document in documents:
        ids.append(document.passage_id)
        spoken.append(languages.setdefault(document.language, len(languages)))
        terms = list(analyze(document.text, document.language))
        words = [numbers.setdefault(term.text, len(numbers)) for term in terms if not term.part]
        parts = [numbers.setdefault(term.text, len(numbers)) for term in terms if term.part]
        heading = analyze(document.heading, document.language)
        titles = [numbers.setdefault(term.text, len(numbers)) for term in heading]
        for several, all_values, all_lengths in zip(([*words, END], parts, titles), values, lengths, strict=True):
            all_values.extend(several)
            all_lengths.append(len(several))
    made = [Lists.of(np.array(v, np.int32), np.array(n, np.int64)) for v, n in zip(values, lengths, strict=True)]
    return Terms((), (), np.array(ids, np.int64), np.array(spoken, np.int32), *made)


def _compact(terms: Terms) -> Terms:
    """The same with only those terms numbered that stand somewhere."""
    present = np.zeros(len(terms.vocabulary) + 1, bool)  # the last place is END's, which is -1
    for one in terms._lists:
        present[one.values] = True
    present[END] = False
    renumbered = np.where(present, np.cumsum(present) - 1, END).astype(np.int32)
    kept = tuple(term for term, there in zip(terms.vocabulary, present.tolist(), strict=False) if there)
    words, parts, headings = (Lists(renumbered[one.values], one.starts) for one in terms._lists)
    return replace(terms, vocabulary=kept, words=words, parts=parts, headings=headings)
