import pytest

from tests.app.fakes import make_base


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory):
    """A base of four cases, read by all and changed by none."""
    folder = tmp_path_factory.mktemp("base")
    make_base(folder).close()
    return folder
