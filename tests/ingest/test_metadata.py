"""Who, where, since when and whom to ask: the parts of metadata, each by a table of invented texts."""

import pytest

from ingest.bodies import bodies_in
from ingest.contacts import find_contact
from ingest.facts import Fact, facts_of, values
from ingest.language import detect_language
from ingest.layout import BodyStyle, Layout, lay_out
from ingest.layout.model import Block, Placed
from ingest.metadata import read_metadata
from ingest.organisations import municipality_at, organisation_of
from ingest.pages import Document, Line, Page
from ingest.partners import partners_of
from ingest.places import country_of, place_at_foot, place_of
from ingest.reading import read_case
from ingest.reckoning import reckoned_start
from ingest.stated import Sources
from ingest.target_groups import target_groups_of
from ingest.titles import declared_title, find_title
from ingest.year_features import Told
from ingest.years import published_year, start_year


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I Sundsvalls kommuns lokaler", ["Sundsvalls kommun"]),
        ("LINDVIKS STAD – Socialförvaltningen", ["Lindviks Stad"]),
        ("Gislaveds, Gnosjö och Vaggeryds kommuner", []),
        ("polisen och Umeå kommun", ["Umeå kommun"]),
        ("Aarhus Kommunes ungecenter", ["Aarhus Kommune"]),
        ("the London Borough of Tower Hamlets", ["London Borough of Tower Hamlets"]),
        ("Thornmere Borough Council set it up", ["Thornmere Borough Council"]),
        ("Østerå Politi og Lyngballe Kommune", ["Østerå Politi", "Lyngballe Kommune"]),
        (
            "Region Jönköpings län och Länsstyrelsen i Dalarnas län",
            ["Region Jönköpings län", "Länsstyrelsen i Dalarnas län"],
        ),
        ("Upplands Väsby kommun", ["Upplands Väsby kommun"]),
        ("Riksföreningen Lyktan driver", ["Riksföreningen Lyktan"]),
        ("Frivården Örebro och Lärkskolan", ["Frivården Örebro", "Lärkskolan"]),
        ("Kommunen har en stad, och varje kommun vet det", []),
        (
            "Fjordland regionråd og Møre og Romsdal politidistrikt",
            ["Fjordland regionråd", "Møre og Romsdal politidistrikt"],
        ),
        ("Norrbygdens kommunalförbund", ["Norrbygdens kommunalförbund"]),
        ("Västra Götalandsregionen", ["Västra Götalandsregionen"]),
        ("West Moorland Police", ["West Moorland Police"]),
        ("S:t Olofs församling och Ekby BoIS", ["S:t Olofs församling", "Ekby BoIS"]),
        ("den Islamiska kulturföreningen i Ekby", ["Islamiska kulturföreningen i Ekby"]),
        ("BLAD FÖR FÖRENINGEN BRON EKBY", ["Föreningen Bron Ekby"]),
        ("EKBY PASTORAT", ["Ekby pastorat"]),
        ("Högskolan och Kulturskolan", []),
        ("Region Norrmark\nBakgrund", ["Region Norrmark"]),
        ("Riksförbundet Fred och Svenska kyrkan i Ekby", ["Riksförbundet Fred", "Svenska kyrkan i Ekby"]),
        ("Ekby Folkhögskola, Kvinnojouren Lyktan", ["Ekby Folkhögskola", "Kvinnojouren Lyktan"]),
        ("Avon and Moorland Police", ["Avon and Moorland Police"]),
        ("Nordøens Regionskommune", ["Nordøens Regionskommune"]),
        ("där Ekby interreligiösa råd och Ekby råd möts", ["Ekby interreligiösa råd"]),
        ("Wellbeing Services County of Moorland", ["Wellbeing Services County of Moorland"]),
        ("Kulturskolan i Ekby, Ungdomsskolen", ["Kulturskolan i Ekby"]),
        ("hos Bostads AB Lyktan och Ekvik vgs", ["Bostads AB Lyktan", "Ekvik vgs"]),
        ("Sundsvallshem hyr ut, ett Gruppehem med", ["Sundsvallshem"]),
        (
            "Ekby bygdegårdsförening i Westmere City and County Council",
            ["Ekby bygdegårdsförening", "Westmere City and County Council"],
        ),
    ],
)
def test_bodies(text: str, names: list[str]):
    assert [body.name for body in bodies_in(text)] == names


TEXT = "Ekby kommun driver stödet tillsammans med Region Norrmark. Ekby kommun betalar."


