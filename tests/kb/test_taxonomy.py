"""The taxonomy: what is bundled, and what a folder of one's own adds, replaces and may not be."""

import re

import pytest

from kb.errors import InvalidTaxonomy
from kb.taxonomy import Taxonomy

LABELS = 'labels = { sv = "Ett", en = "One" }'
WALK = f"""
id = "measure"
{LABELS}
[[values]]
id = "night_walk"
labels = {{ sv = "Nattvandring", en = "Night walk" }}
[values.cues]
sv = ["nattvandr*"]
[values.hints]
sv = ["reflexväst*"]
"""


def load(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return Taxonomy.load(folder)


def test_the_bundled_facets_are_in_the_order_in_which_they_are_shown():
    names = list(Taxonomy.load().facets)
    assert names[:4] == ["prevention_level", "strategy", "environment", "measure"]
    assert {"target_group", "arena", "owner", "partner", "success_factor", "challenge", "maturity"} <= set(names)


def test_labels_are_words_for_readers_and_never_the_same_twice_in_a_facet():
    for facet in Taxonomy.load().facets.values():
        for language in ("sv", "en"):
            labels = [option.labels[language] for option in facet.values]
            assert len(set(labels)) == len(labels), facet.id
            assert all(re.match(r"[A-ZÅÄÖ][^_]+$", label) for label in labels), facet.id


def test_a_file_adds_values_to_a_facet_that_is_there(tmp_path):
    taxonomy = load(tmp_path, measure=WALK)
    bundled = Taxonomy.load().facets["measure"]
    found = taxonomy.facets["measure"]
    assert [option.id for option in found.values] == [*(option.id for option in bundled.values), "night_walk"]
    assert (found.order, found.labels["sv"]) == (bundled.order, "Ett")
    assert found.option("night_walk").cues == {"sv": ("nattvandr*",)}
    assert found.option("night_walk").hints == {"sv": ("reflexväst*",)}
    assert taxonomy.label("measure", "night_walk", "en") == "Night walk"


def test_a_value_with_the_id_of_another_takes_its_place(tmp_path):
    found = load(tmp_path, own=WALK.replace("night_walk", "mentoring")).facets["measure"]
    assert found.option("mentoring").cues == {"sv": ("nattvandr*",)}
    assert len(found.values) == len(Taxonomy.load().facets["measure"].values)


def test_replace_leaves_nothing_of_the_facet(tmp_path):
    found = load(tmp_path, own="replace = true\n" + WALK).facets["measure"]
    assert [option.id for option in found.values] == ["night_walk"]


def test_a_new_id_is_a_new_facet_in_its_place(tmp_path):
    names = list(load(tmp_path, own="order = 0\n" + WALK.replace('"measure"', '"season"')).facets)
    assert names[0] == "season"
    assert set(names) == {"season", *Taxonomy.load().facets}


def test_what_is_not_known_is_called_by_its_id():
    assert Taxonomy.load().label("measure", "nonsense") == "nonsense"
    assert Taxonomy.load().label("nonsense", "x") == "x"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "value"),
        (f'id = "1"\n{LABELS}', "id must be a word"),
        (LABELS, "id must be a word"),
        ('id = "own"\nlabels = { sv = "Ett" }', "needs labels in sv and en"),
        (f'id = "own"\norder = "first"\n{LABELS}', "order must be a whole number"),
        (f'id = "own"\nvalues = 1\n{LABELS}', r"values must be written as \[\[values\]\]"),
        (f'id = "own"\n{LABELS}\n[[values]]\nid = "a"\n{LABELS}\ncues = ["x"]', "cues of a must be lists"),
        (f'id = "own"\n{LABELS}\n[[values]]\nid = "a"\n{LABELS}\n[values.hints]\nsv = [""]', "hints of a must be"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path, text, said):
    with pytest.raises(InvalidTaxonomy, match=said) as caught:
        load(tmp_path, own=text)
    assert "own.toml" in str(caught.value)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InvalidTaxonomy, match="no such folder"):
        Taxonomy.load(tmp_path / "gone")
