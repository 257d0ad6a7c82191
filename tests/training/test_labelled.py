import pytest

from training.labelled import LabelledSection, read_documents


def test_a_document_is_read_with_its_sections(tmp_path):
    text = "language: sv\nother | En ingress.\n## Varför?\nbackground | Det brann.\n## Sen då?\nresults | Lugnt.\n"
    (tmp_path / "ett.txt").write_text(text, "utf-8")
    [document] = read_documents(tmp_path)
    assert (document.name, document.language, document.path) == ("ett", "sv", ("other", "background", "results"))
    assert [section.heading for section in document.sections] == ["", "Varför?", "Sen då?"]


@pytest.mark.parametrize("line", ["utan etikett", "okänd | text"])
def test_a_line_without_a_label_is_told_of(tmp_path, line):
    (tmp_path / "ett.txt").write_text(f"language: sv\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"ett\.txt:2"):
        read_documents(tmp_path)


@pytest.mark.parametrize(
    ("labels", "whole"),
    [
        (("method", "method"), "method"),
        (("success_factors", "challenges"), "lessons"),
        (("method", "results"), None),
        ((), None),
    ],
)
def test_a_section_is_of_what_nearly_all_of_it_tells(labels, whole):
    assert LabelledSection("", tuple((label, "fem ord på en rad") for label in labels)).label == whole


def test_the_documents_of_the_product_are_read():
    assert len(read_documents()) > 200
