import pytest

from ingest.decoding import decode
from ingest.fields import fields_of, portions_of
from ingest.layout import lay_out
from ingest.lexicon import meaning_of
from ingest.pages import Document, Line, OutlineItem, Page
from ingest.section_model import Evidence, evidence_by_paragraph
from ingest.sections import parts_of
from ingest.understood import told_in_sections, with_sections_understood
from ingest.unheaded import told_in_prose, with_combined_parted, with_lessons_parted
from tests.ingest.test_section_model import TEXTS


def document(*lines: dict[str, object]) -> Document:
    made, y = [], 60.0
    for given in lines:
        size = float(given.get("size", 10.0))
        text = str(given["text"])
        above = 1.3 * made[-1].size if made else 0.0
        y += float(given.get("space", 0.0)) + above
        made.append(
            Line(
                text,
                (60, y, 60 + 0.5 * size * len(text), y + size),
                size=size,
                bold=bool(given.get("bold", False)),
                bold_prefix=int(given.get("prefix", 0)),
            )
        )
    return Document(pages=(Page(1, 595, 842, tuple(made)),), page_count=1, info={})


def body(text: str, width: int = 90) -> list[dict[str, object]]:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [{"text": line} for line in lines]


def head(text: str, size: float = 14.0) -> dict[str, object]:
    return {"text": text, "size": size, "bold": True, "space": 12}


def fields(*lines: dict[str, object]) -> dict[str, str | None]:
    layout = lay_out(document(*lines))
    portions = with_combined_parted(portions_of(parts_of(layout, language="sv")))
    portions = with_lessons_parted(with_sections_understood(portions, "sv"))
    return {name: value.text if value else None for name, value in fields_of(portions).items()}


TEXT = {name: " ".join(texts) for name, texts in TEXTS.items()}


@pytest.mark.parametrize("mark", [".", ":"])
def test_run_in_headings_that_only_resemble_count_where_others_are_known(mark):
    lines = []
    for heading, name in (("Utgångsläget", "background"), ("Så gjorde vi", "method"), ("Utmaningar", "challenges")):
        first, *rest = body(f"{heading}{mark} {TEXT[name]}")
        lines += [{**first, "prefix": len(heading) + 1, "space": 8}, *rest]
    found = fields(*lines)
    assert [found[name] for name in ("background", "method", "challenges")] == [
        TEXT[name] for name in ("background", "method", "challenges")
    ]


def test_a_display_quote_and_its_speaker_are_no_headings():
    quote = [{"text": "”Vi trodde aldrig att det skulle gå.”", "size": 15, "space": 10}]
    speaker = [{"text": "Anna, kurator", "size": 8.5}]
    first, rest = TEXT["method"].split(". ", 1)
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(f"{first}."), *quote, *speaker, *body(rest)
    )
    assert found["method"] == f"{first}.\n{rest}"


def test_what_worked_and_what_did_not_under_sub_headings_are_fields_of_their_own():
    found = fields(
        head("Bakgrund"),
        *body(TEXT["background"]),
        head("Metod"),
        *body(TEXT["method"]),
        head("Det som fungerat bra", 11.5),
        *body(TEXT["success_factors"]),
        head("Svårast av allt", 11.5),
        *body(TEXT["challenges"]),
        head("Resultat"),
        *body(TEXT["results"]),
    )
    assert found == TEXT


def test_headings_that_name_nothing_get_their_fields_from_the_texts():
    headings = ("Ett brev", "Torsdagar klockan tre", "Samma bänk", "Uppförsbacken mot norr", "Sju trappor upp")
    twice = {name: f"{text} {text}" for name, text in TEXT.items()}
    lines = [line for h, text in zip(headings, twice.values(), strict=True) for line in (head(h), *body(text))]
    portions = portions_of(parts_of(lay_out(document(*lines)), language="sv"))
    told = told_in_sections(portions, "sv")
    assert told is not None
    assert {name: value.text if value else None for name, value in fields_of(told).items()} == twice


def test_a_text_of_other_things_tells_no_example():
    text = "Nämnden möts den tredje torsdagen i varje månad. Handlingar skickas ut en vecka i förväg till ledamöterna."
    lines = [line for h in ("Lokaler", "Möten", "Arkiv", "Post") for line in (head(h), *body(f"{text} {text}"))]
    assert told_in_sections(portions_of(parts_of(lay_out(document(*lines)), language="sv")), "sv") is None