@pytest.mark.parametrize(
    ("sources", "organisation"),
    [
        (Sources(text=TEXT), "Ekby kommun"),
        (
            Sources(text="Stödet drivs av Ekby kommun. Region Norrmark, Region Norrmark, Region Norrmark."),
            "Ekby kommun",
        ),
        (Sources(facts=[Fact("organisation", "Ekby kommun, enheten för trygghet", 1)], text=TEXT), "Ekby kommun"),
        (
            Sources(facts=[Fact("organisation", "Ekby kommun, Socialförvaltning Nord", 1)]),
            "Ekby kommun, Socialförvaltning Nord",
        ),
        (Sources(facts=[Fact("organisation", "Socialförvaltningen", 1)], text=TEXT), "Ekby kommun"),
        (Sources(facts=[Fact("organisation", "Rådslinjen, socialkontoret, Ekby kommun", 1)]), "Ekby kommun"),
        (Sources(facts=[Fact("organisation", "Kulturnämnden i Ekby kommun", 1)]), "Ekby kommun"),
        (Sources(facts=[Fact("organisation", "Søby Kommune, Børn & Unge", 1)]), "Søby Kommune"),
        (
            Sources(facts=[Fact("organisation", "Linje Ett", 1), Fact("organisation", "Ekby kommun, omsorgen", 1)]),
            "Ekby kommun",
        ),
        (Sources(facts=[Fact("organisation", "Socialförvaltningen", 1)]), "Socialförvaltningen"),
        (Sources(facts=[Fact("place", "Ekby kommun", 1)], text="Vi samarbetar med Lärkskolan."), "Ekby kommun"),
        (Sources(facts=[Fact("target_groups", "unga i Ekby kommun", 1)]), "Ekby kommun"),
        (Sources(facts=[Fact("target_groups", "Omsorgskontoret, Ekby kommun", 1)]), "Ekby kommun"),
        (
            Sources(byline=["Ekby kommun, individ- och familjeomsorgen | 2021"]),
            "Ekby kommun, individ- och familjeomsorgen",
        ),
        (Sources(byline=["Udgivet af Styrelsen for Ro, 2020"], text="Søby Kommune begyndte i 2012."), "Søby Kommune"),
        (Sources(byline=["Kommunalförbundet Norra Ekbygden  2023-02-14"]), "Kommunalförbundet Norra Ekbygden"),
        (Sources(text="Kursen anordnas sedan 2019 av Norrljus. Ekby kommun bidrar med lokal."), "Norrljus"),
        (Sources(text="På Norrljus möts man. Ekby kommun betalar.", emails=["hej@norrljus.example"]), "Norrljus"),
        (
            Sources(text="Polisområde Norrmark tog 2018 i bruk en mall. Ekby kommun har fått låna den."),
            "Polisområde Norrmark",
        ),
        (Sources(byline=["Skriven av ungdomsenheten i Ekby kommun, 2023"]), "Ekby kommun"),
        (Sources(text="Varje kväll dukar Blå Kors Sørvik bord.", emails=["sorvik@blakors.example"]), "Blå Kors Sørvik"),
        (
            Sources(text="Hos Ekkyrkan Sundsvall är det ljust.", emails=["ljus@ekkyrkansundsvall.example"]),
            "Ekkyrkan Sundsvall",
        ),
        (
            Sources(text="Här i Ekby är vi få. Norrås kommun är större.\nEkby kommun, info@ekby.example"),
            "Ekby kommun",
        ),
        (Sources(text="I Sundsvall går man. Sundsvall är stort.", emails=["info@sundsvall.example"]), None),
        (
            Sources(
                text="Drivs av föreningen Grannar i norra Skåne. Ekby kommun betalar.", emails=["vi@grannar.example"]
            ),
            "Grannar i norra Skåne",
        ),
        (Sources(text="Länsstyrelsen i Kalmar län påpekade det.\nRegion Kalmar län\nAlla."), "Region Kalmar län"),
        (Sources(text="Lindas hus stöds av Ekby kommun. Norrås församling äger huset."), "Norrås församling"),
        (Sources(byline=["Folkhälsoverket"], text="I Ekby och Norrås bor unga."), "Folkhälsoverket"),
        (Sources(text="I Ekby fengsel skriver de."), "Ekby fengsel"),
        (
            Sources(
                text="På Ekbylund skrattar de. Ekby folkhögskola lånar ut salen.", emails=["info@ekbylund.example"]
            ),
            "Ekbylund",
        ),
        (
            Sources(text="Lindvallas folkhögskola lär. Norrås kommun hade ingen.", emails=["info@lindvallas.example"]),
            "Lindvallas folkhögskola",
        ),
        (
            Sources(text="Ungdomsljuset Borås öppnade. Ungdomsljuset är känt.", emails=["boras@ungdomsljuset.example"]),
            "Ungdomsljuset Borås",
        ),
        (Sources(text="Fryshuset Ekby driver det. Fryshuset driver mer."), "Fryshuset Ekby"),
        (
            Sources(byline=["Länsstyrelsen Skåne 2023"], text="Exemplet kommer från Ekby kommun, som driver det."),
            "Ekby kommun",
        ),
        (Sources(facts=[Fact("activity", "Lyktbussen", 1)], text="Ekby kommun kör."), "Ekby kommun"),
        (Sources(facts=[Fact("activity", "Anstalten Ekby", 1)], text="Norrås kommun kör."), "Anstalten Ekby"),
        (Sources(byline=["Moorland Council Education Service, June 2022"]), "Moorland Council"),
        (Sources(text="Det gjorde Ekby kommun och Norrås kommun."), "Ekby kommun"),
        (Sources(title="Kvällar i Ekby", text="Norrås kommun skrev om oss. Vi i Ekby kommun log."), "Ekby kommun"),
        (
            Sources(text="En studie gjordes av Norra universitetet och Ekby universitet. Så gör Ekby kommun."),
            "Ekby kommun",
        ),
        (
            Sources(
                text="Svenska kyrkan Ekby öppnade. Ekby kommun städar.", emails=["kafe@svenskakyrkan-ekby.example"]
            ),
            "Svenska kyrkan Ekby",
        ),
        (Sources(byline=["Eva Ek, Bo Alm", "Region Norrmark, enheten för folkhälsa, 2021"]), "Region Norrmark"),
        (Sources(byline=["Moorland Council, Communities Team"]), "Moorland Council"),
        (Sources(byline=["Region Norrmark, enheten för folkhälsa. Rapport 2021:3. Ett"]), "Region Norrmark"),
        (Sources(byline=["Arbetet startade augusti 2019", "Ekby kommun"]), "Ekby kommun"),
        (
            Sources(text="Sedan hösten 2016 leder Ekby pastorat vandringen. Med i arbetet: Ekby kommun."),
            "Ekby pastorat",
        ),
        (Sources(text="Gruppen drivs av Näs pastorat. Pastoratet driver med Näs kommun ett kafé."), "Näs pastorat"),
        (
            Sources(text="Kirkens Bymisjon Sørvik står bak. Sørvik kommune og Nav er samarbeidspartnere."),
            "Kirkens Bymisjon Sørvik",
        ),
        (
            Sources(text="Indsatsen drives af Direktoratet for Lydhørhed. En deltager fra Søby Kommune spurgte."),
            "Direktoratet for Lydhørhed",
        ),
        (Sources(text="Stadsbiblioteket i Ekby har sedan 2018 haft kvällar. Ekby kommun."), "Stadsbiblioteket i Ekby"),
        (
            Sources(text="Norrås kommun hade redan en linje. Norrås kommun. När Ekby kommun bestämde sig ringde de."),
            "Ekby kommun",
        ),
        (Sources(running=["Ekby kommun • Omsorgen"], text="Norrås kommun har frågat."), "Ekby kommun"),
        (Sources(text="Så är det i Norrmarks län. Norrmarks län är stort.", running=["Norrmarks län"]), None),
        (
            Sources(byline=["Av Stina Fors"], text="Stina Fors skriver. Stina Fors. Stina Fors. Ekby kommun."),
            "Ekby kommun",
        ),
        (Sources(byline=["Harbour Lights, 2019"]), "Harbour Lights"),
        (Sources(byline=["Harbour Trust Moorwick, 2019"]), "Harbour Trust Moorwick"),
        (Sources(text="Lärkskolan. Lärkskolan. Norrås kommun.", emails=["info@norras.example"]), "Norrås kommun"),
        (Sources(text="Ett blad. Layout: Byrå Form AB. Tryck: Ekby AB."), None),
        (Sources(text="Vi ses och pratar."), None),
        (Sources(text="Vi ses.", asides=["Bladet ges ut av Ekby kommun, skolkontoret."]), "Ekby kommun"),
        (
            Sources(byline=["Nr 3, maj 2024. Region Norrmark"], text="Nu ansvarar Ekby kommun för bordet."),
            "Ekby kommun",
        ),
        (Sources(byline=["Nyhetsbrev från Region Norrmark"], text="I Ekby har kommunen en linje."), None),
        (Sources(running=["Region Norrmark – Goda exempel 2024"], text="Ekby kommun har en grill."), "Ekby kommun"),
        (Sources(byline=["Medlemsblad för Föreningen Bron Ekby", "nr 4"]), "Föreningen Bron Ekby"),
        (Sources(byline=["Länsstyrelsen", "NORRMARK", "En folder"]), "Länsstyrelsen Norrmark"),
        (Sources(byline=["EKBY KOMMUN Till nätverket", "Familjecentralen Lyktan"]), "Ekby kommun"),
        (Sources(text="Rädda Barnen i Ekby samlar föräldrar. Lokalen lånar Ekby kommun ut."), "Rädda Barnen i Ekby"),
        (
            Sources(text="Stiftelsen Ro gav 2023 bidrag till tio. En är Lyktan.", emails=["hej@lyktan.example"]),
            "Lyktan",
        ),
        (
            Sources(text="På Lyktan lånar man ut. Ekby kommun driver Lyktan.", emails=["hej@lyktan.example"]),
            "Ekby kommun",
        ),
        (Sources(text="Utges av Svenska kyrkan, Ekby pastorat."), "Svenska kyrkan, Ekby pastorat"),
        (Sources(text="Sundsvallshem har värdar. Bolaget ägs av Ekby kommun. Sundsvallshem"), "Sundsvallshem"),
        (Sources(text="Ord. " * 200 + "Förutom oss är det Mora församling.", emails=["anna@mora.example"]), None),
        (Sources(byline=["Polismyndigheten", "Polisområde Norrmark"]), "Polisområde Norrmark"),
        (Sources(byline=["En cirkel från ABF Norrmark"]), "ABF Norrmark"),
        (Sources(facts=[Fact("target_groups", "Kirkens Bymisjon Ekvik", 1)], text="I Ekvik"), "Kirkens Bymisjon Ekvik"),
        (
            Sources(title="Pappaskolan", text="Här beskrivs Pappaskolan, en verksamhet som Ekby kommun bedriver."),
            "Ekby kommun",
        ),
        (
            Sources(byline=["Av Ida Lie, Universitetet i Norrmark"], text="I 2016 etablerte Ekvik kommune grupper."),
            "Ekvik kommune",
        ),
        (Sources(text="Ur boken Röster (Region Norrmark 2022). Det var Ekby kommun som ville pröva."), "Ekby kommun"),
        (
            Sources(text="Jag arbetar i Ekby kommun. Då ordnar Studieförbundet Lyktan en gäst.", emails=["a@ekby.se"]),
            "Ekby kommun",
        ),
        (Sources(text="Gården drivs av Ngozi Okafor."), None),
        (Sources(text="Gården drivs av Norrljus Sundsvall. Ekby kommun betalar."), "Norrljus Sundsvall"),
        (Sources(text="Gården drivs av Unga Röster.", emails=["hej@ungaroster.example"]), "Unga Röster"),
        (
            Sources(byline=["Till: Nätverket Mitt"], text="Till: Nätverket Mitt\nJag är samordnare i Ekby kommun."),
            "Ekby kommun",
        ),
        (
            Sources(text="Öppna dörrar är en ideell förening i Ekby. Ekby kommun var med i referensgruppen."),
            "Öppna dörrar",
        ),
        (Sources(text="Vi är en förening i Ekby. Den är en klubb. Ekby kommun leder."), "Ekby kommun"),
        (Sources(byline=["Final report to the Ministry, 2019"]), None),
        (Sources(text="Region Norrmark prövar sedan hösten 2021 kvällar. Ekby kommun har en."), "Region Norrmark"),
        (Sources(byline=["Swedish Board and Lodging Agency, Ekby"]), "Swedish Board and Lodging Agency"),
        (Sources(byline=["Föreningen Alla på Öland"]), "Föreningen Alla på Öland"),
        (Sources(text="Soppan är Ekby pastorats verksamhet. Från Ekby kommun kom en ledare."), "Ekby pastorat"),
        (
            Sources(running=["IK Norrljus · Kyrkvägen 9, Ekby"], text="Ekby kommun upplåter planen."),
            "IK Norrljus",
        ),
        (Sources(text="Tilbudet drives av\nEkvik kommune\nHeftet er laget av\nKirkens Bymisjon"), "Ekvik kommune"),
        (Sources(byline=["Muntra löpare i Ekby"], emails=["vi@muntralopare.example"]), "Muntra löpare i Ekby"),
        (Sources(facts=[Fact("organisation", "Skolchefen, Ekby kommun", 1)]), "Ekby kommun"),
        (Sources(byline=["Rapport. Lärkskolan, 2024"], text="På Lärkskolan lyssnar vi."), "Lärkskolan"),
        (
            Sources(
                text="På Sala gymnasium finns ett skåp. Sala kommun skrev om det.", emails=["a@salagymnasium.example"]
            ),
            "Sala gymnasium",
        ),
        (Sources(text="I Sala har vi en lots. Heby kommun kom hit.", emails=["lots@sala.example"]), None),
        (Sources(byline=["Friskolan Almen, Sundsvall"], text="Sundsvalls kommun var på besök."), "Friskolan Almen"),
        (
            Sources(text="Ungdomens Hus i Sundsvall har en soffa. Sundsvalls kommun äger huset."),
            "Ungdomens Hus i Sundsvall",
        ),
        (Sources(text="Ngozi Okafor i Sundsvall har en soffa."), None),
        (Sources(text="Kursen drivs av Ngozi Okafor i Sundsvall."), None),
        (Sources(text="Fråga ABF Anna Ek. Det är ABF Anna Ek som svarar."), "ABF"),
        (Sources(byline=["ABF Anna Ek"]), "ABF"),
        (Sources(byline=["Ngozi Okafor, Sundsvall"], text="Vi ses."), None),
        (Sources(running=["Ngozi Chike Okafor · Kyrkvägen 9, Ekby"], text="Vi ses."), None),
        (Sources(byline=["Sundsvalls Östra IF"]), "Sundsvalls Östra IF"),
        (Sources(text="Heby kommun lånade bussen. Den rullar i Sala.", emails=["buss@sala.example"]), None),
        (
            Sources(text="Länsstyrelsen Norrmark och Ekby kommun skrev under. Ekby kommun leder arbetet."),
            "Ekby kommun",
        ),
    ],
)
def test_organisation(sources: Sources, organisation: str | None):
    assert organisation_of(sources) == organisation


