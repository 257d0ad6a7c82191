"""A page that really runs (``kb serve``) and a real Chromium that may talk to this machine only."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.app.fakes import make_base

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
SCREENSHOTS = Path(__file__).with_name("screenshots")
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    make_base(folder).close()
    return folder


@pytest.fixture(scope="session")
def site(folder):
    """The address of the page, served by the command that users type."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("kb")), "serve", "--port", str(port), "--base", str(folder)]
    # Elsewhere than in the repository: the page must find its own files and settings.
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}/"
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}_stcore/health"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.fail("no Chromium on the PATH (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def width(request):
    """Desktop and phone."""
    return request.param


@pytest.fixture
def outside():
    """Requests that tried to leave the machine; checked when the test is over."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def open_page(chromium, site, outside):
    """Return what opens an address of the page in a window of its own, and waits until all is there."""
    contexts = []

    def guard(route):
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    def open_page(path="", width="desktop"):
        wide, high = WIDTHS[width]
        context = chromium.new_context(viewport={"width": wide, "height": high}, locale="sv-SE")
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("websocket", lambda ws: outside.append(ws.url) if urlsplit(ws.url).hostname != "127.0.0.1" else None)
        page.goto(site + path)
        page.wait_for_selector(".eb-footer")
        return page

    yield open_page
    for context in contexts:
        context.close()
