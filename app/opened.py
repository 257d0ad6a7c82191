"""The base as the page holds it: opened once a process, opened anew when its file was replaced."""

import logging
import threading
from pathlib import Path

import streamlit as st

from kb import KnowledgeBase, Settings
from kb.database import FILE_NAME
from kb.errors import BaseNotFound, KnowledgeBaseError

log = logging.getLogger(__name__)

_SECONDS_BEFORE_WARM_UP = 1.5  # the first page comes first: loading would compete with it


def open_base(settings: Settings) -> KnowledgeBase | None:
    """Return the base that the settings name; ``None`` if there is none yet.

    Raises:
        BaseError, ConfigError: it cannot be opened.
    """
    try:
        file = (settings.base / FILE_NAME).stat()
    except OSError:
        return None
    try:
        return _opened(settings, file.st_ino)
    except BaseNotFound:
        return None


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Settings: repr})
def _opened(settings: Settings, inode: int) -> KnowledgeBase:
    """Open the base; ``inode`` tells a file that took another's place from the one that was there."""
    base = KnowledgeBase.open(settings.base, settings=settings, create=False)
    later = threading.Timer(_SECONDS_BEFORE_WARM_UP, _warm_up, args=(base,))
    later.daemon = True
    later.start()
    return base


def _warm_up(base: KnowledgeBase) -> None:
    """Load the model and the indexes while the first reader looks at the first page."""
    try:
        base.search("exempel", k=1)
    except KnowledgeBaseError as error:
        log.info("warm-up: %s", error)  # the reader's own search says it again, on the page


@st.cache_data(show_spinner=False, max_entries=256)
def page_picture(
    _base: KnowledgeBase,
    case_id: str,
    sha256: str,
    page: int,
    boxes: tuple[tuple[float, float, float, float], ...],
    width_px: int = 1100,
) -> bytes:
    """Return a page of a case's PDF as PNG with ``boxes`` marked, drawn in the sandbox; kept by ``sha256``.

    Raises:
        DocumentError: it cannot be drawn.
    """
    from ingest.extract import render_page

    return render_page(_base.document(case_id), page, width_px=width_px, boxes=boxes, settings=_base.settings)


def base_folder(settings: Settings) -> Path:
    """Return the whole path of the base's folder, to be shown."""
    return settings.base.absolute()
