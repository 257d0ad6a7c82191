"""When nothing is close: the probes, what is made of them, and that it holds for embedders of other scales."""

import json

import numpy as np
import pytest

from kb import KnowledgeBase, Settings
from kb.closeness import ABSENT_WEIGHT, PROBE_WEIGHT, SPREAD, Background, Scale, allowance, calibrate, kept, probes
from kb.database import DERIVED
from kb.embed import EmbedderStamp
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_field, make_passages


class NarrowEmbedder(FakeEmbedder):
    """Like the fake one, but all its vectors lie in a narrow cone, as those of some transformers do."""

    def __init__(self) -> None:
        super().__init__("narrow")
        self.stamp = EmbedderStamp("narrow", "1", self.stamp.dimension + 1)

    def _encode(self, texts):
        apart = np.zeros((len(texts), self.stamp.dimension - 1), np.float32)
        for row, vector in zip(apart, FakeEmbedder()._encode(texts), strict=True):
            row[:] = vector * 0.5
        same = np.sqrt(1 - (apart**2).sum(axis=1, keepdims=True))
        return np.hstack([apart, same]).astype(np.float32)


def test_there_are_probes_of_several_kinds_and_each_once():
    texts = probes()
    assert len(texts) == len(set(texts)) >= 100
    assert sum(text.endswith("?") for text in texts) > 15
    assert sum(len(text.split()) > 10 for text in texts) >= 5


@pytest.mark.parametrize("embedder", [FakeEmbedder(), NarrowEmbedder()], ids=["wide", "narrow"])
def test_unrelated_texts_are_alike_by_nothing_whatever_the_embedder(embedder):
    background = Background.of(embedder)
    vectors = embedder.encode_passages(probes())
    apart = background.scale((vectors @ vectors.T)[~np.eye(len(vectors), dtype=bool)])
    assert apart.mean() == pytest.approx(0, abs=1e-3)
    assert apart.std() == pytest.approx(SPREAD, rel=1e-2)


def test_a_scale_keeps_the_order():
    cosines = np.array([0.9, 0.7, 0.8], np.float32)
    assert np.argsort(Scale(0.7, 3.0)(cosines)).tolist() == [1, 2, 0]


def test_a_probe_is_like_itself_unless_left_out():
    embedder = FakeEmbedder()
    background = Background.of(embedder)
    vector = embedder.encode_queries(probes()[:1])[0]
    assert background.likeness(vector) > background.likeness(vector, without=0)


def test_an_embedder_that_knows_no_text_has_a_scale_all_the_same():
    class Blank(FakeEmbedder):
        def _encode(self, texts):
            return np.zeros((len(texts), 64), np.float32)

    assert Background.of(Blank()).scale == Scale(0.0, 1.0)


def test_the_mark_is_what_most_probes_stay_below():
    scores = [number / 1000 for number in range(len(probes()))]
    mark = calibrate(lambda text, number: scores[number])
    assert sum(score >= mark for score in scores) / len(scores) == pytest.approx(0.2, abs=0.01)


def test_what_the_base_lacks_and_likeness_to_probes_raise_the_mark():
    assert allowance(1.0, 0.0) == 0.0
    assert allowance(0.5, 0.2) == pytest.approx(0.5 * ABSENT_WEIGHT + 0.2 * PROBE_WEIGHT)


class TestKept:
    def test_a_mark_is_found_once_for_a_state(self, tmp_path):
        path, asked = tmp_path / "closeness.json", []

        def find():
            asked.append(1)
            return 0.125

        assert [kept(path, "state", find), kept(path, "state", find)] == [0.125, 0.125]
        assert len(asked) == 1
        assert kept(path, "another state", lambda: 0.5) == 0.5

    @pytest.mark.parametrize("content", [b"", b"{", b'["state", "x"]', b"\xff"], ids=str)
    def test_a_damaged_file_is_made_anew(self, tmp_path, content):
        path = tmp_path / "closeness.json"
        path.write_bytes(content)
        assert kept(path, "state", lambda: 0.25) == 0.25
        assert json.loads(path.read_bytes())[1] == 0.25

    def test_without_a_folder_it_is_found_each_time(self, tmp_path):
        assert kept(tmp_path / "none" / "closeness.json", "state", lambda: 0.75) == 0.75


TEXTS = {
    "stodtelefon": "Anhöriga ringer stödtelefonen när de är oroliga för en ung person i en extremistisk miljö.",
    "mentorer": "Mentorer träffar unga som vill lämna en våldsam rörelse, en gång i veckan under ett år.",
    "skola": "Lärare för samtal om konspirationsteorier och källkritik i klassrummet tillsammans med biblioteket.",
    "lagesbild": "Polis, socialtjänst och bostadsbolag gör en gemensam lägesbild varje månad.",
}


@pytest.mark.parametrize("embedder", [None, NarrowEmbedder()], ids=["bundled", "narrow"])
def test_a_base_answers_what_it_has_and_nothing_else(tmp_path, embedder):
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=embedder) as base:
        for name, text in TEXTS.items():
            case = make_case(name, title=text.split()[0], fields={"background": make_field(text), "challenges": None})
            base.add(case, make_passages(case), document=make_document(name), extractor="test")
        assert base.search("oroliga anhöriga stödtelefon")[0].case.case_id == "stodtelefon"
        assert base.search("gemensam lägesbild bostadsbolag")[0].case.case_id == "lagesbild"
        for nonsense in ("xqzvv blörf kjaspel", "kastanjepuré trumsolo"):
            assert base.search(nonsense).nothing_close
        assert (base.path / DERIVED / "closeness.json").is_file()
