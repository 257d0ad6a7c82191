"""Words that carry no meaning of their own, in the four languages: not searched for where there are others."""

from functools import cache
from importlib.resources import files


@cache
def _stopwords() -> frozenset[str]:
    text = files("kb").joinpath("data", "stopwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_stopword(form: str) -> bool:
    """Whether the lower-case word ``form`` carries no meaning of its own in one of the languages.

    >>> is_stopword("vilka"), is_stopword("stöd")
    (True, False)
    """
    return form in _stopwords()
