"""Numbers that point to somebody: telephone, BSN, IBAN, date of birth, licence plate, file numbers.

Every finder takes a text that `privacy.vlak` has flattened and gives (soort, begin, eind). Digits alone say little:
amounts, codes and dates look the same, so most finders want a word nearby that says what the number is.
"""

import re
from collections.abc import Iterator
from datetime import date

import phonenumbers

from registratie.privacy_kaart import Kaartwoorden, cijfers, ontleed

Plek = tuple[str, int, int]

# Digits in groups, as numbers are written: 06-12 34 56 78, 06.12.., 06/12.., 06_12.., (0529) 12 34 56, +31 (0)6 ...
REEKS = re.compile(r"(?<![\w.,/\-])(?:\+\s?|\()?[\dOo](?:[ .\-/_()·*]{0,3}\d){5,16}(?![\w/]|[.,\-]\d)")
EENHEID = re.compile(r"\s{0,3}(?:euro|eur|€|kwh|m3|km|gb|mb|%|,-)", re.IGNORECASE)
BEDRAG = re.compile(r"(?:€|eur|euro|bedrag|inkomen|loon|saldo)\s{0,3}$", re.IGNORECASE)

BELWOORD = re.compile(
    r"\b(?:tel|telnr|telefoon|telefoonnummer|telefoonnr|mob|mobiel|mobieltje|nummer|nr|app|appen|whatsapp|bel|belt|bellen"
    r"|terugbellen|gebeld|sms|sms'en|bereikbaar|thuisnummer|06)\b",
    re.IGNORECASE,
)
OPENBARE_REEKSEN = ("0800", "0900", "0906", "0909", "088", "085", "0970", "067")
GEEN_BELNUMMER = re.compile(
    r"\b(?:code|isbn|kb|versie|update|bestelnummer|order|artikel|serienummer|kvk)\b", re.IGNORECASE
)
ORGANISATIE = re.compile(
    r"\b(?:[A-Z]{2,5}|klantenservice|helpdesk|balie|receptie|gemeente|servicelijn|infolijn)\b"
)

BSN_WOORD = re.compile(
    r"\b(?:bsn|b\.s\.n|bsn-?nr|bsnr|bsnnummer|bsn-?nummer|burger ?service ?(?:nummer|nr)?"
    r"|burgerservicenr|sofi|sofinr|sofinummer"
    r"|sofi-?(?:nummer|nr)|persoonsnummer|fiscaal nummer|fiscaalnr|bs-nummer)\b",
    re.IGNORECASE,
)
BSN_NABIJ = re.compile(
    r"\b(?:nummer|nr|zorgpas|zorgpasje|paspoort|id-?kaart|identiteitskaart|identiteitsbewijs|rijbewijs|loonstrook|polis"
    r"|jaaropgaaf|verzekerde|identificatie|legitimatie|inburgering|belasting|toeslagen|persoonlijk)",
    re.IGNORECASE,
)

IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-]?\d{2}(?:[ .\-]{0,2}[A-Za-z0-9]){11,30}")
IBAN_LENGTES = {
    "NL": 18,
    "BE": 16,
    "DE": 22,
    "FR": 27,
    "PL": 28,
    "TR": 26,
    "BG": 22,
    "RO": 24,
    "UA": 29,
    "ES": 24,
    "LT": 20,
}
REKENING = re.compile(
    r"\b(?:rek|rekening|rekeningnr|rekeningnummer|reknr|reknummer|giro|gironummer|bankrek|bankrekening|banknr|iban)\b"
    r"[^\d\n]{0,18}?(\d(?:[ .\-]?\d){6,9})(?!\d|[ .,\-]\d)",
    re.IGNORECASE,
)

