"""Where somebody can be found: mail addresses, street addresses, accounts and handles.

Every finder takes a text that `privacy.vlak` has flattened and gives (soort, begin, eind).
"""

import re
from collections.abc import Iterator

from registratie.privacy_kaart import Kaartwoorden, ontleed
from registratie.privacy_woorden import LAAGSTE_TELLING, namen, vouw, woorden, woordgroep

Plek = tuple[str, int, int]

GRATIS = (
    r"(?:gmail|googlemail|g-mail|hotmail|outlook|live|msn|ziggo|kpn|kpnmail|kpnplanet|planet|home|xs4all|hetnet|icloud|me|mac"
    r"|yahoo|telfort|upcmail|casema|zonnet|solcon|tele2|quicknet|chello|proton|protonmail|gmx|web|wp|onet|o2|interia|mail|ukr"
    r"|yandex|abv|wxs|lijbrandt|caiway|online|freedom|t-mobile|vodafone|versatel|filternet)"
)
TLD = r"(?:nl|com|org|net|be|de|eu|info|pl|ua|tr|bg|ro|fr|me|frl|example|co|uk|ru|edu|gov|nu|test)"
PUNT = r"(?:\s?\.\s?|\s?[(\[]?\b(?:punt|dot|point)\b[)\]]?\s?)"
APENSTAART = (
    r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|a|@|apen?staart(?:je)?)\s?[)\]}>]\s?"
    r"|[\s_]{1,3}(?:at|apen?staart(?:je)?)[\s_]{1,3})"
)
MAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
MAIL_VERHULD = re.compile(
    rf"{APENSTAART}(?:[\w\-]{{1,40}}(?:{PUNT}[\w\-]{{2,30}}){{0,2}}{PUNT}{TLD}\b|{GRATIS}\b(?:[\s.]{{1,2}}{TLD}\b)?)",
    re.IGNORECASE,
)
VOOR_APENSTAART = re.compile(r"[\w.+\-]{1,64}(?:\s(?:punt|dot)\s[\w\-]{1,30}){0,3}$", re.IGNORECASE)
MAIL_ZONDER = re.compile(rf"(?<!\S)([\w.\-]{{3,64}})\s{{1,3}}(?:bij\s)?{GRATIS}\.{TLD}\b", re.IGNORECASE)
ALGEMEEN = re.compile(
    r"^(?:info|contact|klantenservice|klantcontact|administratie|secretariaat|balie|receptie|gemeente|post|postbus|support"
    r"|helpdesk|service|servicedesk|bezwaar|inschrijv\w*|aanmeld\w*|no-?reply|redactie|bestuur|welkom|hallo|infopunt|bibliotheek"
    r"|bieb|mail|wmo|team\w*|taalhuis|taalpunt|digicafe|zorg\w*|hulp\w*|vrijwilligers\w*|cursus\w*|afspra\w*|meldpunt|loket"
    r"|privacy|facturen|factuur|factuuradministratie|boekhouding|kantoor|leden\w*|voorzitter|secretaris|penningmeester|verhuur"
    r"|jeugd\w*|wijkteam\w*|sociaalteam|samenwonen|griffie|burgerzaken|belasting\w*|schuld\w*|werk\w*|intake|verkoop|sales)$"
)

