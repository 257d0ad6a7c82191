"""The command line on a real base of four sample PDFs, and what each verb says to bad input."""

import json
import sqlite3
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import img2pdf
import pytest
from pypdf import PdfReader
from typer.main import get_command

from app.cli import run
from app.cli.program import VERBS, program
from app.cli.session import printable
from ingest.extract import render_page
from ingest.tesseract import installed_languages
from kb.embed import EmbedderStamp, load_embedder

ROOT = Path(__file__).parents[2]
SAMPLES = ("stodtelefonen-lindhamn", "mentorerna-kvarnsjo", "samordningsteamet-osterhamn", "referral-panel-thornmere")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "base"
    files = [str(ROOT / "data/raw_pdfs" / f"{name}.pdf") for name in SAMPLES]
    assert run(["ingest", *files, "--base", str(folder)]) == 0
    return folder


@pytest.fixture
def kb(base, capsys, monkeypatch):
    monkeypatch.setenv("KB_BASE", str(base))
    monkeypatch.delenv("KB_LANGUAGE", raising=False)

    def call(*arguments):
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return call


def case_id(kb):
    _, out, _ = kb("search", "stödtelefon", "-k", "1", "--json")
    return json.loads(out)["hits"][0]["case_id"]


def test_search_for_people_shows_the_passage_with_field_and_page(kb):
    code, out, err = kb("search", "stödtelefon för oroliga anhöriga", "-k", "1")
    assert (code, err) == (0, "")
    assert "Socialtjänstens stödtelefon i Lindhamn" in out
    assert "Så gjorde man, sida 2: Stödtelefonen öppnade" in out


@pytest.mark.parametrize(("language", "country", "part"), [("sv", "Land", "Avsnitt"), ("en", "Country", "Section")])
def test_facets_are_named_as_readers_know_them(kb, language, country, part):
    _, out, _ = kb("--lang", language, "search", "", "--facets")
    assert f"\n{country}: " in out
    assert f"\n{part}: " in out


def test_search_as_json_is_one_line_with_traceable_passages(kb):
    code, out, _ = kb("search", "mentorer för unga", "--json")
    record = json.loads(out)
    best = record["hits"][0]
    assert (code, out.count("\n"), best["file"]) == (0, 1, "mentorerna-kvarnsjo.pdf")
    assert best["passages"][0]["spans"][0]["page"] >= 1
    assert {"lexical", "semantic", "matched"} <= set(best["passages"][0])
    assert "contact" not in out


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["--filter", "country=SE"], {f"{name}.pdf" for name in SAMPLES[:3]}),
        (["--filter", "language=en", "--filter", "language=sv"], {f"{name}.pdf" for name in SAMPLES}),
        (["--filter", "country=SE", "--filter", "language=en"], set()),
    ],
    ids=["one", "or", "and"],
)
def test_an_empty_query_lists_the_cases_inside_the_filters(kb, arguments, files):
    code, out, _ = kb("search", "", "--json", *arguments)
    assert (code, {hit["file"] for hit in json.loads(out)["hits"]}) == (0, files)


def test_show_keeps_the_contact_back_until_it_is_asked_for(kb):
    found = case_id(kb)
    _, plain, _ = kb("show", found, "--json")
    _, asked, _ = kb("show", found, "--contact", "--json")
    assert "@" not in json.dumps(json.loads(plain).get("contact_email"))
    assert "@" in asked


def test_similar_leaves_the_case_itself_out(kb):
    found = case_id(kb)
    code, out, _ = kb("similar", found, "--json")
    assert (code, found in [hit["case_id"] for hit in json.loads(out)["hits"]]) == (0, False)


def test_run_prints_trec_lines(kb, tmp_path):
    queries = tmp_path / "q.tsv"
    queries.write_text("q1\tstödtelefon för anhöriga\nq2\tmentor\n", "utf-8")
    code, out, _ = kb("run", "--queries", str(queries))
    lines = [line.split() for line in out.splitlines()]
    assert code == 0
    assert lines[0][:4] == ["q1", "Q0", "stodtelefonen-lindhamn.pdf", "1"]
    assert all(len(line) == 6 for line in lines)


