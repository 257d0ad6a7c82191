import pytest

from kb.text import thesaurus


def test_a_kept_thesaurus_is_the_bundled_one(tmp_path, monkeypatch):
    path = tmp_path / "thesaurus.json"
    assert thesaurus.kept(path, "1") == thesaurus.bundled()
    monkeypatch.setattr(thesaurus, "bundled", lambda: pytest.fail("analysed again"))
    found = thesaurus.kept(path, "1")
    monkeypatch.undo()
    assert found == thesaurus.bundled()


@pytest.mark.parametrize("change", ["form", "text", "damage"])
def test_a_stale_or_damaged_file_does_not_count(tmp_path, monkeypatch, change):
    path = tmp_path / "thesaurus.json"
    thesaurus.kept(path, "1")
    monkeypatch.setattr(thesaurus, "bundled", lambda: thesaurus.Thesaurus({("ny",): (("annan",),)}, 1))
    if change == "text":
        monkeypatch.setattr(thesaurus, "_bundled_text", lambda: "groups = []")
    if change == "damage":
        path.write_bytes(b"[1, 2")
    assert thesaurus.kept(path, "2" if change == "form" else "1").entries == {("ny",): (("annan",),)}


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    assert thesaurus.kept(tmp_path / "none" / "thesaurus.json", "1") == thesaurus.bundled()
