"""Tesseract, where it is installed: find it, run it on a picture.

Optional and found at run time. It runs with one thread (``OMP_THREAD_LIMIT=1``: otherwise it can spin for minutes)
and a time limit; called from the sandbox it inherits every other limit there.
"""

import os
import shutil
import subprocess
from functools import cache

LANGUAGES = {"sv": "swe", "nb": "nor", "nn": "nor", "da": "dan", "en": "eng"}
"""Our language codes and tesseract's."""

ORIENTATION = "osd"
"""The data with which tesseract tells how a page is turned."""

SECONDS_A_PAGE = 20
"""A page of print takes 2–6; what takes this long is no print."""

_LISTING_SECONDS = 10


def installed_languages() -> tuple[str, ...]:
    """Return what tesseract can read here of the languages we read (and "osd"); empty when it is not installed."""
    program = shutil.which("tesseract")
    return _languages_of(program) if program else ()


@cache
def _languages_of(program: str) -> tuple[str, ...]:
    try:
        listed = subprocess.run(  # noqa: S603 (a fixed command)
            [program, "--list-langs"], capture_output=True, text=True, timeout=_LISTING_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    known = set(listed.stdout.split())
    return tuple(dict.fromkeys(name for name in (*LANGUAGES.values(), ORIENTATION) if name in known))


def recognise(picture: bytes, *options: str, dpi: float, seconds: float) -> str:
    """Return what tesseract prints for a picture (any format that it reads).

    Raises:
        TimeoutError: it took longer than ``seconds``.
        OSError: it cannot run, or gives up on the picture.
    """
    command = ["tesseract", "stdin", "stdout", "--dpi", str(round(dpi)), *options]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command)
            command, input=picture, capture_output=True, timeout=seconds, check=True, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    except subprocess.CalledProcessError as error:
        raise OSError(error.returncode, "tesseract gave up") from error
    return done.stdout.decode("utf-8", "replace")