@pytest.mark.parametrize(
    ("organisation", "title", "text", "place"),
    [
        ("Sundsvalls kommun", "", "I Sundsvall", "Sundsvall"),
        ("Borås Stad", "", "", "Borås"),
        ("Lindhamns kommun", "Stödet i Lindhamn", "", "Lindhamn"),
        ("Glenross Council", "", "", "Glenross"),
        ("Region Dalarna", "", "", "Dalarna"),
        ("Region Norrmark", "", "i Norrmark", "Region Norrmark"),
        ("Länsstyrelsen i Jönköpings län", "", "", "Jönköpings län"),
        ("Länsstyrelsen i Kronobergs län", "", "", "Kronobergs län"),
        ("Länsstyrelsen Kronoberg", "", "", "Kronoberg"),
        ("Länsstyrelsen i Dalarnas län", "", "", "Dalarna"),
        ("Riksföreningen Lyktan", "", "Vi var i Nyköping.", None),
        ("Högskolan i Ekby", "", "Högskolan i Ekby har frågat många.", None),
        ("Nordland fylkeskommune", "", "i Bodø", "Nordland"),
        ("Kirkens Bymisjon Stavanger", "", "I Stavanger finnes et hus.", "Stavanger"),
        ("Frivården Ekby", "", "Frivården Ekby finns i Ekby. Den är i Ekby.", "Ekby"),
        ("Norrbygdens kommunalförbund", "", "i Norrbygden", "Norrbygden"),
        (
            "Sunnanås stadsdelsförvaltning",
            "Kvinnorna på Ekgatan",
            "Drivs av Sunnanås stadsdelsförvaltning, Ekbys stad.",
            "Ekby",
        ),
        (None, "Samtal i Ekby", "", "Ekby"),
        (
            "Bostadsbolaget Lindbo",
            "",
            "Bostadsbolaget Lindbo äger hus. Lindbo är stort. De bor i Borlänge.",
            "Borlänge",
        ),
        ("Skarpnäcks stadsdelsförvaltning", "", "", "Stockholm"),
        ("Bydel Sagene", "", "", "Oslo"),
        ("Grannar i norra Skåne", "", "Vi finns i Lund. I Lund har vi ett rum. Det är i Lund.", "Lund"),
        ("Polisregion Syd", "", "I Malmö började det. I Malmö är det så.", "Malmö"),
        ("Bornholms Regionskommune", "", "", "Bornholm"),
        ("Kommunalförbundet Norra Ekbygden", "", "", "Norra Ekbygden"),
        ("Cirkelförbundet Lyktan", "", "Cirkelförbundet Lyktan Örebro\nVi möts.", "Örebro"),
        ("Lyktan", "", "Skriv till orebro@lyktan.example. Vi i Örebro svarar.", "Örebro"),
        ("IK Norrljus", "", "Sundsvalls kommun upplåter planen.", "Sundsvall"),
        ("Polismyndigheten, polisområde Jönköping", "", "Vi ringer hem.", "Jönköping"),
        ("Ekby folkhögskola", "", "Vi finns i Sundsvall. I Sundsvall går solen ned.", "Sundsvall"),
        (None, "", "I Mora går man. Till Hösten 2020 var det så.", "Mora"),
        (None, "", "Till Hösten 2020 var det så. Sedan kom de i Vintern.", None),
        ("Växjöbostäder", "", "Vi bor på Araby.", "Växjö"),
        ("Falu kommun", "", "", "Falun"),
        ("Lyktan", "", "Till Mora åker man. Skriv till anna@mora.example. I Luleå drack vi kaffe.", "Mora"),
    ],
)
def test_place(organisation: str | None, title: str, text: str, place: str | None):
    assert place_of(organisation, title=title, facts=(), text=text) == place