GOOD = ("Att ledningen stod bakom var avgörande.", "Tilliten mellan skola och polis har gjort störst skillnad.")
HARD = ("Det har varit svårt att nå föräldrarna.", "Personalen byts ut ofta, och tiden räcker inte till.")


@pytest.mark.parametrize(
    "sentences",
    [(*GOOD, *HARD), (GOOD[0], HARD[0], GOOD[1], HARD[1]), (*HARD, *GOOD)],
    ids=["one after the other", "mixed", "against the order"],
)
def test_under_a_combined_heading_each_sentence_goes_to_its_field(sentences):
    found = fields(
        head("Bakgrund"),
        *body(TEXT["background"]),
        head("Framgångsfaktorer och utmaningar"),
        *body(" ".join(sentences)),
    )
    assert found["success_factors"].split("\n") == (list(GOOD) if sentences[1] == HARD[0] else [" ".join(GOOD)])
    assert found["challenges"].replace("\n", " ") == " ".join(HARD)


def test_what_is_learnt_is_parted_where_nothing_else_tells_of_it():
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(TEXT["method"]),
        head("Lärdomar"), *body(" ".join(GOOD)), {"text": "", "space": 12}, *body(" ".join(HARD)),
    )  # fmt: skip
    assert (found["success_factors"], found["challenges"]) == (" ".join(GOOD), " ".join(HARD))


def test_a_heading_that_names_nothing_may_stand_over_two_fields():
    paragraphs = [text for name in ("results", "success_factors") for text in [TEXT[name]] * 3]
    evidence = [Evidence.fixed("method"), *evidence_by_paragraph("Dörren öppnas", paragraphs, "sv")]
    assert [label for label, _ in decode(evidence)] == ["method", *["results"] * 3, *["success_factors"] * 3]


@pytest.mark.parametrize("apart", [True, False], ids=["paragraph by paragraph", "in one paragraph"])
def test_prose_without_headings_is_told_sentence_by_sentence(apart):
    names = ("background", "method", "results", "success_factors", "challenges")
    told = [f"{TEXT[name]} {TEXT[name]}" for name in names]
    paragraphs = (
        told if apart else [" ".join(told[:2]), " ".join(told[2:4]), told[4], TEXT["challenges"], TEXT["challenges"]]
    )
    lines = [
        {**line, "space": 8 if number == 0 else 0} for text in paragraphs for number, line in enumerate(body(text))
    ]
    portions = told_in_prose(portions_of(parts_of(lay_out(document(*lines)), language="sv")))
    assert portions is not None
    found = {name: value.text.split("\n")[0] for name, value in fields_of(portions).items() if value}
    assert found == dict(zip(names, told, strict=True)) | ({} if apart else {"challenges": found["challenges"]})


@pytest.mark.parametrize(
    ("heading", "text", "field"),
    [
        ("Om projektet", "background", "background"),
        ("Om projektet", "method", "method"),
        ("Utvärdering", "results", "results"),
        ("Uppdraget", "method", "method"),
    ],
)
def test_the_text_has_a_say_under_a_weak_heading(heading, text, field):
    found = fields(
        head(heading), *body(f"{TEXT[text]} {TEXT[text]} {TEXT[text]}"),
        head("Framgångsfaktorer"), *body(TEXT["success_factors"]), head("Utmaningar"), *body(TEXT["challenges"]),
    )  # fmt: skip
    assert found[field] is not None


def test_a_second_telling_of_what_was_done_is_none_beside_a_heading_that_names_it():
    about = "Projektet pågick 2018–2021, ägdes av studieförbundet och finansierades av Allmänna arvsfonden."
    found = fields(
        head("Om projektet"), *body(about), head("Bakgrund"), *body(TEXT["background"]),
        head("Genomförande"), *body(TEXT["method"]), head("Utmaningar"), *body(TEXT["challenges"]),
    )  # fmt: skip
    assert found["method"] == TEXT["method"]


def test_a_quote_set_like_the_other_headings_is_a_heading():
    quote = "”Vi vågar ringa varandra”"
    told = f"{TEXT['results']} {quote[1:-1]}, säger en av dem."
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(TEXT["method"]), head(quote), *body(told)
    )
    assert (found["method"], found["results"]) == (TEXT["method"], told)


def test_what_stands_above_the_title_heads_no_section():
    kicker, title = head("Så gör vi", 11), head("En väg in", 24)
    lines = [kicker, title, *body(TEXT["challenges"]), head("Bakgrund"), *body(TEXT["background"])]
    layout = lay_out(document(*lines))
    parts = parts_of(layout, language="sv", title=[b for b in layout.blocks if b.text == "En väg in"])
    assert [part.heading.text for part in parts if part.heading] == ["Bakgrund"]