SOORT_STRAAT = (
    r"(?:straat|str\.|str|straatje|laan|lane|weg|wegje|plein|pleintje|hof|hofje|dijk|kade|kd|pad|paadje|steeg|gracht|singel"
    r"|plantsoen|dreef|allee|markt|park|kamp|kampen|esch|es|erf|horst|brink|ring|wal|veld|akker|akkers|gaarde|kring|baan"
    r"|kolk|burg|weide|weiden|meen|meent|poort|hoek|zoom|brug|beek|ven|wijk|berg|land|landen|slag|stede|dam|oever|eng|enk"
    r"|ln|mate|maten|goorn|bongerd|bogerd|boomgaard|heide|hei|molen|kerkhof|mars|stouwe|ruiten|wetering|hout|bosch|tuin"
    r"|kanaal|vaart|sluis)(?:\s(?:west|oost|noord|zuid))?"
)
NUMMER = (
    r"(?:huis\s?nr\.?|huisnummer|nr\.?|nummer|no\.?|,)?\s?\d{1,4}"
    r"(?:\s?-?\s?(?:[a-h]|bis|hs|[IV]{1,3})|-\d{1,3})?(?![\w]|[.,:\-/]\d|\s?%)"
)
STRAAT = re.compile(rf"{SOORT_STRAAT}(?P<nr>\.?\s{{1,2}}{NUMMER})", re.IGNORECASE)
BEGIN_STRAAT = re.compile(r"[^\W\d_][^\W\d_.]*(?:['\-][^\W\d_]+){0,2}$")
STERK = re.compile(
    r"(?:straat|str\.?|straatje|laan|plein|steeg|gracht|singel|plantsoen|kade|dreef|dijk|allee|hof|weg|pad|wegje|brink)$",
    re.IGNORECASE,
)
# Words that end like a street and are none.
GEEN_STRAAT = woordgroep("geen_straat")
NA_AANTAL = re.compile(
    r"\s{0,3}(?:min|minuten|uur|uren|km|meter|m2|euro|eur|jaar|jr|dagen|dgn|weken|wkn|wk|maanden|mnd|x|keer|personen|stuks|kinderen|mensen"
    r"|bezoekers|vragen|plekken|plaatsen|deelnemers|gb|boeken|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december|jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec|graden|procent|pers|blz|lessen|ochtenden|middagen|avonden)\b",
    re.IGNORECASE,
)
GEEN_HUIS = re.compile(
    r"\b(?:route|wandelroute|fietsroute|lijn|bus|buslijn|kamer|zaal|perron|spoor|bijlage|formulier|kaart)\b[^.]{0,8}$",
    re.IGNORECASE,
)
WOONT = re.compile(
    r"\b(?:woont|wonen|woon|wonend|woonachtig|woonde|adres|thuisadres|huisadres|verhuisd|verhuist|verhuisde|verhuizen|verhuizing"
    r"|ingeschreven|bezorgen|thuis|woning|huis|huurhuis|flat|appartement|kamer op)\b"
    r"(?:\s{1,3}(?:is|nu|naar|op|aan|in|de|het|van|per|bij|mevr?|mw|dhr))*\s{0,3}:?\s{0,3}"
    r"(?P<plek>(?:(?:de|het|'t|den|aan|van|der)\s)*[A-Z][\w'\-]{1,30}(?:\s(?:de|van|der|den|het)?\s?[A-Z][\w'\-]{1,30}){0,2}\s(?:nr\.?\s?)?\d{1,4}"
    r"\s?[a-hA-H]?)(?![\w]|[.,:\-/]\d)"
)
IS_ADRES = re.compile(
    r"(?P<plek>(?<!\w)(?:(?:[Dd]e|[Hh]et|'t) )?[A-Z][\w'\-]{1,30}(?: [A-Z][\w'\-]{1,30})? \d{1,4} ?[a-hA-H]?)"
    r"(?= (?:is|=|als|wordt) "
    r"(?:(?:het|haar|zijn|hun|nu|een|mijn|dit|juiste|goede|oude|nieuwe?)\s){0,3}(?:woon|post|thuis)?adres)"
)
POSTCODE = re.compile(r"(?<![\w.,\-/€])(?P<cijfers>[1-9]\d{3})\s?(?P<letters>[A-Za-z]{2})(?![\w])")
GEEN_LETTERS = woordgroep("geen_letters")
POSTWOORD = re.compile(r"\b(?:postcode|pc|postc|adres|woont|huisnr|huisnummer|nr)\b", re.IGNORECASE)
HUISNUMMER = re.compile(
    r"\s{0,2}[,;/\-]?\s{0,2}(?:huis\s?nr\.?|huisnummer|nr\.?|nummer|nmr)?\s?\d{1,4}\s?[a-z]?\b(?![.,:/]\d)",
    re.IGNORECASE,
)
OPENBAAR_ADRES = re.compile(
    r"\b(?:postbus|antwoordnummer|antwnr|bezoekadres|gemeentehuis|bibliotheek)\b", re.IGNORECASE
)