def test_capitals_of_a_title_make_no_place():
    title = "Building Trust in Neighbours through Talk"
    text = "The neighbours met. Neighbours talked, and other neighbours listened to neighbours. In April and In Africa."
    assert place_of(None, title=title, facts=(), text=3 * text) is None


def test_the_last_name_of_a_stated_place():
    facts = [Fact("place", "Lärkskolan, årskurs 4, Sundsvall", 1)]
    assert place_of(None, title="", facts=facts, text="") == "Sundsvall"


def test_an_empty_part_of_a_stated_organisation_is_no_place():
    facts = [Fact("organisation", "Lyktan, , Sundsvall", 1)]
    assert place_of(None, title="", facts=facts, text="") == "Sundsvall"


@pytest.mark.parametrize(
    ("organisation", "line", "place"),
    [
        ("Lärkskolan", "Lärkskolan, Lärkgatan 2, 852 30 Sundsvall", "Sundsvall"),
        ("Lyktan Vest", "Haraldsgata 8, 5501 Haugesund", "Haugesund"),
        ("Lärkskolan", "Kyrkogatan 8, Hjo", "Hjo"),
        ("Lärkskolan", "Lärkskolan · Kyrkogatan 8, Hjo · larkan@larkskolan.example", "Hjo"),
        ("Lärkskolan", "Friskola i Västervik", "Västervik"),
        ("Lärkskolan", "Tryckt 2024 Sundsvall", None),
        ("Riksförbundet Ro", "Box 2, 111 22 Stockholm", None),
        (None, "Box 2, 852 30 Sundsvall", None),
    ],
)
def test_the_place_of_an_address(organisation: str | None, line: str, place: str | None):
    assert place_at_foot(organisation, [line]) == place


def test_a_work_of_the_whole_country_has_no_place():
    facts = [Fact("place", "Hela landet", 1)]
    assert place_of("Riksförbundet Fred", title="", facts=facts, text="I Ekby. I Ekby. I Ekby.") is None


@pytest.mark.parametrize(
    ("place", "text", "name"),
    [
        ("Sundsvall", "Det beslutade kommunen.", "Sundsvalls kommun"),
        ("Sundsvall", "Där bodde han.", None),
        ("Ekby", "Det beslutade kommunen.", None),
        (None, "Kommunen.", None),
        ("Mora", "I varje kommun finns det.", None),
    ],
)
def test_the_municipality_at_a_place(place: str | None, text: str, name: str | None):
    assert municipality_at(place, text) == name


def test_country_by_language_place_and_mention():
    assert country_of("sv", "Sundsvall", "", "") == "SE"
    assert country_of("en", None, "", "The council in Scotland. A borough council and the NHS.") == "GB"
    assert country_of("en", None, "", "Nothing is said.") is None
    assert country_of("en", None, "", "Moor Council closed two rooms.") == "GB"
    assert country_of("sv", "Helsingfors", "", "Man började 2020.") == "FI"


