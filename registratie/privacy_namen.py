"""Names of people, in sentences and in telegram style: lists of names, weighed by the words around them.

A word is a *candidate* when it stands in a list of names or could be a surname. How much context it needs depends on
how ordinary the word is in Dutch: "fatima" needs none, "jan" a capital or a verb, "roos" a title before it.
"""

import re
from collections.abc import Iterator

from registratie.privacy_kaart import Kaartwoorden
from registratie.privacy_ontleden import GEWOON, HALF_GEWOON, HEEL_GEWOON, TUSSEN, Woord, ontleed
from registratie.privacy_woorden import LAAGSTE_TELLING, vouw, woordgroep
from sociale_kaart.models import Taal

Plek = tuple[str, int, int]

MAX_TUSSEN = 6  # particles and initials before a surname
AANSPREEK = woordgroep("aanspreek")
TITELS = woordgroep("titels")
VERWANT = woordgroep("verwant")
TALEN = frozenset(vouw(taal) for taal in Taal.labels) | {"oekraiens", "amhaars", "dari", "urdu", "servisch"}
TALEN |= {f"{taal}e" for taal in TALEN}
ECHT_TUSSEN = woordgroep("echt_tussen")
# After these comes a name, whatever the word.
NOEMEND = re.compile(
    r"(?:\b(?:heet|heette|heten|genaamd|genoemd|namens|t\.?n\.?v\.?|t\.?a\.?v\.?|voornaam|achternaam|roepnaam|naam"
    r"|meisjesnaam|ondertekend door|op naam van|ten name van|gesproken met|gesprek met|sprak met|spreken met"
    r"|belde met|contact met|vraag(?:t|en)? naar|vragen naar|gebeld door|afspraak met|afspr met|gr|groet|groeten"
    r"|groetjes|mvg|afz)\b\.?(?:\s{1,3}(?:is|was|van|voor|client|cliënt|klant|bezoeker|mevr|dhr|mw|kind|dochter"
    r"|zoon|moeder|vader|man|vrouw))*\s{0,3}[:=,\-]?\s{0,3}[\"'(]?)$",
    re.IGNORECASE,
)
# The last word of each of these, to look no further without.
NOEM_WOORDEN = woordgroep("noemen")
# Before a name: to call or tell somebody, or to do something for or with them.
VOORAF = woordgroep("vooraf")
# What somebody does who is named at the beginning.
DOET = woordgroep("doet")


# What is named after somebody: "Anne Frank school".
VERNOEMD = woordgroep("vernoemd")


VERNOEMD_AANEEN = ("school", "straat", "laan", "plein", "college", "park", "kerk", "fonds", "prijs")


def naam(tekst: str, kaart: Kaartwoorden) -> Iterator[Plek]:
    """Where people are named."""
    alle = ontleed(tekst, kaart)
    plek = 0
    while plek < len(alle):
        eind = _naam_vanaf(tekst, alle, plek)
        if eind:
            yield "naam", alle[plek].begin, alle[eind - 1].eind
            plek = eind
        else:
            plek += 1


def _naam_vanaf(tekst: str, alle: list[Woord], plek: int) -> int:
    """The number of the word after the name that begins here; 0 when none does."""
    woord = alle[plek]
    if woord.vast or woord.plat.isdigit():
        return 0
    eind = _na_aanspreek(tekst, alle, plek)
    if not eind:
        eind = (
            _initialen(tekst, alle, plek)
            or _voor_en_achter(tekst, alle, plek)
            or _met_tussenvoegsel(tekst, alle, plek)
            or _los(tekst, alle, plek)
        )
        if eind and _is_vernoemd(alle, plek, eind):
            return 0
    return eind


def _is_vernoemd(alle: list[Woord], plek: int, eind: int) -> bool:
    """ "Anne Frank school", "Anne Frankschool": named after somebody."""
    laatste = [woord.plat for woord in alle[eind - 1 : eind + 1]]
    return laatste[-1] in VERNOEMD or any(woord.endswith(VERNOEMD_AANEEN) for woord in laatste)


