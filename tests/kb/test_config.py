from dataclasses import fields
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import InvalidSetting


def write(tmp_path, text):
    path = tmp_path / "kb.toml"
    path.write_text(text, "utf-8")
    return path


def test_defaults_where_nothing_is_said(tmp_path):
    assert Settings.load(tmp_path / "none.toml", {}) == Settings()


def test_the_environment_wins_over_the_file_over_the_defaults(tmp_path):
    path = write(tmp_path, 'base = "from-file"\nworkers = 3\n')
    settings = Settings.load(path, {"KB_BASE": "from-environment", "UNRELATED": "1"})
    assert (settings.base, settings.workers, settings.language) == (Path("from-environment"), 3, "sv")


def test_the_file_in_the_working_folder_is_read(tmp_path, monkeypatch):
    write(tmp_path, 'language = "en"\n')
    monkeypatch.chdir(tmp_path)
    assert Settings.load(environment={}).language == "en"


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_can_come_from_the_environment(name, tmp_path):
    text = {"language": "en"}.get(name, "7")
    settings = Settings.load(tmp_path / "none.toml", {f"KB_{name.upper()}": text})
    assert str(getattr(settings, name)) == text
    assert isinstance(getattr(settings, name), type(getattr(Settings(), name)) if name != "taxonomy" else Path)


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("colour = 1", "colour"),
        ('language = "fi"', "language"),
        ('max_pages = "many"', "max_pages"),
        ("max_pages = 0", "max_pages"),
        ("seconds = -1", "seconds"),
        ("workers = -1", "workers"),
        ("base = ", "kb.toml"),
        ("base = [1", "kb.toml"),
    ],
)
def test_an_unusable_value_is_named(text, setting, tmp_path):
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(write(tmp_path, text), {})
    assert setting in caught.value.message("sv")


def test_a_file_that_is_not_text_is_named(tmp_path):
    path = tmp_path / "kb.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidSetting, match=r"kb\.toml"):
        Settings.load(path, {})


def test_none_leaves_a_setting_as_it_is():
    assert Settings(workers=2).with_values(workers=None, seconds="5") == Settings(workers=2, seconds=5)


@pytest.mark.parametrize("name", ["workers", "truncate_dim"])
def test_zero_may_mean_something(name):
    assert getattr(Settings().with_values(**{name: "0"}), name) == 0