def test_evaluate_measures_three_systems(kb, tmp_path):
    queries, qrels = tmp_path / "q.tsv", tmp_path / "r.txt"
    queries.write_text("q1\tstödtelefon för anhöriga\n", "utf-8")
    qrels.write_text("q1 0 stodtelefonen-lindhamn.pdf 3\n", "utf-8")
    code, out, _ = kb("evaluate", "--queries", str(queries), "--qrels", str(qrels))
    assert code == 0
    assert out.count("1.000") >= 3


def test_a_second_ingest_has_nothing_to_do(kb):
    code, out, _ = kb("ingest", str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"))
    assert (code, out) == (0, "Inget att göra: alla 1 filer finns redan i basen, oförändrade.\n")


def test_extract_goes_on_after_a_bad_file(kb, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"hello")
    good = ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"
    code, out, err = kb("extract", str(bad), str(good), "--json")
    record = json.loads(out)
    assert (code, record["file"], record["language"]) == (1, "mentorerna-kvarnsjo.pdf", "sv")
    assert record["fields"]["method"]["spans"][0].keys() == {"page", "bbox", "quote"}
    assert err.startswith("bad.pdf: är ingen PDF-fil")


def test_rm_needs_a_yes_where_nobody_can_be_asked(kb, base, tmp_path):
    other = tmp_path / "other"
    kb("ingest", str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), "--base", str(other))
    assert kb("rm", "mentorerna", "--base", str(other))[0] == 2
    assert kb("rm", "mentorerna", "--yes", "--base", str(other))[0] == 0
    assert kb("search", "", "--base", str(other))[1].startswith("Inga exempel")


def test_verify_and_reindex(kb):
    assert kb("verify")[:2] == (0, "Basen är hel: 4 exempel.\n")
    assert kb("reindex")[0] == 0
    assert kb("verify")[0] == 0


