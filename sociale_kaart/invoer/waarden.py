"""Reading single values as the world writes them: loose where it can be, None where it cannot. Texts become plain."""

import html
import re
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from sociale_kaart.invoer.keuren import (
    keur_email,
    keur_telefoon,
    keur_website,
    zonder_stuurtekens,
)
from sociale_kaart.models import Taal

_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|b|strong|i|em|u|a|div|span|h[1-6]|table|tbody|thead|tr|td|th|font|hr|img|blockquote|pre|small"
    r"|sup|sub|center|section|article|script|style|iframe|o:p)\b[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_ONZICHTBAAR = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOK = re.compile(r"<(?:br|/p|/div|/h[1-6]|/tr|/li|li|/ul|/ol)\b[^<>]*>", re.IGNORECASE)
_ENTITEIT = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_TIJD = re.compile(
    r"(?P<uur>\d{1,2})(?:\s*[:.hu]\s*(?P<minuut>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?\s*m\.?)?"
    r"\s*(?:uur|u|h|hrs?|o'clock)?\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_TIJDWOORDEN = {"noon": time(12), "midday": time(12), "midnight": time(0), "middernacht": time(0)}
_DATUMS = ("%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
_NUMMER = re.compile(r"\+?\(?\d[\d ()./\-–]*\d")
_MAIL = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+\.[^\s<>,;:\"()]+")
_WEB = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")
WAAR = frozenset({"true", "yes", "ja", "j", "y", "1", "x", "waar", "t"})

TALEN = {
    Taal.NEDERLANDS: "dutch nederlands nld dut flemish vlaams",
    Taal.ENGELS: "english engels eng",
    Taal.DUITS: "german duits deu ger deutsch",
    Taal.FRANS: "french frans fra fre",
    Taal.SPAANS: "spanish spaans spa español",
    Taal.POOLS: "polish pools pol polski",
    Taal.TURKS: "turkish turks tur",
    Taal.ARABISCH: "arabic arabisch ara",
    Taal.TIGRINYA: "tigrinya tigrigna tir",
    Taal.FARSI: "farsi persian perzisch fas per dari",
    Taal.OEKRAIENS: "ukrainian oekraïens oekraiens ukr",
    Taal.RUSSISCH: "russian russisch rus",
    Taal.BULGAARS: "bulgarian bulgaars bul",
    Taal.ROEMEENS: "romanian roemeens ron rum",
    Taal.SOMALISCH: "somali somalisch som",
    Taal.KOERDISCH: "kurdish koerdisch kur ckb kmr sorani kurmanji",
    Taal.BERBERS: "berber berbers tamazight zgh rif",
    Taal.CHINEES: "chinese chinees zho chi mandarin cantonese cmn yue",
    Taal.FRIES: "frisian fries fry",
    Taal.GEBARENTAAL: "ngt dse gebarentaal",
}
_TAAL = {woord: taal.value for taal, woorden in TALEN.items() for woord in [taal.value, *woorden.split()]}


def platte_tekst(ruw: str) -> str:
    """A text of several lines without tags, entities and control characters; what is no markup stays as it is."""
    tekst = zonder_stuurtekens(ruw.replace("\r\n", "\n").replace("\r", "\n"))
    for _ in range(2):  # entities are often escaped twice
        if not _ENTITEIT.search(tekst):
            break
        tekst = zonder_stuurtekens(_ENTITEIT.sub(lambda gevonden: html.unescape(gevonden[0]), tekst))
    if _TAG.search(tekst):
        tekst = _TAG.sub("", _BLOK.sub("\n", _ONZICHTBAAR.sub("", tekst)))
        tekst = "\n".join(" ".join(regel.split()) for regel in tekst.split("\n"))
        tekst = re.sub(r"\n{3,}", "\n\n", tekst)
    return tekst.replace("\xa0", " ").strip()


def regel(ruw: str) -> str:
    """The same on one line."""
    return re.sub(r"\s*[\n\r\t]\s*", " ", platte_tekst(ruw)).strip()


def telefoon(ruw: str) -> str | None:
    """The first telephone number in a text; None when there is none."""
    tekst = regel(ruw).strip("\"' ")
    for kandidaat in [tekst, *_NUMMER.findall(tekst)]:
        nummer = kandidaat.strip()
        try:
            keur_telefoon(nummer)
        except ValidationError:
            nummer = " ".join(re.sub(r"[()–]", " ", nummer).split())
            try:
                keur_telefoon(nummer)
            except ValidationError:
                continue
        return nummer if len(nummer) <= 40 else None
    return None


def email(ruw: str) -> str | None:
    """The first mail address in a text."""
    tekst = regel(ruw).removeprefix("mailto:")
    for kandidaat in [tekst, *(gevonden.rstrip(".") for gevonden in _MAIL.findall(tekst))]:
        try:
            keur_email(kandidaat)
        except ValidationError:
            continue
        if len(kandidaat) <= 254:
            return kandidaat
    return None


def website(ruw: str, maximum: int = 300) -> str | None:
    """A web address; one without "https://" gets it."""
    tekst = regel(ruw)
    if "://" not in tekst and _WEB.fullmatch(tekst):
        tekst = f"https://{tekst}"
    try:
        keur_website(tekst)
        urlsplit(tekst)
    except (ValidationError, ValueError):
        return None
    return tekst if len(tekst) <= maximum else None


def tijd(ruw: str) -> time | None:
    """ "8:30AM", "8.30 uur", "17:00:00Z", "0900", "noon". The clock on the wall: a time zone behind it is left out."""
    tekst = ruw.strip().lower()
    if tekst in _TIJDWOORDEN:
        return _TIJDWOORDEN[tekst]
    if re.fullmatch(r"\d{4}", tekst):
        tekst = f"{tekst[:2]}:{tekst[2:]}"
    gevonden = _TIJD.fullmatch(tekst.split("t", 1)[1] if re.match(r"\d{4}-\d\d-\d\dt", tekst) else tekst)
    if gevonden is None:
        return None
    uur, minuut = int(gevonden["uur"]), int(gevonden["minuut"] or 0)
    if gevonden["half"]:
        if not 1 <= uur <= 12:
            return None
        uur = uur % 12 + (12 if gevonden["half"][0] == "p" else 0)
    if uur == 24 and minuut == 0:
        uur = 0
    return time(uur, minuut) if uur < 24 and minuut < 60 else None


def dag(ruw: str) -> date | None:
    """A date, also with a time behind it; day before month, as here."""
    tekst = re.split(r"[T ]", ruw.strip(), maxsplit=1)[0]
    for vorm in _DATUMS:
        try:
            return datetime.strptime(tekst, vorm).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None


def taal(ruw: str) -> str | None:
    """A language by its code (two or three letters, "nl-NL") or its name in Dutch or English."""
    tekst = regel(ruw).casefold()
    woorden = re.split(r"[^\w]+", tekst)
    return _TAAL.get(tekst) or (_TAAL.get(woorden[0]) if woorden else None)


def talen(ruw: str) -> tuple[list[str], list[str]]:
    """The languages in an enumeration, and the words that are none."""
    woorden = [woord for deel in re.split(r"[,;/|\n]| en | and | & ", ruw) if (woord := deel.strip())]
    bekend = [(woord, taal(woord)) for woord in woorden]
    return [code for _, code in bekend if code], [woord for woord, code in bekend if not code]


def getal(ruw: str) -> float | None:
    try:
        waarde = float(ruw.strip().replace(",", "."))
    except ValueError:
        return None
    return waarde if abs(waarde) < 1e9 else None