def _aaneen(tekst: str, links: Woord, rechts: Woord, tekens: str = r"[\s.]{0,3}") -> bool:
    return re.fullmatch(tekens, tekst[links.eind : rechts.begin]) is not None


def _kern(tekst: str, alle: list[Woord], plek: int) -> tuple[int, bool]:
    """Past particles and initials: the number of the word that must be the surname, and whether there were any."""
    begin = plek
    while (
        plek < len(alle)
        and plek - begin < MAX_TUSSEN
        and (alle[plek].plat in TUSSEN or _is_initiaal(alle[plek]))
    ):
        if plek > begin and not _aaneen(tekst, alle[plek - 1], alle[plek], r"[\s.'/]{0,3}"):
            return len(alle), False
        plek += 1
    if plek > begin and plek < len(alle) and not _aaneen(tekst, alle[plek - 1], alle[plek], r"[\s.'/]{0,3}"):
        return len(alle), False
    return plek, plek > begin


def _is_initiaal(woord: Woord) -> bool:
    return (len(woord.tekst) == 1 and woord.tekst.isupper()) or (
        woord.tekst in {"Th", "Chr", "Ph", "Ij", "IJ", "JP", "JW"}
    )


def _verder(tekst: str, alle: list[Woord], plek: int) -> int:
    """Take the rest of a name along: more names with capitals, particles in between, a last initial."""
    while plek < len(alle):
        kern, tussen = _kern(tekst, alle, plek)
        if not _aaneen(tekst, alle[plek - 1], alle[plek], r"[ \-]{1,2}"):
            break
        volgt = alle[kern] if kern < len(alle) else None
        if volgt and not volgt.vast and _gaat_verder(volgt, tussen and not _is_initiaal(alle[plek])):
            plek = kern + 1
        elif _is_initiaal(alle[plek]) and not volgt:
            return plek + 1
        else:
            break
    return plek


def _gaat_verder(woord: Woord, tussen: bool) -> bool:
    return (woord.hoofdletter and (woord.voornaam or woord.kan_achternaam)) or (tussen and woord.achternaam)


def _na_aanspreek(tekst: str, alle: list[Woord], plek: int) -> int:
    """After "mevr.", "de heer", "zoon", "naam is": how sure one must be depends on the word before."""
    voor = alle[plek - 1] if plek else None
    titel = voor is not None and voor.plat in AANSPREEK and _aaneen(tekst, voor, alle[plek], r"[\s.:]{0,3}")
    rang = voor is not None and voor.plat in TITELS and _aaneen(tekst, voor, alle[plek])
    verwant = voor is not None and voor.plat in VERWANT and _aaneen(tekst, voor, alle[plek], r"[\s(,]{1,2}")
    genoemd = any(eerder.plat in NOEM_WOORDEN for eerder in alle[max(0, plek - 4) : plek]) and bool(
        NOEMEND.search(tekst[max(0, alle[plek].begin - 60) : alle[plek].begin])
    )
    if not (titel or rang or verwant or genoemd):
        return 0
    kern, tussen = _kern(tekst, alle, plek)
    if kern >= len(alle) or alle[kern].vast or len(alle[kern].plat) < 2:
        return 0
    woord = alle[kern]
    if titel:
        is_naam = _naam_na_titel(woord, tussen, kern + 1 < len(alle) and alle[kern + 1].plat in DOET)
    elif rang:
        is_naam = (
            not woord.gewoon
            and (woord.hoofdletter or woord.hier)
            and (woord.voornaam or woord.kan_achternaam)
        )
    elif genoemd:
        is_naam = _naam_na_noemend(woord, tussen)
    else:
        is_naam = _naam_na_verwant(woord, tussen)
    return _verder(tekst, alle, kern + 1) if is_naam else 0