@pytest.mark.parametrize(
    ("told", "year"),
    [
        ([Told("Kommunen har sedan 2018 ett stöd till vuxna.", "lead")], 2018),
        ([Told("Kursen har getts sedan läsåret 2019/2020. En bok kom 2021.", "lead")], 2019),
        (
            [Told("Rådet hade funnits sedan 1999.", "background"), Told("Bordet bildades i maj 2022.", "background")],
            2022,
        ),
        ([Told("Skolattacken 2015 satte spår.", "method"), Told("Teamet startade 2018.", "method")], 2018),
        ([Told("Ordningen blev sat i drift i 2014. Hun begyndte i 2010.", "lead")], 2014),
        ([Told("Vi følger lov (2001:453).", "method")], None),
        ([Told("Vi började 2021. Idén är lånad från Leby, där en sådan grupp funnits sedan 2016.", "method")], 2021),
        ([Told("Utvärderingen gjordes 2023.", "other")], None),
        ([Told("Handlingsplan 2020–2023", "title")], 2020),
        ([Told("Vi började 2019.", "method")], 2019),
        ([Told("Enheten tog 2018 i bruk en mall. Den gamla blanketten från 2009 var lång.", "lead")], 2018),
        ([Told("Lådan kom upp i mars 2019, och sedan dess har många frågat.", "other")], 2019),
        ([Told("Gruppen startade 2017 efter beslut i nämnden i juni 2016.", "method")], 2017),
        ([Told("Hösten 2021 gick den första ronden av stapeln.", "other")], 2021),
        ([Told("Sommaren 2018 köpte kommunen en båt.", "method")], 2018),
        ([Told("Utskrift 2024-12-02 14:07", "lead")], None),
        ([Told("Brian blev ansat i marts 2020.", "after")], 2020),
        ([Told("Samarbeidet ble innledet i 2020 etter en avtale fra desember 2019.", "lead")], 2020),
        ([Told("Det tog fart 2018. Staden hade 2015 ett av de första teamen.", "background")], 2018),
        ([Told("The town has had a desk since 2019. It grew out of a model from 2004.", "lead")], 2019),
        ([Told("Det var oroligt 2018.", "background"), Told("Sommaren därpå stod grillen tänd.", "method")], 2019),
        ([Told("Sättet kom till 2018. Socialförvaltningen Mitt bildades 2021.", "lead")], 2018),
        ([Told("När jag började 2016 ringde jag runt. Jouren öppnade 2017.", "background")], 2017),
        (
            [
                Told("Exit blev sat på gaden i august 2016.", "lead"),
                Told("2010 Mentorer åbner 2015 Huset tæller 2016 Exit 2019 Ny lov", "after"),
            ],
            2016,
        ),
        ([Told("Gruppen bildades vid årsskiftet 2018/2019.", "method")], 2019),
        ([Told("Arbetet genomfördes 2020–2023. Vi har haft ett råd sedan 1999.", "background")], 2020),
        ([Told("Hon började i kommunen 2009. Året efter bad de om hjälp, och 2011 var vi i gång.", "lead")], 2011),
        ([Told("Sedan dörren öppnades i maj 2022 har huset haft många besök.", "after")], 2022),
        ([Told("Sedan 2014 har kommunerna uppmanats att ha en plan.", "other")], None),
        ([Told("Stegen pågick mellan maj 2017 och juni 2020. Från 2021 är de ordinarie verksamhet.", "lead")], 2017),
        ([Told("Huset åbnede i 2015. Samarbejdet har eksisteret siden 1977.", "background")], 2015),
        ([Told("Den första stolen ställdes ut i maj 2021, efter en vår med skjutningar.", "background")], 2021),
        ([Told("Siden 1. august 2019 har teamet hjulpet. Byrådet besluttede det i 2018.", "lead")], 2019),
        ([Told("Planen bygger på lägesbilden från hösten 2019.", "lead")], None),
        ([Told("Dato: 3. maj 2022. Første gang brugt i 2016.", "lead")], 2016),
        ([Told("We interviewed forty people between May 2021 and June 2022.", "method")], None),
        ([Told("Verksamheten togs i drift 2019.", "method"), Told("En rapport från 2016 fanns.", "method")], 2019),
        ([Told("Avtalet som skrevs under i januari 2017 gäller än.", "lead")], 2017),
        ([Told("Byrådet bad om et hold i 2020, og det kom i gang samme år.", "background")], 2020),
        ([Told("Nämnden bad om ett team 2019. Året därpå var teamet på plats.", "background")], 2020),
        ([Told("Det första projektet (2018–2020) blev permanent verksamhet 2021.", "method")], 2018),
        ([Told("Hösten 2018 fick Ekby en avhopparkoordinator.", "lead")], 2018),
        ([Told("Intervjuerna gjordes under 2021.", "method")], None),
        ([Told("Der var en folder. Den var fra 2009 og handlede om rockere.", "lead")], None),
        ([Told("I august 2018 sad de første seks forældre om bordet.", "background")], 2018),
        ([Told("Pengarna kom 2020, och de första mentorerna började i januari 2021.", "method")], 2021),
        ([Told("Huset är från 1987, men först 2015 blev det en mötesplats.", "method")], 2015),
        ([Told("Projektet pågick 2016–2019 och drivs sedan 2020 av föreningen.", "method")], 2016),
        ([Told("Arbetet påbörjades 2021.", "other")], 2021),
        ([Told("Sedan januari 2017 finns två fältare på nätet. 2019 tillkom en psykolog.", "method")], 2017),
        ([Told("Efter ett studiebesök 2016 började kommunen 2018.", "method")], 2018),
        ([Told("Første kurs ble holdt 14. mars 2016, og boken kom i 2020.", "other")], 2016),
        ([Told("Rådet har mellan 2019 och 2022 drivit ett projekt.", "lead")], 2019),
        ([Told("Senast uppdaterad: 3 mars 2024. Gruppen har funnits länge.", "lead")], None),
        ([Told("Ekby den 4 februari 2024", "lead"), Told("Linjen startade 2019.", "after")], 2019),
        ([Told("Ingen har anmält klotter sedan 2021.", "after")], None),
        ([Told("2018 Enkät till alla 2019 Avtal skrivs 2020 Linjen öppnar för alla", "other")], 2020),
        ([Told("2018 Enkät till alla 2019 Avtal förhandlas maj 2020\nLinjen öppnar 2021 Fler med", "other")], 2020),
        ([Told("Et første forsøk ble gjort i 2018. Ordningen kom i gang i 2020.", "background")], 2020),
        ([Told("Fra 2025 skal en tredje medarbejder begynde.", "other")], None),
        ([Told("Huset åbnede 2014, lukket 2016. Genåbnet i sin nuværende form i 2018.", "background")], 2018),
        ([Told("I 2016 etablerte kommunen grupper. Studien er fra 2019.", "lead")], 2016),
        ([Told("Domen kom i oktober 2021.", "background"), Told("Rådet startet samme høst.", "method")], 2021),
    ],
)
def test_start_year(told: list[Told], year: int | None):
    assert start_year((), told) == year


@pytest.mark.parametrize(
    ("told", "written", "year"),
    [
        ([Told("Det tredje året, 2023, var bäst.", "after")], None, 2021),
        ([Told("År 2022 var det fjärde året.", "after")], None, 2019),
        ([Told("Sedan drygt fyra år träffas de här.", "background")], 2023, 2019),
        ([Told("Gruppen har träffats i tre år.", "lead")], 2024, 2021),
        ([Told("Huset hade tömts. Kommunen har haft en samordnare i tio år.", "background")], 2024, None),
        ([Told("Tredje året i rad är det dags.", "lead")], 2024, 2022),
        ([Told("Sedan fyra år träffas de här.", "lead")], None, None),
        ([Told("Sedan fyra år träffas de. Det började i maj 2018.", "lead")], 2024, 2018),
        ([Told("Hon har arbetat i tolv år. Anna har varit präst i 20 år.", "lead")], 2024, None),
        ([Told("Kyrkan har stått i 99 år.", "lead")], 2024, None),
        ([Told("The ſecond year 2020. It has run for sıx years, the nınth year in a row.", "lead")], 2024, None),
    ],
)
def test_a_start_that_is_reckoned(told: list[Told], written: int | None, year: int | None):
    assert (start_year((), told) or reckoned_start(told, written=written)) == year


def test_the_years_of_other_municipalities_are_theirs():
    told = [
        Told("Ekby kommun har sedan 2018 ett stöd.", "lead"),
        Told("Norrås kommun har ett stöd sedan 2012. I Boden finns en grupp som startade 2020.", "method"),
    ]
    assert start_year((), told, organisation="Ekby kommun") == 2018


def test_the_years_in_which_the_organisation_began_are_its_own():
    told = [Told("Centrum mot grov dumhet svarar sedan 2019. CGD inrättades 2018.", "lead")]
    assert start_year((), told, organisation="Centrum mot grov dumhet") == 2019


def test_what_the_organisation_did_in_a_year():
    told = [Told("In 2018 the Borough of Ekby asked its critics in. It still does.", "lead")]
    assert start_year((), [*told, Told("Letters came in 2017.", "background")], organisation="Borough of Ekby") == 2018


def test_a_reckoned_start_is_marked():
    texts = ((50, "Samtal i skolan"), (120, "Det tredje året, 2023, var det bästa för alla som var med."))
    lines = tuple(Line(text, (56, y, 500, y + 10), 11.0) for y, text in texts)
    case = read_case(Document(pages=(Page(1, 595.0, 842.0, lines),), page_count=1, info={}), file="x", sha256="0" * 64)
    assert case.start_year == 2021
    assert [notice.params for notice in case.warnings if notice.code == "start_reckoned"] == [{"year": 2021}]


def test_an_office_is_founded_by_the_last_part_of_its_name():
    told = [Told("Ombudsmannen inrättades 2009. Sättet är i bruk sedan 2019.", "lead")]
    assert start_year((), told, organisation="Barnombudsmannen i Ekby") == 2019
    told = [Told("Magasinet är ett museum, öppnat 1974. Sedan 2019 visar vi skolor runt.", "lead")]
    assert start_year((), told, organisation="Magasinet") == 2019