APENAAM = re.compile(r"(?<![\w.@])@(?P<naam>[A-Za-z_][\w.]{2,40})")
KANAAL = re.compile(
    r"\b(?P<kanaal>insta|instagram|ig|fb|facebook|face|messenger|snap|snapchat|tiktok|telegram|skype|skypenaam|twitter|linkedin|discord"
    r"|signal|vinted|marktplaats|youtube)\b"
    r"(?P<tussen>\s{0,3}(?:naam|account|profiel|gebruikersnaam|id|naam is)?\s{0,3}"
    r"(?P<teken>[:=@]|is|als|onder|heet)?\s{0,3})"
    r"@?(?P<naam>[A-Za-z][\w.\-]{2,40})",
    re.IGNORECASE,
)
INLOG = re.compile(
    r"\b(?:inlognaam|inlognm|inlog|inloggen|login|loginnaam|login naam|gebruikersnaam|gebr\.? ?naam|gebruiker|username"
    r"|gebruikersnm|user|usernaam|accountnaam|account|wachtwoord|wachtw|ww|password|pincode|pin|toegangscode|nickname"
    r"|schermnaam|apple ?id|profielnaam)\b",
    re.IGNORECASE,
)
# Between "inlognaam" and the name itself; one other word may stand there as well.
NA_INLOG = re.compile(
    r"\s{0,3}(?:(?:is|voor|van|bij|met|als|de|het|mijn|nu|om|in|te|digid|bank|mail)\b|[:=])?\s{0,3}"
)
STUK = re.compile(r"[^\s,;:=()]{2,40}")
PROFIEL = re.compile(
    r"\b(?:facebook|instagram|linkedin|tiktok|twitter|x|snapchat|t)\.(?:com|me)/(?:in/|@|add/)?(?P<naam>[\w.\-]{3,60})",
    re.IGNORECASE,
)
NAAM_EN_JAAR = re.compile(
    r"(?<![\w@.])(?P<naam>[a-z]{3,20})[._]?(?:19|20)\d\d[a-z]{0,4}(?![\w@])", re.IGNORECASE
)