def _naam_na_titel(woord: Woord, tussen: bool, doet: bool) -> bool:
    kan = woord.kan_achternaam or woord.na_tussen or woord.naamachtig
    if tussen:
        return woord.achternaam or woord.na_tussen or (woord.hoofdletter and kan)
    if woord.hoofdletter:
        if woord.plat in TALEN or woord.plat in DOET:
            return False
        if doet and not woord.samenstelling and woord.telling < HEEL_GEWOON:
            return True  # "mevr. Blij komt morgen"
        gewoon = woord.gewoon and not (woord.achternaam or woord.na_tussen)
        return (woord.voornaam or kan) and not gewoon and woord.telling < HEEL_GEWOON
    if woord.achternaam or woord.hier:
        return woord.telling < HALF_GEWOON * 4
    return (woord.onbekend and len(woord.plat) > 3) or (woord.zeldzaam and doet)


def _naam_na_noemend(woord: Woord, tussen: bool) -> bool:
    if woord.hoofdletter:
        return (woord.voornaam or woord.kan_achternaam) and woord.telling < HEEL_GEWOON
    if tussen:
        return woord.achternaam and not woord.gewoon
    return (woord.hier and woord.telling < GEWOON) or (woord.achternaam and woord.telling <= LAAGSTE_TELLING)


def _naam_na_verwant(woord: Woord, tussen: bool) -> bool:
    if woord.plat in TALEN:
        return False
    if woord.hoofdletter and tussen:
        return woord.kan_achternaam or woord.na_tussen
    if woord.hoofdletter:
        return (woord.hier or woord.achternaam or woord.onbekend or woord.zeldzaam) and not woord.gewoon
    return woord.hier and woord.telling < HALF_GEWOON * 2 and not tussen


def _initialen(tekst: str, alle: list[Woord], plek: int) -> int:
    """ "J. de Vries", "M. Öztürk": initials with a point and a surname."""
    eerste = alle[plek]
    if len(eerste.tekst) > 2 or tekst[eerste.eind : eerste.eind + 1] != ".":
        return 0
    if not _is_initiaal(eerste):
        return _kleine_initiaal(tekst, alle, plek)
    kern, _ = _kern(tekst, alle, plek)
    if kern >= len(alle) or kern - plek > 6:
        return 0
    woord = alle[kern]
    is_naam = woord.tekst[0].isupper() and len(woord.plat) > 2 and not woord.vast and not woord.gewoon
    return _verder(tekst, alle, kern + 1) if is_naam and (woord.voornaam or woord.kan_achternaam) else 0


def _kleine_initiaal(tekst: str, alle: list[Woord], plek: int) -> int:
    """ "j. bouwman": only before a surname out of the list."""
    kern, tussen = _kern(tekst, alle, plek + 1)
    if kern >= len(alle) or len(alle[plek].tekst) > 1 or tekst[: alle[plek].begin].endswith("."):
        return 0
    achter = alle[kern]
    bekend = achter.achternaam or (tussen and achter.na_tussen)
    goed = (
        bekend
        and not achter.vast
        and achter.telling < (GEWOON if tussen else HALF_GEWOON)
        and len(achter.plat) > 3
    )
    return kern + 1 if goed and _aaneen(tekst, alle[plek], alle[plek + 1]) else 0


def _voor_en_achter(tekst: str, alle: list[Woord], plek: int) -> int:
    """A first name and a surname, or a first name and an initial."""
    voor = alle[plek]
    if not voor.voornaam or plek + 1 >= len(alle) or not _aaneen(tekst, voor, alle[plek + 1], r"[ \-]{1,2}"):
        return 0
    kern, tussen = _kern(tekst, alle, plek + 1)
    if kern >= len(alle):
        laatste = alle[plek + 1]
        return plek + 2 if voor.hoofdletter and _is_initiaal(laatste) and not voor.gewoon else 0
    achter = alle[kern]
    if achter.vast or len(achter.plat) < 3:
        return 0
    if voor.hoofdletter and achter.hoofdletter:
        zeker = not voor.gewoon or achter.achternaam
        is_naam = zeker and (achter.voornaam or achter.kan_achternaam) and (tussen or not achter.gewoon)
        is_naam = is_naam and (voor.telling <= LAAGSTE_TELLING or achter.achternaam or achter.hier)
        is_naam = is_naam and (voor.hier or achter.achternaam or achter.voornaam)
    else:
        zelden = voor.telling <= HALF_GEWOON * 2 or (tussen and not voor.gewoon and voor.plat not in VOORAF)
        is_naam = voor.hier and achter.achternaam and zelden and (tussen or achter.telling <= HALF_GEWOON)
        is_naam = is_naam and voor.plat not in VOORAF
    return _verder(tekst, alle, kern + 1) if is_naam else 0


