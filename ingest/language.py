"""Which language a text is in: Swedish, Bokmål, Nynorsk, Danish, English (or some other).

Function words decide, after Dunning (1994) and Cavnar & Trenkle (1994) in the small: each language has words that the
others do not use, weighed by how telling they are. Over a paragraph that is as sure as a model of megabytes.
"""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_TELLING: dict[str, str] = {
    "sv": "och att inte är för från med som på det av en ett har också eller jag vi mycket när efter över under där här utan sig än vad även genom mellan kan blir blev varit bara hur många varje något några sedan samt ska skulle kommunen arbetet finns gör göra andra sina dem deras dessa",
    "nb": "og at ikke er for fra med som på det av en et har også eller jeg vi mye når etter over under der her uten seg enn hva gjennom mellom kan blir ble vært bare hvordan mange hver noe noen siden samt skal skulle kommunen arbeidet finnes gjør gjøre andre sine dem deres disse hvor både fikk gikk måtte",
    "nn": "og at ikkje er for frå med som på det av ein eit har også eller eg me vi mykje når etter over under der her utan seg enn kva gjennom mellom kan blir vart vore berre korleis mange kvar noko nokon sidan samt skal skulle kommunen arbeidet finst gjer gjere andre sine dei deira desse",
    "da": "og at ikke er for fra med som på det af en et har også eller jeg vi meget når efter over under der her uden sig end hvad gennem mellem kan bliver blev været kun hvordan mange hver noget nogle siden samt skal skulle kommunen arbejdet findes gør gøre andre sine dem deres disse hvor både fik gik måtte",
    "en": "and that not is for from with which on the of a an has also or we much when after over under there here without than what through between can was been only how many each some since shall should work are were this these their they by to in it as be have had who",
    "fi": "ja että ei on oli myös tai mutta kun joka jotka sekä ovat olla voi tämä se ne hän kuin niin vain jo mukaan kunnan",
    "de": "und dass nicht ist für von mit auf das der die ein eine hat auch oder wir sehr wenn nach über unter durch zwischen kann wird wurde nur wie viele jeder einige seit sowie soll den dem des zu im",
}
_LETTERS = {"sv": "äö", "nb": "æø", "nn": "æø", "da": "æø", "de": "äöüß", "fi": "äö"}
_WEIGHTS: dict[str, dict[str, float]] = {}


def _weights() -> dict[str, dict[str, float]]:
    """For each word, the languages that use it; a word that one language alone uses weighs most."""
    if not _WEIGHTS:
        users: Counter[str] = Counter()
        for words in _TELLING.values():
            users.update(set(words.split()))
        for language, words in _TELLING.items():
            for word in set(words.split()):
                _WEIGHTS.setdefault(word, {})[language] = 1.0 / users[word] ** 1.5
    return _WEIGHTS


def detect_language(text: str, *, declared: str | None = None, letters_known: bool = True) -> str:
    """Return "sv", "nb", "nn", "da", "en", "fi" or "de" for ``text``.

    ``declared`` (a PDF's /Lang) only breaks ties: producers often leave their own language there. An empty or
    wordless text gives the declared language, or "sv". Without ``letters_known`` only words count: OCR in one language
    writes its neighbours' letters as its own.

    >>> detect_language("Kommunen har arbetat med detta sedan 2015 och det har inte varit lätt.")
    'sv'
    >>> detect_language("Hvordan blev det til noget? Det er ikke kun kommunen, der har arbejdet med det.")
    'da'
    """
    weights = _weights()
    scores: Counter[str] = Counter(dict.fromkeys(_TELLING, 0.0))
    lower = text[:60_000].lower()
    for word, count in Counter(_WORD.findall(lower)).items():
        for language, weight in weights.get(word, {}).items():
            scores[language] += count * weight  # type: ignore[assignment]
    total = sum(scores.values()) or 1.0
    letters = {char: lower.count(char) for char in "äöæøüß"}
    seen = sum(letters.values()) if letters_known else 0
    for language in _TELLING:
        own = sum(letters[char] for char in _LETTERS.get(language, ""))
        scores[language] += 0.3 * total * (own / seen if seen else 0)  # type: ignore[assignment]
    prefix = (declared or "").lower().replace("_", "-").split("-")[0]
    prefix = {"no": "nb"}.get(prefix, prefix)
    if prefix in scores:
        scores[prefix] += 0.02 * total  # type: ignore[assignment]
    best = max(scores, key=lambda name: scores[name])
    if scores[best] <= 0:
        return prefix if prefix in _TELLING else "sv"
    return best