def test_a_copy_is_not_added_once_more_and_that_is_told(kb, tmp_path):
    copy = tmp_path / "kopia.pdf"
    copy.write_bytes((ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf").read_bytes())
    other = tmp_path / "base"
    assert kb("ingest", str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), "--base", str(other))[0] == 0
    (tmp_path / "ny.pdf").write_bytes((ROOT / "data/raw_pdfs/samordningsteamet-osterhamn.pdf").read_bytes())
    code, out, _ = kb("ingest", str(copy), str(tmp_path / "ny.pdf"), "--base", str(other))
    assert code == 0
    assert "kopia.pdf: har samma innehåll som mentorerna-kvarnsjo.pdf" in out


@pytest.mark.skipif("swe" not in installed_languages(), reason="tesseract with swe is not installed")
def test_a_scan_of_what_is_there_is_read_and_told_of(kb, tmp_path):
    data, other = (ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf").read_bytes(), str(tmp_path / "base")
    scan = tmp_path / "inskannad.pdf"
    pages = range(1, len(PdfReader(BytesIO(data)).pages) + 1)
    scan.write_bytes(bytes(img2pdf.convert([render_page(data, number, width_px=1240) for number in pages])))
    kb("ingest", str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), "--base", other)
    code, out, _ = kb("ingest", str(scan), "--base", other, "--json")
    (pair,) = json.loads(out)["near_duplicates"]
    assert code == 0
    assert (pair["file"], pair["other"]) == ("inskannad.pdf", "mentorerna-kvarnsjo.pdf")
    assert pair["share"] > 0.8
    assert pair["message"].startswith("inskannad.pdf liknar mentorerna-kvarnsjo.pdf (")
    code, out, _ = kb("--lang", "en", "verify", "--base", other)
    assert code == 0  # an editor may have good reason to keep both
    assert "inskannad.pdf resembles mentorerna-kvarnsjo.pdf (" in out
    assert json.loads(kb("verify", "--json", "--base", other)[1])["near_duplicates"] == [pair]
    assert "inskannad.pdf liknar" in kb("show", pair["case_id"], "--base", other)[1]
    (shown,) = json.loads(kb("show", pair["other_case_id"], "--json", "--base", other)[1])["near_duplicates"]
    assert shown["case_id"] == pair["other_case_id"]


FACETS = {
    "colour.toml": """id = "colour"
labels = { sv = "Färg", en = "Colour" }
[[values]]
id = "mentors"
labels = { sv = "Mentorsfärg", en = "Colour of mentors" }
[values.cues]
sv = ["mentor*"]
""",
    "measure.toml": """id = "measure"
replace = true
labels = { sv = "Åtgärd", en = "Measure" }
[[values]]
id = "boxing"
labels = { sv = "Boxning", en = "Boxing" }
[values.cues]
sv = ["boxning*", "*mentorer*"]
""",
    "arena.toml": """id = "arena"
labels = { sv = "Plats", en = "Place" }
[[values]]
id = "gym"
labels = { sv = "Gym", en = "Gym" }
""",
}


@pytest.fixture
def own_facets(tmp_path, monkeypatch):
    folder = tmp_path / "facets"
    folder.mkdir()
    for name, content in FACETS.items():
        (folder / name).write_text(content, "utf-8")
    monkeypatch.setenv("KB_TAXONOMY", str(folder))
    return folder


def test_facets_of_ones_own_extend_and_replace_the_bundled_ones(kb, own_facets, tmp_path):
    file, base = str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), str(tmp_path / "base")
    record = json.loads(kb("extract", file, "--json")[1])
    assert record["facets"]["colour"] == ["mentors"]
    assert record["facets"]["measure"] == ["boxing"]
    assert "success_factor" in record["facets"]
    quotes = {found["facet"]: found["quote"] for found in record["facet_evidence"]}
    assert "mentor" in quotes["colour"].lower()
    kb("ingest", file, "--base", base)
    code, out, _ = kb("search", "", "--filter", "colour=mentors", "--facets", "--base", base)
    assert (code, "Färg: Mentorsfärg (1)" in out, "Åtgärd: Boxning (1)" in out) == (0, True, True)
    assert "Färg: Mentorsfärg" in kb("show", "mentorerna", "--base", base)[1]
    assert kb("search", "", "--filter", "measure=mentoring", "--base", base)[0] == 1  # replaced: it is no value now
    assert kb("search", "", "--filter", "arena=gym", "--base", base)[0] == 0  # extended: old and new are values
    assert kb("search", "", "--filter", "arena=school", "--base", base)[0] == 0


def test_a_changed_facet_is_read_anew_and_an_unreadable_one_is_a_sentence(kb, own_facets, tmp_path):
    file, base = str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), str(tmp_path / "base")
    kb("ingest", file, "--base", base)
    (own_facets / "colour.toml").write_text(FACETS["colour.toml"].replace('"mentors"', '"mentor_red"'), "utf-8")
    assert [f["file"] for f in json.loads(kb("ingest", file, "--base", base, "--json")[1])["updated"]] == [
        Path(file).name
    ]
    assert kb("search", "", "--filter", "colour=mentor_red", "--base", base)[0] == 0
    (own_facets / "colour.toml").write_text("id = 3", "utf-8")
    code, _, err = kb("ingest", file, "--base", base)
    assert (code, "colour.toml" in err, err.count("\n")) == (1, True, 1)