def test_what_the_outline_has_for_a_page_is_a_heading():
    first, *others = body("Kommunen möter unga och deras föräldrar varje vecka i skolan och på fritidsgården. " * 5)
    told = [{**first, "space": 24}, *others]
    plain = {"size": 10.0, "space": 24}
    lines = [{"text": "1 Så möts de", **plain}, *told, {"text": "Så möts de igen", **plain}, *told]
    outline = [OutlineItem("Så möts de", 1, 1), OutlineItem("Så möts de igen", 1, 2)]
    parts = parts_of(lay_out(document(*lines)), language="sv", outline=outline)
    assert [part.heading.text for part in parts if part.heading] == ["1 Så möts de"]


def test_voices_below_a_field_are_none_of_it_and_what_goes_on_below_a_sub_heading_is():
    quotes = "”Jag visste inte att det fanns någon som orkade lyssna.” Pappa till deltagare"
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), head("Samverkan", 11.5), *body(TEXT["method"]),
        head("Resultat"), *body(TEXT["results"]), head("Röster", 11.5), *body(quotes),
    )  # fmt: skip
    assert (found["method"], found["results"]) == (TEXT["method"], TEXT["results"])


def test_a_chapter_goes_on_below_the_sub_heading_after_the_voices():
    quotes = "”Jag visste inte att det fanns någon som orkade lyssna.” Pappa till deltagare"
    more = "Mentorerna träffar var och en av deltagarna hemma och går igenom veckan som har gått."
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(TEXT["method"]), head("Röster", 11.5),
        *body(quotes), head("Hemma hos familjen", 11.5), *body(more), head("Resultat"), *body(TEXT["results"]),
    )  # fmt: skip
    assert found["method"] == f"{TEXT['method']}\n{more}"


def test_numbered_headings_need_be_only_a_little_larger():
    lines = [{"text": "Rapport om arbetet i kommunen", "size": 18.0}, *body("Ord om arbetet. " * 20)]
    for number, name in enumerate(("Steg för steg", "Det vi såg", "Vad som bar"), start=1):
        lines += [{"text": f"{number} {name}", "size": 10.9, "space": 12}, *body("Ord om arbetet. " * 20)]
    layout = lay_out(document(*lines))
    found = [part.heading.text for part in parts_of(layout, language="sv") if part.heading]
    assert found[-3:] == ["1 Steg för steg", "2 Det vi såg", "3 Vad som bar"]


def test_a_heading_in_the_second_column_may_stand_higher_than_the_title():
    def column(x: float, y: float, name: str) -> list[Line]:
        texts = [f"{name} {n} " + "ord " * 9 for n in range(9)]
        return [Line(text, (x, y + 14 * n, x + 220, y + 14 * n + 10), size=10.0) for n, text in enumerate(texts)]

    def heading(x: float, y: float, text: str, size: float = 14.0) -> Line:
        return Line(text, (x, y, x + 0.5 * size * len(text), y + size), size=size, bold=True)

    left = [heading(60, 90, "Mentor i staden", 24.0), heading(60, 130, "Så gör vi"), *column(60, 150, "A")]
    right = [heading(320, 60, "Tre saker vi tror på"), *column(320, 80, "B"), *column(320, 215, "C")]
    layout = lay_out(Document(pages=(Page(1, 595, 842, (*left, *right)),), page_count=1, info={}))
    title = tuple(block for block in layout.blocks if block.size == 24.0)
    found = [part.heading.text for part in parts_of(layout, language="sv", title=title) if part.heading]
    assert found == ["Så gör vi", "Tre saker vi tror på"]


LEAD = (
    "Här berättar vi kort om en verksamhet i en liten stad vid kusten, dess människor och vad som väntar runt hörnet."
)


def test_the_story_may_begin_above_the_first_heading():
    found = fields(
        *body(LEAD), *({**row, "space": 8 * (not n)} for n, row in enumerate(body(TEXT["background"]))),
        head("Metod"), *body(TEXT["method"]), head("Utmaningar"), *body(TEXT["challenges"]),
    )  # fmt: skip
    assert found["background"] == TEXT["background"]


def test_a_lead_is_of_no_field():
    found = fields(*body(LEAD), head("Metod"), *body(TEXT["method"]), head("Utmaningar"), *body(TEXT["challenges"]))
    assert found["background"] is None
    assert not any(value and LEAD in value for value in found.values())