def email(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Mail addresses, also spelled out; not the general ones of organisations."""
    for adres in MAIL.finditer(tekst):
        if not _is_algemeen(adres[0].rstrip("."), kaart):
            yield "email", adres.start(), adres.end()
    for adres in MAIL_VERHULD.finditer(tekst):
        begin = max(0, adres.start() - 80)
        voor = VOOR_APENSTAART.search(tekst[begin : adres.start()])
        if voor and not MAIL.match(tekst, begin + voor.start()):
            yield "email", begin + voor.start(), adres.end()
    for adres in MAIL_ZONDER.finditer(tekst):
        if re.search(r"[\d._]", adres[1]):
            yield "email", adres.start(), adres.end()


def _is_algemeen(adres: str, kaart: Kaartwoorden) -> bool:
    naam, _, domein = adres.lower().partition("@")
    gratis = re.match(rf"{GRATIS}\.", domein)
    return adres.lower() in kaart.mail or (not gratis and bool(ALGEMEEN.match(naam)))


def adres(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Street and house number, or postcode and house number; not the buildings of the map."""
    for straat in STRAAT.finditer(tekst):
        vanaf = max(0, straat.start() - 40)
        if (voor := BEGIN_STRAAT.search(tekst[vanaf : straat.start()])) and _is_straat(
            tekst, vanaf + voor.start(), straat, kaart
        ):
            yield "adres", vanaf + voor.start(), straat.end()
    for woning in [*WOONT.finditer(tekst), *IS_ADRES.finditer(tekst)]:
        if not NA_AANTAL.match(tekst, woning.end()) and not _op_kaart(woning["plek"], kaart):
            yield "adres", woning.start("plek"), woning.end("plek")
    for code in POSTCODE.finditer(tekst):
        if _is_postcode(tekst, code):
            huisnummer = HUISNUMMER.match(tekst, code.end())
            yield "adres", code.start(), huisnummer.end() if huisnummer else code.end()


def _is_straat(tekst: str, begin: int, straat: re.Match[str], kaart: Kaartwoorden) -> bool:
    naam, voor = tekst[begin : straat.start("nr")], tekst[max(0, begin - 30) : begin]
    geheel = tekst[begin : straat.end()]
    if vouw(naam) in GEEN_STRAAT or NA_AANTAL.match(tekst, straat.end()) or _op_kaart(geheel, kaart):
        return False
    if GEEN_HUIS.search(voor) or GEEN_HUIS.search(naam):
        return False
    if STERK.search(naam) and len(naam) > 5:
        return True
    eerste = voor.rstrip()[-1:] in ("", ".", "!", "?")
    return naam[0].isupper() and len(naam) > 4 and not eerste and vouw(naam) not in kaart.losse


def _op_kaart(plek: str, kaart: Kaartwoorden) -> bool:
    woorden = " ".join(ontleed(plek))
    return any(adres.startswith(woorden) for adres in kaart.adressen)


def _is_postcode(tekst: str, code: re.Match[str]) -> bool:
    voor = tekst[max(0, code.start() - 30) : code.start()]
    if OPENBAAR_ADRES.search(voor) or code["letters"].lower() in GEEN_LETTERS:
        return False
    if code["letters"].isupper() and not tekst.isupper():
        return True
    huisnummer = HUISNUMMER.match(tekst, code.end())
    jaartal = code["cijfers"].startswith(("19", "20"))
    return bool(POSTWOORD.search(voor) or (huisnummer and (not jaartal or POSTWOORD.search(huisnummer[0]))))


def social(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Handles, profile pages and log-in names."""
    for handle in APENAAM.finditer(tekst):
        gewoon = woorden().telling(vouw(handle["naam"])) > LAAGSTE_TELLING
        if not gewoon and not _is_openbaar(handle["naam"], kaart):
            yield "social", handle.start(), handle.end()
    for handle in PROFIEL.finditer(tekst):
        if not _is_openbaar(handle["naam"], kaart):
            yield "social", handle.start(), handle.end()
    for handle in KANAAL.finditer(tekst):
        naam = handle["naam"]
        eigen = _lijkt_handle(naam) or (handle["teken"] in {":", "=", "@"} and len(naam) > 3)
        if eigen and not _is_openbaar(naam, kaart):
            yield "social", handle.start("naam"), handle.end("naam")
    for inlog in INLOG.finditer(tekst):
        if plek := _na_inlog(tekst, inlog.end()):
            yield "social", *plek
    for handle in NAAM_EN_JAAR.finditer(tekst):
        if vouw(handle["naam"]) in namen().hier and vouw(handle["naam"]) not in kaart.losse:
            yield "social", handle.start(), handle.end()


def _na_inlog(tekst: str, begin: int) -> tuple[int, int] | None:
    """Where the name after "inlognaam" stands: the first or second word that looks like one."""
    for _ in range(3):
        begin = tussen.end() if (tussen := NA_INLOG.match(tekst, begin)) else begin
    for _ in range(2):
        stuk = STUK.match(tekst, begin)
        if stuk is None:
            return None
        if _lijkt_handle(stuk[0].rstrip(".!?")) and len(stuk[0]) > 3:
            return stuk.span()
        begin = stuk.end()
        while begin < len(tekst) and tekst[begin] in " :=":
            begin += 1
    return None


def _lijkt_handle(naam: str) -> bool:
    """Letters mixed with digits, points or underscores: no ordinary word."""
    letters = any(teken.isalpha() for teken in naam)
    gemengd = any(teken.isdigit() or teken == "_" for teken in naam) or re.search(r"\w\.\w", naam) is not None
    site = re.search(rf"\.{TLD}$", naam, re.IGNORECASE)
    return letters and gemengd and not site and not re.match(r"^\d+(?:e|x|de|ste|uur)$", naam)


def _is_openbaar(naam: str, kaart: Kaartwoorden) -> bool:
    """Whether it is the handle of an organisation: made of words of the map."""
    plat = vouw(naam).replace("_", "").replace(".", "")
    aaneen = {"".join(zin) for rij in kaart.zinnen.values() for zin in rij}
    return plat in aaneen or plat in kaart.losse
