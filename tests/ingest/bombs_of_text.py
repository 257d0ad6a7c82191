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


def stacked_letters(count: int = 90_000) -> bytes:
    """A page with 90,000 letters on the same spot, each drawn by itself."""
    return pages([text(72, 700, "a") * (count // 2) + text(72, 700, "b") * (count // 2)], compress=True)


def letters_in_a_row(count: int = 30_000) -> bytes:
    """One line of 30,000 letters, each drawn by itself, in two sizes by turns."""
    draw = b"".join(text(20 + n / 60, 700, "m", size=2 + n % 2) for n in range(count))
    return pages([draw], compress=True)


def many_columns(count: int = 30, lines: int = 990) -> bytes:
    """30 pages of lines that begin at a hundred edges, each overlapping its neighbours: where are the columns?"""
    draw = b"".join(
        text(20 + n * 37 % 101 * 5, 820 - n // 12 * 9.5, "spalt" if n % 3 else "en längre spalt", size=4 + n % 5)
        for n in range(lines)
    )
    return pages([draw] * count, compress=True)


def steps(count: int = 30, lines: int = 990) -> bytes:
    """30 pages of columns within columns: each line begins a little further in than the one above, and starts over."""
    draw = b"".join(text(20 + n % 31 * 17, 830 - n * 0.82, f"steg {n}", size=3) for n in range(lines))
    return pages([draw] * count, compress=True)


def keys_everywhere(count: int = 30, lines: int = 900) -> bytes:
    """30 pages of nothing but keys of fact boxes, two and two side by side."""
    words = ("Målgrupp:", "Startår:", "Kommun", "Kontakt:", "2015", "Partner")
    draw = b"".join(
        text(40 + n % 6 * 90, 820 - n // 6 * 5, words[n * 7 % 6], size=4, font=f"F{1 + n % 2}") for n in range(lines)
    )
    return pages([draw] * count, compress=True)


TEXTS = (
    long_line,
    tiring_text,
    all_headings,
    crowded_page,
    stacked_letters,
    letters_in_a_row,
    many_columns,
    steps,
    keys_everywhere,
)