def test_a_fact_has_the_last_word_on_years():
    assert start_year([("start_year", "hösten 2020 (förstudie 2018)")], [Told("Vi började 2018.", "method")]) == 2020
    assert start_year([("start_year", "Öppnade som försök 2014, stängdes 2016. Återöppnade 2018.")], ()) == 2018
    assert start_year((), [Told("Vi började 2019.", "method")], published=2015) is None
    assert published_year([("published_year", "2023-05-09")], [], None) == 2023
    assert published_year([], ["Ekby kommun, maj 2022"], None) == 2022
    prose = "Enheten tog 2018 i bruk ett kort och enkelt formulär för oro om elever i"
    assert published_year([], [prose], None) is None
    assert start_year((), [Told("Lägesbild 2024", "background")], published=2024) is None


@pytest.mark.parametrize(
    ("told", "rest", "email"),
    [
        (["Anna Ek, samordnare, anna.ek@ekby.example, 010-555 01 02"], [], "anna.ek@ekby.example"),
        (
            [],
            ["Fråga gärna: anna.ek@ekby.example", "Ansvarig utgivare Bo, redaktion@form.example"],
            "anna.ek@ekby.example",
        ),
        ([], ["Sidansvarig: webb@portal.example", "Kontakt: anna@ekby.example"], "anna@ekby.example"),
        ([], ["Prenumerera: info@tidning.example"], None),
        ([], ["Published by the Institute. About the series: cards@institute.example"], None),
        ([], ["partner@annat.example", "anna@ekby.example"], "anna@ekby.example"),
        (["anna.ek@\nekby.example"], [], "anna.ek@ekby.example"),
        (["anna.ek(at)ekby.example"], [], "anna.ek@ekby.example"),
        (["Frågor: anna. ekQekby.example."], [], "anna.ek@ekby.example"),
        ([], ["Min e-post är anna.ekeekby.example."], "anna.ek@ekby.example"),
        ([], ["Spørsmål: kursøbymisjon.example"], "kurs@bymisjon.example"),
        ([], ["Frågor: eva.ekWnorras.example"], "eva.ek@norras.example"),
        ([], ["Handläggare: Eva Ek, eva.ekBnorras.example"], "eva.ek@norras.example"),
        ([], ["Skriv til kontaktæbroen.example"], "kontakt@broen.example"),
        ([], ["Kontakt: ole.vik&Gsoeby.example"], "ole.vik@soeby.example"),
        ([], ["Kontakt: anna.ek@ekby.e xample och svar"], "anna.ek@ekby.example"),
        ([], ["Kontakt: anna.ek@ek by.example"], "anna.ek@ekby.example"),
        ([], ["Kontakt: anna.ek@ekby.example www.ekby.example"], "anna.ek@ekby.example"),
        ([], ["Se jönköping.example"], None),
        ([], ["Inget här."], None),
    ],
)
def test_contact(told: list[str], rest: list[str], email: str | None):
    contact = find_contact(told, rest, organisation="Ekby kommun")
    assert (contact.email if contact else None) == email


def test_a_phone_number_serves_where_no_address_is():
    contact = find_contact(["Kontakt: Anna Ek, samordnare, 010-555 01 02"], [])
    assert contact is not None
    assert (contact.name, contact.role, contact.phone) == ("Anna Ek", "samordnare", "010-555 01 02")


def block(kind: str, *texts: str) -> Block:
    lines = [
        Placed(1, 0, Line(text, (50.0, 100.0 + 12 * i, 200.0, 110.0 + 12 * i), 9.0)) for i, text in enumerate(texts)
    ]
    return Block(kind, tuple(lines), " ".join(texts))  # type: ignore[arg-type]


def test_pairs_set_close_together_are_parted():
    found = facts_of(
        [block("text", "Huvudman: Ekby kommun,", "enheten för trygghet", "Öppnade: maj 2018", "Mejl: a@ekby.example")]
    )
    assert [(fact.key, fact.value) for fact in found] == [
        ("organisation", "Ekby kommun, enheten för trygghet"),
        ("start_year", "maj 2018"),
        ("contact", "a@ekby.example"),
    ]


def test_keys_told_by_bold_letters_alone():
    def line(text: str, bold: int, top: float) -> Placed:
        return Placed(1, 0, Line(text, (50.0, top, 200.0, top + 10), 9.0, bold_prefix=bold))

    rows = [
        ("Vem Omsorgskontoret, Ekby", 3),
        ("kommun", 0),
        ("Start 2022", 5),
        ("Tillsammans med Polisen", 15),
        ("Hej x@y.se", 3),
    ]
    lines = tuple(line(text, bold, 100.0 + 12 * i) for i, (text, bold) in enumerate(rows))
    found = facts_of([Block("text", lines, " ".join(text for text, _ in rows))])
    assert [(fact.key, fact.value) for fact in found] == [
        ("target_groups", "Omsorgskontoret, Ekby kommun"),
        ("start_year", "2022"),
        ("partners", "Polisen"),
    ]


def test_a_bold_cell_in_the_column_of_keys_is_a_key():
    def cell(text: str, x: float, bold: bool) -> Block:
        placed = Placed(1, 0, Line(text, (x, 100.0, x + 50, 110.0), 9.0, bold=bold))
        return Block("fact_box", (placed,), text)

    box = [cell("Partner", 50, True), cell("Polisen", 120, False), cell("Okänt", 50, True), cell("allt", 120, False)]
    assert [(fact.key, fact.value) for fact in facts_of(box)] == [("partners", "Polisen")]


@pytest.mark.parametrize("aside", [(50, 112), (150, 100)], ids=["below", "beside"])
def test_a_list_of_facts_without_a_frame(aside: tuple[float, float]):
    right, down = aside

    def placed(text: str, x: float, y: float, bold: bool) -> Block:
        return Block("text", (Placed(1, 0, Line(text, (x, y, x + 90, y + 10), 9.0, bold=bold)),), text)

    pairs = [("Vem ansvarar?", "Ekby kommun"), ("Hvornår begyndte det?", "2021"), ("Med vilka", "Polisen")]
    blocks = [
        block
        for i, (key, value) in enumerate(pairs)
        for block in (placed(key, 50, 100 + 40 * i, True), placed(value, right, down + 40 * i, False))
    ]
    expected = [("organisation", "Ekby kommun"), ("start_year", "2021"), ("partners", "Polisen")]
    assert [(fact.key, fact.value) for fact in facts_of(blocks)] == expected
    assert facts_of(blocks[:4]) == ()  # two may be headings


def test_prose_in_a_box_tells_who_and_since_when():
    box = block("fact_box", "Arbetet leds av Ekby kommun och togs i bruk i april 2019. Det riktar sig till unga.")
    layout = Layout((box,), BodyStyle(9.0, False, False, 0, ""))
    document = Document(pages=(Page(1, 595.0, 842.0, ()),), page_count=1, info={})
    found = read_metadata(document, layout, [], None, language="sv")
    assert (found.organisation, found.start_year, found.target_groups) == ("Ekby kommun", 2019, ("unga",))