MAAND = (
    r"(?:jan(?:uari)?|feb(?:r|ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DATUM = re.compile(
    rf"(?<![\w\-/])(?:(?P<d>\d{{1,2}})\s?[\-/. ]\s?(?P<m>\d{{1,2}})\s?[\-/. ]\s?'?(?P<j>\d{{4}}|\d{{2}})"
    r"|(?P<j2>\d{4})[\-/.](?P<m2>\d{1,2})[\-/.](?P<d2>\d{1,2})"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?[\s\-./]*(?P<w3>{MAAND})\.?[\s\-./]*'?(?P<j3>\d{{4}}|\d{{2}}))(?![\w\-/]|[.,:]\d)",
    re.IGNORECASE,
)
KALE_DATUM = re.compile(
    r"(?<![\w\-])(?:(\d{2})(\d{2})(\d{4}|\d{2})|((?:19|20)\d{2})(\d{2})(\d{2}))(?![\w\-])"
)
GEBOORTE = re.compile(
    r"\b(?:geb|gebdat|gebdatum|gebd|gb|gbd|geboren|geboortedatum|geboortedag|geboortedat"
    r"|geb\.? ?datum|geb\.? ?dat|jarig"
    r"|verjaardag|verjaart|g\.d|gd|dob|born)\b",
    re.IGNORECASE,
)
REGEL = re.compile(r"\b(?:na|voor|vanaf|tot|tussen|op of na)\s{0,3}$", re.IGNORECASE)
OUDSTE, JONGSTE = 1910, 2010  # years that say "somebody was born" without a word nearby
BEVRIJDING = {(4, 5), (5, 5)}

# L is a letter, D a digit.
PLAATVORMEN = """
    LL-DD-DD DD-DD-LL DD-LL-DD LL-DD-LL LL-LL-DD DD-LL-LL DD-LLL-D D-LLL-DD LL-DDD-L L-DDD-LL LLL-DD-L L-DD-LLL
    D-LL-DDD DDD-LL-D
"""
ZIJCODES = "|".join(PLAATVORMEN.replace("L", "[A-Z]").replace("D", r"\d").split())
KENTEKEN = re.compile(rf"(?<![\w\-])(?:{ZIJCODES})(?![\w\-])", re.IGNORECASE)
KENTEKEN_LOS = re.compile(
    rf"(?<![\w\-])(?:{ZIJCODES.replace('A-Z', 'A~Z').replace('-', '[ .-]?').replace('~', '-')})(?![\w\-])",
    re.IGNORECASE,
)
VOERTUIG = re.compile(
    r"\b(?:kenteken|kentekens|kentekennr|auto|brommer|bromfiets|scooter|snorfiets|motor|caravan|camper|aanhanger|bestelbus"
    r"|busje|wagen|parkeer\w*|apk|rdw|kentekenplaat|plaat|vrijwaring|invalidenparkeer\w*|geparkeerd|scootmobiel|brommobiel)\b",
    re.IGNORECASE,
)
APPARAAT = re.compile(
    r"\b(?:samsung|galaxy|windows|hp|canon|epson|brother|lg|sony|philips|lenovo|nokia|type|typenr|model|toner|cartridge|inkt"
    r"|inktpatroon|printer|versie|artikel|formulier|serie|xerox|dell|acer|asus|miele|bosch|siemens|route|lijn|bus|zaal)\b",
    re.IGNORECASE,
)
# No vowels on plates since 1978, and no C, M, Q, W on most: what has them is more likely a type number.
VREEMDE_LETTERS = re.compile(r"[AEIOUCQMW]", re.IGNORECASE)

