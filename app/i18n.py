"""The language of the page, and its sentences: a thin layer over :mod:`kb.messages`."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.messages import LANGUAGES, Language, translate


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's sentences in one language; ``default`` is the language of an address that names none."""

    language: Language
    default: Language = "sv"

    @classmethod
    def chosen(cls, wanted: str | None, default: Language) -> "Texts":
        """Return the texts in the language that an address asks for, if the page speaks it."""
        return cls(next((known for known in LANGUAGES if known == wanted), default), default)

    @property
    def other(self) -> "Texts":
        """The texts in the language that the reader can change to."""
        return Texts("en" if self.language == "sv" else "sv", self.default)

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What an address needs so that the language stays."""
        return {} if self.language == self.default else {"lang": [self.language]}

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the catalogue's sentence ``page.<key>``."""
        return translate(f"page.{key}", self.language, **params)

    def field(self, name: str) -> str:
        """Return what readers call a field."""
        return translate(f"field.{name}", self.language)

    def count(self, key: str, number: int) -> str:
        """Return ``page.<key>.one`` or ``page.<key>.many`` with the number in it.

        >>> Texts("en").count("cases", 1), Texts("en").count("cases", 12)
        ('1 example', '12 examples')
        """
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=number)

    def listed(self, items: Sequence[str]) -> str:
        """Return a list as people write it.

        >>> Texts("sv").listed(["skola", "polis", "vård"])
        'skola, polis och vård'
        """
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('and')} {items[-1]}"