def newer(folder):
    run(["ingest", str(ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf"), "--base", str(folder)])
    with sqlite3.connect(folder / "exempelbanken.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    return folder


BAD = {
    "query too long": (["search", "ord " * 2500], 1, "10000 tecken", "10000 characters"),
    "only operators": (["search", '  " - "'], 1, "inget att söka på", "Nothing to search for"),
    "unknown facet": (["search", "x", "--filter", "colour=red"], 1, "inget filter som heter", "no filter called"),
    "unknown value": (["search", "x", "--filter", "measure=red"], 1, "inget värde", "no value"),
    "no filter": (["search", "x", "--filter", "red"], 1, "är inget filter", "is not a filter"),
    "no such case": (["show", "nobody"], 1, "inget exempel", "no case"),
    "no such file": (["ingest", "nowhere.pdf"], 1, "finns inte", "no such file"),
    "similar to nothing": (["similar"], 2, "ett av dem", "one of them"),
    "no verb": (["serch"], 2, "gick inte att tolka", "could not be understood"),
    "k of zero": (["search", "x", "-k", "0"], 2, "gick inte att tolka", "could not be understood"),
    "no queries": (["run", "--queries", "nowhere.tsv"], 1, "nowhere.tsv", "nowhere.tsv"),
    "no base": (["search", "x", "--base", "nowhere"], 1, "ingen bas i nowhere", "no base at nowhere"),
    "a base that is a file": (["search", "x", "--base", "pyproject.toml"], 1, "pyproject.toml", "pyproject.toml"),
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_sentence(kb, monkeypatch, name, language):
    monkeypatch.chdir(ROOT)
    arguments, code, swedish, english = BAD[name]
    got, out, err = kb("--lang", language, *arguments)
    assert (got, "Traceback" in err) == (code, False)
    assert (swedish if language == "sv" else english) in out + err


BAD_FILES = {
    "empty": (b"", "är tom"),
    "not a pdf": (b"<html></html>", "är ingen PDF-fil"),
    "truncated": ((ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf").read_bytes()[:3000], ""),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_pdf_is_told_and_the_rest_is_read(kb, tmp_path, name):
    data, sentence = BAD_FILES[name]
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(data)
    (folder / "good.pdf").write_bytes((ROOT / "data/raw_pdfs/mentorerna-kvarnsjo.pdf").read_bytes())
    code, out, _ = kb("ingest", str(folder), "--base", str(tmp_path / "base"))
    assert code == 1
    assert out.startswith("1 nya, 0 uppdaterade, 0 redan inlästa, 1 gick inte att läsa.")
    assert f"bad.pdf: {sentence}" in out


def test_an_empty_folder_and_a_newer_base(kb, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "inga PDF-filer" in "".join(kb("ingest", str(tmp_path / "empty"), "--base", str(tmp_path / "b"))[1:])
    code, _, err = kb("search", "x", "--base", str(newer(tmp_path / "new")))
    assert (code, "nyare version" in err) == (1, True)


def test_another_embedder_names_the_way_out(kb, monkeypatch):
    bundled = load_embedder()

    class Renamed:
        stamp = EmbedderStamp("another", "1", bundled.stamp.dimension)
        encode_queries = encode_passages = staticmethod(bundled.encode_queries)

    monkeypatch.setattr("kb.engine.load_embedder", lambda *_, **__: Renamed())
    code, _, err = kb("search", "stödtelefon")
    assert (code, "kb reindex" in err) == (1, True)


def test_a_broken_settings_file_is_told(kb, tmp_path):
    (tmp_path / "kb.toml").write_text("colour = 3\n", "utf-8")
    code, _, err = kb("--config", str(tmp_path / "kb.toml"), "verify")
    assert (code, "colour" in err) == (1, True)


def test_every_verb_has_help_and_is_documented(kb):
    documented = (ROOT / "docs/cli.md").read_text("utf-8")
    commands = get_command(program).commands
    assert set(commands) == set(VERBS)
    for verb, command in commands.items():
        code, out, _ = kb(verb, "--help")
        assert (code, "cli." in out) == (0, False)
        assert f"## kb {verb}" in documented
        for option in (name for p in command.params for name in p.opts if name.startswith("--")):
            assert f"`{option}" in documented or option == "--help", (verb, option)


def test_searching_loads_nothing_heavy(base):
    code = (
        "import sys; from app.cli import run; run(['search', 'stödtelefon', '--base', sys.argv[1]]);"
        "print([m for m in ('torch', 'sentence_transformers', 'sklearn', 'pandas', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(base)], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_control_characters_do_not_reach_the_terminal():
    assert printable("a\x1b[31mröd\u202eb\n") == "a[31mrödb\n"


def test_the_version_is_that_of_the_project(kb):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert kb("--version")[1] == f"kb {project['version']}\n"
