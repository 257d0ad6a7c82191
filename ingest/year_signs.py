"""What the words around a year say of it: a beginning, a period, a predecessor, an evaluation. In four languages.

How much each says for a start is learnt: see :mod:`ingest.years`.
"""

import re

START = re.compile(
    r"\b(?:f[öøo]rste?a?\s(?:\w+\s)?(?:kurs|ärende|samtal|möt|träff|grupp|omgång|deltag|kull|föräldr|foreldr|forældr|mamm|mødr|unga|unge|elev|hembesök|telefon|anrop|uppdrag|gång|møte|gruppe|hold|samtale|meeting|cohort|course)\w*|start(?:ade|ar|at|et|ede|ed|a|en)?|startskott\w*|började\w*|börjat|inleddes|öppnade[s]?|öppnat|öppnar|öppnas|inleds|införs|indfører|innfører|lanseras|börjar|begynner|begynder|opens|starts|infördes|införde|inrättade[s]?|bildades|bildade|"
    r"etablerades|lanserades|grundades|stiftades|togs? emot sitt första|tog sin början|tok til|tog sin begyndelse|drog igång|tog fart|fick fart|innle(?:det|des|dte)s?|indled(?:t|tes|es)|kom till|växte fram|uppstod|togs fram|vokste fram|påbörjades|påbegyn[dt]t?e?s?|prövades|piloterades|afprøvet|prøvd ut|utprøvd|rullades ut|kom i gång|satte igång|satt igång|slog upp|sattes i drift|ta(?:r|s)\s(?:(?:\w+\s){0,3})i (?:bruk|drift)|tog(?:s)?\s(?:(?:\w+\s){0,3})i (?:bruk|drift)|av stapeln|invig(?:des|d|ningen)|kom upp|drogs i gång|föddes|tog form|såg dagens ljus|sattes upp|premiär\w*|ställdes (?:fram|upp)|stilt opp|stillet op|genåbne\w*|gjenåpne\w*|återöppna\w*|relaunched|gavs|hölls|holdt|så dagens lys|drogs igång|kom igång|sjösattes|tillsattes|anställdes|anställde|(?:ble|blev) ansatt?|har funnits|funnits|\bi g[aå]ng|igång|gikk? i gang|tillträdde|byggdes (?:\w+ ){0,2}upp|på plats|på plass|på plads|f(?:ick|ikk) (?:\w+ ){1,3}(?:en|ett|et|ei) (?:\w+ )?\w*(?:samordnare|koordinator|team|linje|telefon|gruppe?|mottagning|tjänst)|"
    r"begynte|begyndte|stiftet|grunnlagt|grundlagt|sat i drift|satt i drift|sat i verden|(?:satt?|satte?s?) på (?:gaden|gata)|blev født|ble født|holdt første|åbner|så dagens lys|åpne[tr]?|åpna|åbnede|åbnet|opprettet|oprettet|oprettede|etablerte?|etablerede|etableret|innført|indført|indførte|satt i gang|sat i gang|blev til|har eksistert|har eksisteret|"
    r"began|begun|piloted|start(?:ed|s)|launched|opened|set up|established|introduced|founded|has run|have run|has been running|went live|created|appointed)\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:sedan|siden|since|från och med|fra og med|från|fra|from|i gång sedan)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
FROM = re.compile(r"(?<!^)\b(?:från|fra|from)\s(?:\w+\s){0,2}(?:19|20)\d\d$")
EVER_SINCE = re.compile(
    r",?\s(?:och|og|and)\s(?:har\s|has\s|have\s)?(?:sedan dess|siden|sidan|since then|ever since)\b", re.IGNORECASE
)
NOT_SINCE = re.compile(
    r"\b(?:inte|inget|ingen|inga|aldrig|ikke|intet|aldri|not|no|never)\b[^.;]{0,60}\b(?:sedan|siden|since)\s(?:\w+\s){0,2}(?:19|20)\d\d$",
    re.IGNORECASE,
)
SINCE_FIRST = re.compile(r"(?:Sedan|Siden|Since)\s(?:[\w.]+\s){0,3}(?:19|20)\d\d")
STILL = re.compile(
    r"\b(?:har|finns|drivs|drives|leds|ledes|pågår|är|driver|bedriver|arbetar|leder|ger|erbjuder|tillbyr|driv|arbeider|arbejder|tilbyder|finnes|has|have|runs|"
    r"works|offers|is|are)\b[^.;:]{0,90}?\b(?:sedan|siden|since)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:(?:\w*(?:rapport|utredning|studie|kartläggning|kartlegging|kortlægning|enkät|undersökning|undersøkelse|undersøgelse|handbok|håndbok|håndbog|artikel|"
    r"artikkel|folder|nummer|forprosjekt|forprojekt|förprojekt|studieresa|studiebesök|studiebesøk|studietur)(?:en|et|n|er|ar)?|report|study|survey|review|issue|"
    r"article|handbook|visit)(?:\s\w+){0,2}|(?:var|är|er|is|was|dated)\s(?:från|fra|from)|\w{3,}(?:en|et|an)\s(?:från|fra)(?:\s\w+)?)\s(?:19|20)\d\d$",
    re.IGNORECASE,
)
"""When something else was written or made: "en handbok från 2016"."""
STAMP = re.compile(r"-\d\d-\d\d(?!\d)")  # of a whole date, as papers are stamped
DATE_KEY = re.compile(
    r"\b(?:dato|datum|date|daterad|dateret)\W{1,3}(?:\d+\.?\s)?(?:\w+\s)?(?:19|20)\d\d$", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[kc]t|nov|de[cs])[a-zåäöæø]*"
DATE = rf"(?:den )?\d{{1,2}}\.? {_MONTH} (?:19|20)\d\d"
MONTH_LINE = re.compile(
    rf"(?:{DATE}|(?:våren |hösten |sommaren |vintern |høsten |foråret |efteråret |vinteren |sommeren )?(?:{_MONTH} )?(?:19|20)\d\d)",
    re.IGNORECASE,
)
"""A heading of a diary."""
DATE_LINE = re.compile(
    rf"(?:(?-i:[A-ZÅÄÖÆØ][\w-]*(?: [A-ZÅÄÖÆØ][\w-]*)?),? )?{DATE}\.?|(?-i:[A-ZÅÄÖÆØ][\w-]*), (?:i )?\w+ (?:19|20)\d\d",
    re.IGNORECASE,
)
"""Where and when a letter is written."""
IN_YEAR = re.compile(r"(?:I|År|In) (?:(?:\w+ )?)(?:19|20)\d\d ")
STAMPED = re.compile(
    r"\b(?:uppdatera[dt]|ändra[dt]|ændret|endret|changed|opdateret|oppdatert|updated|reviderad|revidert|revideret|revised|publicera[dt]|publisert|publiceret|published|skrivs|skrives|skriv(?:en|et)|skrevet|written|utskriven|hämta[dt]|hentet|accessed|tryckt)\W{1,3}(?:[\w.]+\W{1,2}){0,3}(?:19|20)\d\d$",
    re.IGNORECASE,
)
"""When the paper itself was written or changed: "senast uppdaterad 3 mars 2024"."""
NOW_FORM = re.compile(
    r"\b(?:genåbne|gjenåpne|återöppna|relaunch)\w*|\b(?:nuværende|nuvarande|nåværende|present|current) (?:form|shape)",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:skal|ska|skall|kommer att|kommer til å|will|planeras|planlægges|planlegges|hoppas|håber|håper|hope)\b",
    re.IGNORECASE,
)
STUDIED = re.compile(
    r"\b(?:intervju\w*|interview\w*|respondent\w*|informant\w*|data(?:insamling|innsamling)\w*|materialet|urval\w*|kodades|samlade (?:vi )?in|samlet (?:vi )?inn|indsamle\w*|fieldwork|coded)\b",
    re.IGNORECASE,
)
"""What a study's method tells."""
AGREED = re.compile(
    r"\b(?:avtal|aftale|avtale|överenskommelse|agreement)\w*\b|\b(?:skrevs|skrev) under|undertecknades|\bsigned\b",
    re.IGNORECASE,
)
HAD = re.compile(
    r"(?<!has )(?<!have )\b(?:hade|havde|had|fanns|fantes)\b[^.;:]{0,60}\b(?:sedan|siden|since)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
HAD_IN = re.compile(r"(?<!has )(?<!have )\b(?:hade|hadde|havde|had)\b[^.;:,]{0,40}\b(?:19|20)\d\d$")
SPAN_OF_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[–-]\s?(?:19|20)\d\d(?!\d)")
PROJECT = re.compile(r"\b\w*(?:projekt|prosjekt|pilot|försök|forsøg|forsøk|project|trial)\w*", re.IGNORECASE)
PERSON = re.compile(
    r"\b(?:han|hon|hun|she|he|\w+s karriär|(?:jag|jeg|eg|I) (?:började|begyndte|begynte|started|joined|kom)|har (?:haft|hatt) (?:stillingen|tjänsten|jobbet))\b|^(?!I |Det |Da |Då |Vi |In |We )[A-ZÅÄÖÆØ]\w+ (?:began|begyndte|begynte|började) i\b",
)
ALSO = re.compile(
    r"\b(?:också|även|dessutom|tillkom|tilkom|også|also|now|deltar|deltager|anslöt|anslutit|gick med|gikk med|gik med|joined)\b",
    re.IGNORECASE,
)
MODELLED = re.compile(
    r"\b(?:idén?|idéen|ideen|tanken|modell(?:en)?|model|mallen|förlagan?|forlegget|upplägget|opplegget|konceptet|the (?:idea|model|concept)) "
    r"(?:[\wåäöæø]+ ){0,4}(?:lån|lånt|hämta|hent|kom|kopiera|bygg|byg|tog|tatt|taget|borrow|copied|taken|came|fanns|finn|find|is|är|er)"
    r"|\b(?:lånade|lånte|kopierade|borrowed|copied) (?:[\wåäöæø]+ ){0,3}(?:idé|modell|upplägg|idea|model)|\better modell\b|\befter (?:modell|mønster|förebild)\b",
    re.IGNORECASE,
)
"""What the work is modelled on, and how long that has gone on, is told in one sentence."""
FIRST = re.compile(r"\b(?:första|fö?rste|første|first)\b", re.IGNORECASE)
MOMENT = re.compile(
    r"\b(?:januari?|februari?|mars|marts|march|april|maj|mai|may|jun[ie]|jul[iy]|august[i]?|september|o[kc]tober|november|de[cs]ember|"
    r"våren|vår|sommaren|hösten|vintern|vinteren|høsten|foråret|sommeren|efteråret|spring|summer|autumn|winter|(?:vår|höst)terminen|advent) (?:of )?(?:19|20)\d\d$",
    re.IGNORECASE,
)
WE = re.compile(r"\b(?:vi|we)\b", re.IGNORECASE)
LASTED = re.compile(
    r"\b(?:pågick|löpte|varade|drevs|drivit|bedrivit|genomfört|genomfördes|pågått|drevet|gjennomført|gennemført|varte|foregikk|løp|løb|forløb|varede|ran|lasted)\b"
)
EXISTED = re.compile(
    r"\b(?:har funnits|funnits|fanns|grunda\w*|stifta\w*|har eksister\w*|eksistert|eksisteret|grundlagt|grunnlagt|founded|har existerat|(?:har|has) existed)\b",
    re.IGNORECASE,
)
"""What is said of bodies and of what was there before."""
FOUNDING = re.compile(
    r" (?:(?:är|er|is) (?:ett?|en|et|an?) [^.;,]{1,60}, (?:öppna|grunda|bilda|stifta|inrätta|stiftet|grunnlagt|grundlagt|oprettet|opprettet|åpnet|åbnet|founded|opened|established)\w*|(?:\w+ )?(?:bildades|inrättades|grundades|stiftades|öppnade|byggdes|invigdes|ble (?:stiftet|opprettet)|blev (?:stiftet|oprettet)|was (?:founded|set up|established|built)|åpnet|åbnede))\b"
)
FOUNDED = re.compile(
    r"(?:[A-ZÅÄÖÆØ]\w*)?(?:förvaltningen|nämnden|förbundet|föreningen|myndigheten|museet|anstalten|fängelset|fengselet|fængslet|kyrkan|kirken|församlingen|"
    r"organisationen|organisasjonen|klubben|bolaget|stiftelsen|universitetet|högskolan|foreningen|forvaltningen)(?: [A-ZÅÄÖÆØ]\w+)?"
    + FOUNDING.pattern,
    re.IGNORECASE,
)
NOT_UNTIL = re.compile(r"\b(?:först|først|not until)\s(?:\w+\s){0,2}(?:19|20)\d\d$", re.IGNORECASE)
THE_START = re.compile(
    r"\b(?:starten|öppnandet|invigningen|oppstarten|opstarten|åpningen|åbningen|the (?:start|launch|opening))\s(?:i|in|på|den|of|on|av|af)?\s?(?:\w+\s){0,2}(?:19|20)\d\d",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"\b(?:från|mellan|fra|mellem|mellom|from|between)\s(?:\w+\s){0,5}(?P<year>(?:19|20)\d\d)\s(?:till|och|til|og|to|and)\s(?:\w+\s){0,6}(?:19|20)\d\d",
    re.IGNORECASE,
)
IT_WAS = re.compile(r"^(?:–\s)?(?:Det var|Det ble|Det blev|It was)\s(?:\w+\.?\s){0,4}(?:19|20)\d\d\.?$")
BEFORE = re.compile(
    r"\b(?:tidigare|lukket|stängdes|avslutades|nedlades|första försök\w*|første forsøk\w*|første forsøg\w*|first attempt|försök gjordes|igen|föregångare\w*|dessförinnan|redan|lades? (?:ned|ner)|lagts ned|upphörde|projektet \w+ 20|gaml[ae]|förra|förre|tidligere|forgjenger\w*|forgænger\w*|lagt ned|nedlagt|forrige|"
    r"earlier|previous\w*|predecessor|closed|hade haft|havde købt|had bought|enkät\w*|undersökning\w*|kartläggning\w*|survey|kartlegging\w*|undersøgelse\w*|granskning\w*|rapport\w*|lag(?:en)?\s\(|\w*attack\w*|\w*dåd\w*|mord\w*|greps|dömdes|hotade|(?:landets|alla|sveriges|svenska) kommuner|har kommunerna|kommunerna har|har kommunene|har kommunerne|demonstr\w*|upplopp\w*|skjut\w*|skyting\w*|skyderi\w*|bränd\w*|brann|riot\w*|reform\w*|(?:regeringen|riksdagen|stortinget|folketinget) \w+|regeringens|valet i)\b",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"\b(?:beslutade|beslut|vedtok|vedtog|besluttede|bestämde|decided|agreed|ansökte|planera\w*|skrevs|begärde)\b",
    re.IGNORECASE,
)
LATER = re.compile(
    r"\b(?:permanent\w*|ordinarie|ordinær\w*|utökade[s]?|utvidga\w*|utvärder\w*|evaluer\w*|evaluat\w*|till och med|fram till|hittills|under 20\d\d|resultat\w*|"
    r"utvidet|udvidet|expanded|until|reviewed|reviderades|uppdaterades|statistik)\b",
    re.IGNORECASE,
)