DOSSIER = re.compile(
    r"\b(?:(?:dossier|zaak|case|client|cliënt|klant|polis|relatie|leners?|lidmaatschaps?|lid|pas|biebpas|bibliotheekpas|bieb"
    r"|burger|aanslag|beschikkings?|aanvraag|melding|meldings?|referentie|debiteur(?:en)?|factuur|patient(?:en)?|patiënt(?:en)?"
    r"|document|paspoort|rijbewijs|id-?kaart|vreemdelingen|registratie|inschrijf|deelnemers?|verzekerden?|contract|incasso"
    r"|cjib|uwv|ind|svb|vonnis|proces|bezwaar|werkmap|toeslag|machtigings?)[ \-]?(?:nummer|nr|no|code|id)?|kenmerk|ref"
    r"|onze referentie|zaaknr|v-?nr|v-?nummer|vnr|dosnr|klnr|pasnr|lidnr|betalingskenmerk|aanslagnr|ziv)\b\.?"
    r"(?P<tussen>[\s:#=.]{0,3}(?:(?:is|van|bij|met|nummer|nr|op|cjib|uwv|duo|svb|ind|gemeente)\b[\s:#.]{0,3}){0,2})"
    r"(?P<code>[A-Za-z]{0,5}[\-./ ]?\d(?:[\-./ ]?[A-Za-z]?\d|[\-./][A-Za-z]{1,3}(?![a-z])){3,20}[A-Za-z]?)"
    r"(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
GEEN_DOSSIER = re.compile(r"^(?:19|20)\d\d(?:[\-/. ](?:19|20)?\d\d)?$")
DATUMVORM = re.compile(r"^\d{1,2}[\-/. ]\d{1,2}[\-/. ](?:\d{4}|\d{2})$")
# Amounts, and telephone numbers of organisations.
OPENBAAR = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+$|0 ?8 ?[058]|0 ?9 ?0|14 ?0)")
AANSLAG = re.compile(r"(?<![\w.])\d{4}[. ]?\d{2}[. ]?\d{3}[. ]?[A-Z][. ]?\d{2}[. ]?\d{0,5}(?!\w)")
# Any other word with "nummer" behind it, and a long number.
ANDER_NUMMER = re.compile(
    r"(?<!\w)(?P<wat>[^\W\d_]{3,20}?)[ \-]?(?:nummer|nr)\b"
    r"[.:]?\s{1,3}(?:is\s)?(?P<code>\d(?:[ \-./]?\d){5,15})(?![\w])",
    re.IGNORECASE,
)
GEEN_PERSOON = re.compile(
    r"(?:bestel|order|artikel|serie|model|type|kvk|tele|tel|foon|bel|isbn|bon|lot|ticket|service|info|nood|product|update|versie|meter|rsin|btw|pagina|trein|vlucht|lijn|apparaat|toestel|onderdeel)",
    re.IGNORECASE,
)
PASNUMMER = re.compile(
    r"(?<!\w)(?:biebpas|pas|lenerspas|bibliotheekpas|zorgpas|lener|kaart)\D{1,14}(\d(?: ?\d){7,15})(?!\w)",
    re.IGNORECASE,
)

