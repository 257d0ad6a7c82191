"""Danish and Norwegian sentences from Swedish ones, by Apertium's rules (Debian: apertium-swe-dan, -nor)."""

import shutil
import subprocess
from collections.abc import Sequence

#: Apertium's mode for each language.
MODES = {"da": "swe-dan", "nb": "swe-nob"}


def translate(sentences: Sequence[str], language: str) -> list[str]:
    """Translate Swedish sentences, one each.

    Raises:
        RuntimeError: Apertium or the language pair is not installed, or it lost a line.
    """
    program = shutil.which("apertium")
    if program is None:
        raise RuntimeError("Apertium is missing: apt-get install apertium apertium-swe-dan apertium-swe-nor")
    lines = "\n".join(" ".join(sentence.split()) for sentence in sentences)
    done = subprocess.run(  # noqa: S603 (a fixed program on our own text)
        [program, "-u", MODES[language]], input=lines, capture_output=True, text=True, check=False
    )
    translated = done.stdout.split("\n")
    if done.returncode or len(translated) != len(sentences):
        raise RuntimeError(f"Apertium's mode {MODES[language]} failed: {done.stderr.strip() or 'lines were lost'}")
    return translated