@pytest.mark.parametrize(
    ("told", "organisation", "inferred"),
    [
        ("Plats: Sundsvall", "Sundsvalls kommun", True),
        ("I Sundsvall beslutade kommunen att börja. I Sundsvall", "Sundsvalls kommun", True),
        ("Sundsvalls kommun beslutade att börja.", "Sundsvalls kommun", False),
        ("Sundsvalls fältare nås på anna@sundsvall.example.", "Sundsvalls kommun", True),
        ("Man beslutade att börja.", None, False),
    ],
    ids=["from a fact", "from the text", "printed", "from an address", "none"],
)
def test_an_organisation_that_is_not_printed_is_marked(told: str, organisation: str | None, inferred: bool):
    lines = tuple(Line(text, (56, y, 500, y + 10), 11.0) for y, text in ((50, "Samtal i skolan"), (120, told)))
    document = Document(pages=(Page(1, 595.0, 842.0, lines),), page_count=1, info={})
    case = read_case(document, file="x.pdf", sha256="0" * 64)
    owner = next((value.quote for value in case.facets if value.facet == "owner"), None)
    assert owner is None or any(owner in line.text or line.text.endswith(owner) for line in lines)
    marks = [notice.params for notice in case.warnings if notice.code == "organisation_inferred"]
    assert case.organisation == organisation
    assert marks == ([{"organisation": organisation}] if inferred else [])


def test_the_head_of_a_memo():
    found = facts_of([block("text", "Till: Alla i nätverket Från: Ekby kommun Datum: 2021-03-04")])
    assert [(fact.key, fact.value) for fact in found] == [
        ("organisation", "Ekby kommun"),
        ("published_year", "2021-03-04"),
    ]


def test_a_key_that_no_list_has_ends_the_value_before_it():
    found = facts_of(
        [
            block("fact_box", "Målgrupp: unga"),
            block("fact_box", "Öppnar dörren: klockan tio"),
            block("fact_box", "unga"),
        ]
    )
    assert [(fact.key, fact.value) for fact in found] == [("target_groups", "unga")]


def test_keys_by_their_words():
    found = facts_of(
        [
            block("text", "Verksamhet sedan: 2018"),
            block("text", "Inrättad: januari 2021"),
            block("text", "Verksamhet: Lyktbussen"),
            block("text", "Sedan när: 2012"),
            block("text", "Ansvarig enhet: Ekby kommun"),
            block("text", "Ansvarig utgivare: Bo Ek"),
            block("text", "Anordnas av: Föreningen Lyktan"),
            block("text", "Arrangemang: grillkväll"),
        ]
    )
    assert [(fact.key, fact.value) for fact in found] == [
        ("start_year", "2018"),
        ("start_year", "januari 2021"),
        ("activity", "Lyktbussen"),
        ("start_year", "2012"),
        ("organisation", "Ekby kommun"),
        ("other", "Bo Ek"),
        ("organisation", "Föreningen Lyktan"),
    ]


@pytest.mark.parametrize(
    ("facts", "text", "partners"),
    [
        ([Fact("partners", "Polisen, Region X och Lärkskolan", 1)], "", ("Polisen", "Region X", "Lärkskolan")),
        ([Fact("organisation", "Ekby kommun tillsammans med Polisen", 1)], "", ("Polisen",)),
        ([], "Vi arbetar tillsammans med Polisen i Ekby och Region Norrmark.", ("Polisen i Ekby", "Region Norrmark")),
        ([], "Tjänsten delas med Ås, Näs och Eds kommuner.", ("Ås kommun", "Näs kommun", "Eds kommun")),
        (
            [],
            "Kvällarna ordnas ihop med bussbolaget, Vuxenskolan och Länsmuseet Norrmark.",
            ("bussbolaget", "Vuxenskolan", "Länsmuseet Norrmark"),
        ),
        (
            [],
            "Övriga parter är Norrås kommun och Räddningstjänsten Västra Mark.",
            ("Norrås kommun", "Räddningstjänsten Västra Mark"),
        ),
        ([], "The line is led with Moor Police.", None),
        (
            [],
            "It is run together with Moor Police, the Faith Circle and the charity Home Again.",
            ("Moor Police", "Faith Circle", "Home Again"),
        ),
        ([], "Rädda Barnen håller en grupp.", ("Rädda Barnen",)),
        (
            [],
            "Sørvik kommune, Sørvik Buss og Nav Sørvik er samarbeidspartnere.",
            ("Sørvik kommune", "Sørvik Buss", "Nav Sørvik"),
        ),
        ([], "Vi möts tillsammans med Anna Ek och imamen Yusuf Demir.", None),
        ([], "Polisen är med. Vi samverkar med polisen i gruppen.", ("polisen",)),
        ([], "Vi samverkar med polisen. Vi samverkar med Polisområde Norrmark.", ("Polisområde Norrmark",)),
        ([Fact("partners", "Ekby kommun, Polisen", 1)], "", ("Polisen",)),
        ([], "Vi gjorde ett studiebesök tillsammans hos Norrås kommun.", None),
        ([], "Polisen grep en man.", None),
        ([], "Ekby kommun samarbetar.", None),
    ],
)
def test_partners(facts: list[Fact], text: str, partners: tuple[str, ...] | None):
    assert partners_of(facts, [text], organisation="Ekby kommun") == partners


@pytest.mark.parametrize(
    ("facts", "text", "groups"),
    [
        ([Fact("target_groups", "Unga 15–21 år", 1)], "", ("Unga 15–21 år",)),
        (
            [Fact("target_groups", "Ekby kommun, socialförvaltningen", 1)],
            "Den riktar sig till anhöriga.",
            ("anhöriga",),
        ),
        ([Fact("target_groups", "samordnare från Ås, Lysekil och Orust", 1)], "", ("samordnare från Ås",)),
        (
            [],
            "Stödet vänder sig till föräldrar, syskon och vänner till unga.",
            ("föräldrar", "syskon", "vänner till unga"),
        ),
        ([], "Den riktar sig till att bli bättre.", None),
        ([], "Målgrupper var lärare, väktare och fritidsledare.", ("lärare", "väktare", "fritidsledare")),
        (
            [],
            "Projektet har riktat sig till barn och unga mellan 12 och 19 år.",
            ("barn och unga mellan 12 och 19 år",),
        ),
        ([], "Gruppen är öppen för konfirmander och unga ledare.", ("konfirmander", "unga ledare")),
        ([], "Ordningen gjelder ungdom og deres foreldre.", ("ungdom", "foreldre")),
        ([], "En samtalsgrupp för mödrar och systrar startade.", ("mödrar", "systrar startade")),
        ([], "Ett flygblad riktat mot en elev spreds.", None),
        (
            [Fact("target_groups", "unge, der vækker bekymring, og lærere", 1)],
            "",
            ("unge, der vækker bekymring", "lærere"),
        ),
        ([Fact("target_groups", "Kultur- och fritidsförvaltningen; unga 13–19 år", 1)], "", ("unga 13–19 år",)),
    ],
)
def test_target_groups(facts: list[Fact], text: str, groups: tuple[str, ...] | None):
    assert target_groups_of(facts, [text]) == groups


@pytest.mark.parametrize(
    ("text", "letters_known", "language"),
    [
        ("Kommunen har arbetat med detta sedan 2015 och det har inte varit lätt.", True, "sv"),
        ("Hvordan blev det til noget? Det er ikke kun kommunen, der har arbejdet med det.", True, "da"),
        ("Tallene först. Siden oppstarten har kurset hatt mange deltakere, og noen er fra Nav.", False, "nb"),
        ("The council has worked with this since 2015, and it has not been easy.", True, "en"),
    ],
)
def test_language(text: str, letters_known: bool, language: str):
    assert detect_language(text, letters_known=letters_known) == language