CIJFERWOORDEN = ["nul", "een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
CIJFERWOORD = "|".join(
    [
        *CIJFERWOORDEN,
        "tien",
        "elf",
        "twaalf",
        "dubbel",
        r"(?:\w{2,5}[eë]n)?(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig",
        r"\d{1,2}",
    ]
)
UITGESPROKEN = re.compile(
    rf"\b(?:{CIJFERWOORD})\b(?:[\s,\-]+(?:en\s{{1,3}}dan\s{{1,3}})?(?:{CIJFERWOORD})\b){{4,14}}",
    re.IGNORECASE,
)


def _om(tekst: str, begin: int, eind: int, voor: int = 40, na: int = 30) -> str:
    return tekst[max(0, begin - voor) : begin] + " | " + tekst[eind : eind + na]


def telefoon(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Mobile numbers, land lines and numbers from abroad; not the public ones."""
    for reeks in REEKS.finditer(tekst):
        voor = tekst[max(0, reeks.start() - 40) : reeks.start()]
        if EENHEID.match(tekst, reeks.end()) or BEDRAG.search(voor) or DATUMVORM.match(reeks[0]):
            continue
        nummer = cijfers(reeks[0].replace("(0)", "").replace("O", "0").replace("o", "0"))
        if nummer in kaart.nummers:
            continue
        if _is_van_iemand(reeks[0], nummer, voor, kaart):
            yield "telefoon", reeks.start(), reeks.end()
    for gesproken in UITGESPROKEN.finditer(tekst):
        if BELWOORD.search(_om(tekst, *gesproken.span())) or gesproken[0].lower().startswith(
            ("nul zes", "06")
        ):
            yield "telefoon", gesproken.start(), gesproken.end()


def _is_van_iemand(geschreven: str, nummer: str, voor: str, kaart: Kaartwoorden) -> bool:
    if nummer.startswith("00") or (geschreven.startswith("+") and nummer[0] != "0"):
        return _bestaat("+" + nummer.removeprefix("00"))
    if nummer.startswith("06"):
        return 9 <= len(nummer) <= 11
    if nummer.startswith("0"):
        openbaar = nummer.startswith(OPENBARE_REEKSEN)
        mogelijk = len(nummer) == 10 and _bestaat("+31" + nummer[1:])
        return mogelijk and not openbaar and not _van_organisatie(voor, kaart)
    if nummer.startswith("14") and len(nummer) in {5, 6}:
        return False  # the municipality's number
    return _zonder_netnummer(nummer, voor)


def _zonder_netnummer(nummer: str, voor: str) -> bool:
    """A number inside the village, or a mobile one without its nought: only after a word about calling."""
    if not BELWOORD.search(voor) or GEEN_BELNUMMER.search(voor):
        return False
    if len(nummer) == 9:
        return nummer.startswith("6")
    return 6 <= len(nummer) <= 7 and re.search(r"tel|bel|mob|app|thuis", voor, re.IGNORECASE) is not None


def _bestaat(nummer: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(nummer))
    except phonenumbers.NumberParseException:
        return False


def _van_organisatie(voor: str, kaart: Kaartwoorden) -> bool:
    """Whether an organisation is named just before the number: "DUO 050 ..."."""
    deel = " ".join(voor.split()[-3:])
    woorden = ontleed(deel)
    zinnen = any(
        woorden[plek : plek + len(zin)] == zin
        for plek, woord in enumerate(woorden)
        for zin in kaart.zinnen.get(woord, ())
    )
    return zinnen or bool(ORGANISATIE.search(deel))


def elfproef(negen: str) -> bool:
    """The check digit of a BSN."""
    gewichten = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    som = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(negen.zfill(9), gewichten, strict=True))
    return som % 11 == 0 and int(negen) > 0


BSN_REEKS = re.compile(r"(?<![\w.,/+\-])\d(?:[ .\-]{0,2}\d){7,8}(?![\w/]|[.,\-]?\d)")


def bsn(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """A label and eight or nine digits, or nine digits that pass the check and stand where an id is meant."""
    for reeks in BSN_REEKS.finditer(tekst):
        nummer = re.sub(r"\D", "", reeks[0])
        om = _om(tekst, *reeks.span(), voor=60)
        if DATUMVORM.match(reeks[0]):
            continue
        geldig = len(nummer) == 9 and elfproef(nummer) and not GEEN_BELNUMMER.search(om)
        if BSN_WOORD.search(om) or (geldig and BSN_NABIJ.search(om)):
            yield "bsn", reeks.start(), reeks.end()


def iban(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Account numbers: the form of the country, a right check digit, or the old ones with a word before them."""
    for reeks in IBAN.finditer(tekst):
        kaal = re.sub(r"[ .\-]", "", reeks[0]).upper()
        lengte = IBAN_LENGTES.get(kaal[:2])
        if lengte and len(kaal) >= lengte:
            kaal = kaal[:lengte]
            if re.match(r"NL\d\d[A-Z]{4}\d{10}", kaal) or _mod97(kaal):
                yield "iban", reeks.start(), _eind_na(reeks[0], reeks.start(), lengte)
        elif (sum(map(str.isdigit, kaal)) > 9 and _mod97(kaal)) or re.match(r"NL\d\d[A-Z]{4}\d{7}", kaal):
            yield "iban", reeks.start(), reeks.end()
    for rekening in REKENING.finditer(tekst):
        yield "iban", rekening.start(1), rekening.end(1)


def _eind_na(geschreven: str, begin: int, tekens: int) -> int:
    """Where the nth letter or digit of what was written ends."""
    for plek, teken in enumerate(geschreven):
        tekens -= teken.isalnum()
        if tekens == 0:
            return begin + plek + 1
    return begin + len(geschreven)


def _mod97(kaal: str) -> bool:
    return len(kaal) >= 15 and int("".join(str(int(teken, 36)) for teken in kaal[4:] + kaal[:4])) % 97 == 1


def geboortedatum(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """A date with a word about birth, or a whole date too long ago to be an appointment."""
    for datum in DATUM.finditer(tekst):
        dag, maand, jaar = _lees_datum(datum)
        if not _is_dag(dag, maand, jaar):
            continue
        voor = tekst[max(0, datum.start() - 30) : datum.start()]
        if REGEL.search(voor) and not re.search(r"geboortedatum|geb\.? ?dat", voor, re.IGNORECASE):
            continue
        geboorte = GEBOORTE.search(voor) or GEBOORTE.search(tekst, datum.end(), datum.end() + 20)
        lang_geleden = OUDSTE <= jaar <= JONGSTE and not ((dag, maand) in BEVRIJDING and jaar == 1945)
        if geboorte or (lang_geleden and not _stuk(voor)):
            yield "geboortedatum", datum.start(), datum.end()
    for kaal in KALE_DATUM.finditer(tekst):
        d, m, j = kaal[1] or kaal[6], kaal[2] or kaal[5], kaal[3] or kaal[4]
        voor = tekst[max(0, kaal.start() - 22) : kaal.start()]
        if GEBOORTE.search(voor) and not REGEL.search(voor) and _is_dag(int(d), int(m), _eeuw(j)):
            yield "geboortedatum", kaal.start(), kaal.end()


def _stuk(voor: str) -> bool:
    """Whether the date is of a letter, a law or a thing."""
    return bool(
        re.search(
            r"\b(?:brief|factuur|wet|wetten|versie|afgegeven|bouwjaar|sinds|getrouwd|huwelijk)\b[^.]{0,14}$",
            voor,
        )
    )


def _lees_datum(datum: re.Match[str]) -> tuple[int, int, int]:
    if datum["w3"]:
        maanden = ["jan", "feb", "m", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
        woord = datum["w3"].lower()
        maand = next(
            (nr for nr, naam in enumerate(maanden, 1) if woord.startswith(naam) and woord != "mei"), 0
        )
        maand = 5 if woord == "mei" else maand
        return int(datum["d3"]), maand, _eeuw(datum["j3"])
    if datum["j2"]:
        return int(datum["d2"]), int(datum["m2"]), int(datum["j2"])
    return int(datum["d"]), int(datum["m"]), _eeuw(datum["j"])


def _eeuw(jaar: str) -> int:
    """Two digits are of the last century, when that gives a date of birth: 44 is 1944, 25 is 2025."""
    getal = int(jaar)
    return getal if len(jaar) == 4 else (2000 if getal <= 30 else 1900) + getal


def _is_dag(dag: int, maand: int, jaar: int) -> bool:
    try:
        date(jaar, maand, dag)
    except ValueError:
        return False
    return jaar >= OUDSTE


def kenteken(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Dutch plates with their dashes, or in any spelling beside a word about vehicles."""
    for plaat in KENTEKEN.finditer(tekst):
        om = _om(tekst, *plaat.span(), voor=25, na=15)
        vreemd = VREEMDE_LETTERS.search(plaat[0]) or not plaat[0].isupper()
        if VOERTUIG.search(_om(tekst, *plaat.span())) or (not vreemd and not APPARAAT.search(om)):
            yield "kenteken", plaat.start(), plaat.end()
    for plaat in KENTEKEN_LOS.finditer(tekst):
        if VOERTUIG.search(_om(tekst, *plaat.span(), voor=30, na=25)) and not re.match(
            r"\d[\d ]*(?:km|cc|pk)", plaat[0], re.IGNORECASE
        ):
            yield "kenteken", plaat.start(), plaat.end()


def dossier(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Numbers of a case, a client or a card, with the word that says so."""
    for vondst in DOSSIER.finditer(tekst):
        code = vondst["code"].strip(" .-/")
        aantal = sum(teken.isdigit() for teken in code)
        if (
            aantal >= 4
            and not GEEN_DOSSIER.match(code)
            and not OPENBAAR.match(code)
            and not DATUMVORM.match(code)
            and not EENHEID.match(tekst, vondst.end())
        ):
            yield "dossier", vondst.start("code"), vondst.end("code")
    for vondst in ANDER_NUMMER.finditer(tekst):
        if not GEEN_PERSOON.search(vondst["wat"]) and not OPENBAAR.match(vondst["code"]):
            yield "dossier", vondst.start("code"), vondst.end("code")
    for vondst in PASNUMMER.finditer(tekst):
        yield "dossier", vondst.start(1), vondst.end(1)
    for vondst in AANSLAG.finditer(tekst):
        yield "dossier", vondst.start(), vondst.end()
