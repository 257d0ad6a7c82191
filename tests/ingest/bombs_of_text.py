"""Documents made to hurt our own reading: no engine minds them, but careless patterns and layout would."""

from tests.ingest.pdfs import pages, text


def long_line(count: int = 90_000) -> bytes:
    """One line without a break, of the kind that makes careless patterns run for ever."""
    return pages([text(72, 700, "a-" * (count // 2), size=2)])


def tiring_text(length: int = 20_000) -> bytes:
    """Lines on which patterns with two ways to match the same letters would never come to an end."""
    kinds = ("1.1", "a@", "....", "0 7", "Ek ", "och,", "(((", "A. ", "a: ", "-–", "19", "http://")
    lines = [text(10, 800 - 12 * n, kind * (length // len(kind)), size=1) for n, kind in enumerate(kinds)]
    return pages([b"".join(lines)] * 3, compress=True)


def all_headings(count: int = 200, lines: int = 50) -> bytes:
    """200 pages of headings and nothing else."""
    draw = b"".join(
        text(72, 800 - 15 * n, f"{n}.{n} Bakgrund och utmaningar {n}", font="F2", size=14) for n in range(lines)
    )
    return pages([draw] * count, compress=True)


def crowded_page(count: int = 60_000) -> bytes:
    """A page with 60,000 words in every size and place, which no order of reading fits."""
    draw = b"".join(
        text(n * 7919 % 560, n * 104729 % 820, f"ord{n}", size=1 + n % 23, font=f"F{1 + n % 2}") for n in range(count)
    )
    return pages([draw], compress=True)