def test_values():
    assert values("Polisen, Region X (Y, Z) och Föreningen W") == ("Polisen", "Region X (Y, Z)", "Föreningen W")


def titled(lines: list[Line], declared: str = "") -> str:
    body = [Line(text, (50.0, 220.0 + 14 * i, 400.0, 232.0 + 14 * i), 10.0) for i, text in enumerate(TEXT_OF_ÅSBY)]
    info = {"Title": declared}
    document = Document(pages=(Page(1, 595.0, 842.0, (*lines, *body)),), page_count=1, info=info)
    found = find_title(lay_out(document), document)
    assert found is not None
    return found.text


def test_the_magazines_name_above_is_no_part_of_the_title():
    lines = [
        Line("STAD & LAND", (50.0, 40.0, 150.0, 49.0), 9.0, bold=True, font="Lato"),
        Line("Fråga igen", (50.0, 52.0, 400.0, 92.0), 40.0, bold=True, font="Lato"),
    ]
    assert titled(lines, "Stad & land – Fråga igen") == "Fråga igen"


def test_a_magazines_name_larger_than_the_title_is_no_title():
    lines = [
        Line("Framåt", (50.0, 30.0, 250.0, 70.0), 40.0, bold=True),
        Line("Husets råd till orolig granne", (50.0, 90.0, 400.0, 116.0), 26.0, bold=True),
    ]
    assert titled(lines) == "Husets råd till orolig granne"


def test_a_sentence_below_a_title_does_not_make_it_a_magazines_name():
    lines = [
        Line("Tröskeln", (50.0, 30.0, 250.0, 52.0), 22.0, bold=True),
        Line("Hur husets råd når den som är orolig.", (50.0, 90.0, 400.0, 104.0), 13.5),
    ]
    assert titled(lines) == "Tröskeln"


def test_a_practice_above_its_subtitle_is_the_title():
    lines = [
        Line("Rådgivare", (50.0, 30.0, 250.0, 70.0), 40.0, bold=True),
        Line("Den som är orolig får stöd", (50.0, 90.0, 400.0, 116.0), 26.0, bold=True),
    ]
    assert titled(lines) == "Rådgivare"


@pytest.mark.parametrize(
    "above", ["Dnr KS 2023-00417", "Ekby den 4 maj 2024", "Eva Ek, Kyrkogatan 8, Ekby", "Ekby kommun"]
)
def test_what_stands_at_the_head_of_a_letter_is_no_title(above: str):
    lines = [Line(above, (50.0, 40.0, 200.0, 50.0), 10.0), Line("Kära vänner", (50.0, 80.0, 200.0, 90.0), 10.0)]
    assert titled(lines) == "Kära vänner"


def test_a_bold_line_below_plain_ones_is_the_title():
    lines = [
        Line("Omsorgsförvaltningen", (50.0, 40.0, 200.0, 50.0), 10.0),
        Line("Våra råd på orten", (50.0, 80.0, 200.0, 90.0), 10.0, bold=True),
    ]
    assert titled(lines) == "Våra råd på orten"


def test_lines_of_another_column_do_not_part_a_title():
    def block(text: str, x: float, y: float, size: float, bold: bool) -> Block:
        line = Line(text, (x, y, x + 150, y + size), size, bold=bold, font="Lato")
        return Block("text", (Placed(1, 0, line),), text)

    blocks = (
        block("De kör hem", 40, 78, 25, True),
        block("den som ingen", 216, 96, 11, True),
        block("dem ingen hämtar", 40, 107, 25, True),
        block("Det är fredag, och bussen står still.", 216, 120, 9, False),
    )
    layout = Layout(blocks, BodyStyle(9.0, False, False, 0, "Lato"))
    found = find_title(layout, Document(pages=(Page(1, 595.0, 842.0, ()),), page_count=1, info={}))
    assert found is not None
    assert found.text == "De kör hem dem ingen hämtar"


def test_a_date_is_no_part_of_the_title():
    assert titled([Line("Tal i Ekby, 21 maj 2024", (50.0, 40.0, 400.0, 64.0), 24.0)]) == "Tal i Ekby"


def test_the_files_own_title_serves_where_none_is_printed():
    assert declared_title(Document(pages=(), page_count=0, info={"Title": "Brev till vänner"}), words=2) is not None
    assert declared_title(Document(pages=(), page_count=0, info={"Title": "brev1"}), words=2) is None
    assert declared_title(Document(pages=(), page_count=0, info={"Title": "Microsoft Word - a.docx"})) is None


def test_the_first_row_of_a_form_gives_the_title():
    rows = ["Praktik: Samtal i trappan", "Organisation: Ekby kommun", "Startår: 2019", "Anm.: ett exempel"]
    lines = [Line(text, (50.0, 60.0 + 20 * i, 300.0, 70.0 + 20 * i), 10.0) for i, text in enumerate(rows)]
    assert titled(lines) == "Samtal i trappan"


def test_a_scanned_title_is_parted_by_the_heights_of_its_letters():
    lines = [
        Line("En väg in – om möten i Ås, Näs och", (50.0, 118.0, 400.0, 128.0), 9.8, bold=True),
        Line("Gullbjärg", (50.0, 135.0, 112.0, 146.0), 13.1, bold=True),
    ]
    assert titled(lines) == "En väg in – om möten i Ås, Näs och Gullbjärg"


def test_a_title_in_capitals_is_written_as_the_text_writes_its_words():
    heading = Line("INFOHUSET I ÅSBY MÖTER SSP", (50.0, 60.0, 400.0, 84.0), 24.0)
    body = [Line(text, (50.0, 120.0 + 14 * i, 400.0, 132.0 + 14 * i), 10.0) for i, text in enumerate(TEXT_OF_ÅSBY)]
    document = Document(pages=(Page(1, 595.0, 842.0, (heading, *body)),), page_count=1, info={})
    found = find_title(lay_out(document), document)
    assert found is not None
    assert found.text == "Infohuset i Åsby möter SSP"


def test_a_title_in_capitals_keeps_names_of_several_words_and_capitals_within_words():
    heading = Line("OPENMAP AND OPEN DOOR: OPEN DATA IN EKLAND", (50.0, 60.0, 500.0, 84.0), 24.0)
    lines = [
        "The team behind OpenMap met at Open Door, where open data and open talk are at home,",
        "and the OPEN DOOR: OPEN DATA IN EKLAND report says that Open Door has changed Ekland,",
        "for whoever came to Open Door knew what open data was.",
    ]
    body = [Line(text, (50.0, 120.0 + 14 * i, 400.0, 132.0 + 14 * i), 10.0) for i, text in enumerate(lines)]
    document = Document(pages=(Page(1, 595.0, 842.0, (heading, *body)),), page_count=1, info={})
    found = find_title(lay_out(document), document)
    assert found is not None
    assert found.text == "OpenMap and Open Door: open data in Ekland"


TEXT_OF_ÅSBY = [
    "I Åsby finns ett hus där den som är orolig kan få råd av någon som har tid.",
    "Där möter två rådgivare alla som kommer, och varje vecka kommer också SSP dit för",
    "att tala om det som har hänt sedan sist och om vem som behöver stöd av huset.",
]