@pytest.mark.parametrize(
    ("heading", "parted"),
    [("Lärdomar", True), ("Sol och skugga", True), ("Framgångsfaktorer", False), ("Utmaningar", False)],
)
def test_a_heading_that_says_not_which_of_both_is_parted_by_sentence(heading, parted):
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(TEXT["method"]),
        head(heading), *body(TEXT["success_factors"]), *body(TEXT["challenges"]), head("Kontakt"), *body("Ring oss."),
    )  # fmt: skip
    assert (found["success_factors"] is not None and found["challenges"] is not None) is parted


@pytest.mark.parametrize(
    ("heading", "language", "names"),
    [
        ("Varför och hur?", "sv", ("background", "method")),
        ("Hvorfor og hvordan?", "da", ("background", "method")),
        ("Hvordan det har gått, og hva som er vanskelig", "nb", ("results", "challenges")),
        ("Så möter vi familjerna, och varför det fungerar", "sv", ("method", "success_factors")),
        ("Vad vi har sett och lärt", "sv", ("results", "success_factors", "challenges")),
        ("What worked and didn't work", "en", ("success_factors", "challenges")),
        ("Slik hjelper vi", "nb", ("method",)),
        ("Så går vi vidare", "sv", ()),
    ],
)
def test_questions_in_one_heading_share_its_text(heading, language, names):
    assert tuple(name for name, _ in meaning_of(heading, language).fields) == names


def test_results_and_lessons_share_among_three_fields():
    meaning = meaning_of("Resultat och lärdomar")
    assert {name for name, _ in meaning.fields} == {"results", "success_factors", "challenges"}


def test_an_answer_of_few_words_is_understood_below_a_question():
    answer = "Det har varit svårt att nå föräldrarna. Många är misstänksamma, och flera har aldrig kommit tillbaka."
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(TEXT["method"]),
        head("Och om någon inte vill?"), *body(answer),
    )  # fmt: skip
    assert len(answer.split()) < 25
    assert found["challenges"] == answer


PORTRAIT = (
    "Att någon frågade hur jag mådde, det var det som vände, säger Ali. Han har själv blivit ledare nu. De andra "
    "lyssnar på honom för att de vet att han har suttit på samma stol."
)


@pytest.mark.parametrize(
    ("times", "chance", "told"),
    [(1, 0.6, True), (4, 0.6, False), (4, 0.9, True)],
    ids=["among short texts", "among long texts", "outright"],
)
def test_a_portrait_tells_no_field_by_itself_where_the_others_take_much_more_room(times, chance, told, monkeypatch):
    names = ("background", "method", "challenges")
    outright = [(name, 1.0) for name in names]
    monkeypatch.setattr("ingest.understood.decode", lambda _: [*outright, ("success_factors", chance)])
    sections = [
        line
        for heading, name in zip(("Bakgrund", "Metod", "Utmaningar"), names, strict=True)
        for line in (head(heading), *body(" ".join([TEXT[name]] * times)))
    ]
    found = fields(*sections, head("Vid fönstret"), *body(PORTRAIT))
    assert (found["success_factors"] == PORTRAIT) is told


def test_sections_are_understood_beside_a_section_of_lessons():
    found = fields(
        head("En tom lokal"), *body(TEXT["background"]), head("Resultat"), *body(TEXT["results"]),
        head("Erfarenheter"), *body(TEXT["success_factors"]), *body(TEXT["challenges"]),
    )  # fmt: skip
    assert found == {**TEXT, "method": None}


def test_every_run_in_heading_counts_where_three_are_known():
    lines = []
    for heading, name in (
        ("Bakgrund.", "background"), ("Arbetssätt.", "method"), ("Framgångsfaktorer.", "success_factors"),
        ("Snubbeltrådar.", "challenges"),
    ):  # fmt: skip
        first, *rest = body(f"{heading} {TEXT[name]}")
        lines += [{**first, "prefix": len(heading), "space": 8}, *rest]
    assert fields(*lines) == {**TEXT, "results": None}


@pytest.mark.parametrize(("chapter", "parted"), [("Utmaningar", False), ("Efter tre år", True)])
def test_what_a_chapter_is_about_holds_for_its_sub_headings(chapter, parted):
    found = fields(
        head("Bakgrund", 16), *body(TEXT["background"]), head("Metod", 16), *body(TEXT["method"]),
        head("Resultat", 16), *body(TEXT["results"]), head(chapter, 16),
        head("Sol och skugga", 13), *body(TEXT["success_factors"]), *body(f"Men. {TEXT['challenges']}"),
    )  # fmt: skip
    assert (found["success_factors"] is not None) is parted