def _met_tussenvoegsel(tekst: str, alle: list[Woord], plek: int) -> int:
    """ "van der Meulen", "v.d. Berg", "El Idrissi": a surname that its particles give away."""
    if alle[plek].plat not in ECHT_TUSSEN:
        return 0
    kern, _ = _kern(tekst, alle, plek)
    if kern >= len(alle) or not alle[kern].hoofdletter or alle[kern].vast:
        return 0
    woord, delen = alle[kern], [deel.plat for deel in alle[plek:kern]]
    dubbel = (
        len(delen) > 1 and delen[0] in {"van", "v", "op", "in"} and delen[-1] in {"der", "den", "d", "de"}
    )
    kort = delen[0] in {"vd", "vdr", "v", "ter", "el"} and len(woord.plat) > 2
    if delen in (["de"], ["van"]):
        zeker = (
            alle[plek].hoofdletter
            and not woord.gewoon
            and kern + 1 < len(alle)
            and alle[kern + 1].plat in DOET
        )
        return kern + 1 if zeker and woord.achternaam and woord.telling <= HALF_GEWOON else 0
    if delen[-1] == "de" and (woord.telling > LAAGSTE_TELLING or woord.plat.endswith("se")):
        return 0  # "van de Nederlandse Spoorwegen"
    return kern + 1 if (dubbel or kort) and (woord.achternaam or woord.voornaam or woord.uitgang) else 0


def _los(tekst: str, alle: list[Woord], plek: int) -> int:
    """A first name or a telling surname on its own."""
    woord = alle[plek]
    if len(woord.plat) < 3 or woord.bekend:
        return 0
    if not woord.hier and not woord.hoofdletter:
        return 0
    voor = alle[plek - 1].plat if plek and _aaneen(tekst, alle[plek - 1], woord, r"\s{1,2}") else ""
    na = (
        alle[plek + 1].plat
        if plek + 1 < len(alle) and _aaneen(tekst, woord, alle[plek + 1], r"\s{1,2}")
        else ""
    )
    if woord.hier and _voornaam_los(woord, voor, na):
        return _verder(tekst, alle, plek + 1)
    if woord.hoofdletter and woord.uitgang and woord.telling <= LAAGSTE_TELLING:
        return plek + 1
    bekend = woord.achternaam and woord.telling == 0 and woord.hoofdletter and len(woord.plat) > 4
    return plek + 1 if bekend and (voor in VOORAF or na in DOET) else 0


def _voornaam_los(woord: Woord, voor: str, na: str) -> bool:
    if woord.telling <= LAAGSTE_TELLING:
        if len(woord.plat) > 4 or woord.hoofdletter:
            return (
                woord.hoofdletter
                or woord.telling == LAAGSTE_TELLING
                or voor in VOORAF
                or na in DOET
                or len(woord.plat) > 5
            )
        return voor in VOORAF or na in DOET
    if woord.gewoon:
        return False
    if woord.hoofdletter:
        midden = not woord.eerste and (woord.telling <= HALF_GEWOON or voor in VOORAF - {"en", "of"})
        return midden or na in DOET
    zinsdeel = (
        voor in {"bel", "app", "mail", "vraag", "met"}
        or na in {"belt", "komt"}
        or (woord.eerste and na in DOET)
    )
    return woord.telling <= HALF_GEWOON and zinsdeel
