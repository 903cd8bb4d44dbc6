"""Dutch words brought back to their stem, by own rules: PostgreSQL's `dutch` differs between its versions.

Light on purpose: plurals, verb endings, adjectives and diminutives. `les` and `lees` stay apart, and so do `kop` and
`koop`: the spelling of long vowels is undone the way it was made.
"""

import re
from functools import lru_cache

# Forms that no rule brings back: base first.
ONREGELMATIG = """
ben was waren geweest; dag dagen; weg wegen; lid leden; stad steden; schip schepen; kind kinderen kids; ei eieren
lied liederen; blad bladeren; oom ooms; mens mensen; oog ogen; been benen; glas glazen; dak daken; pad paden
ga gaat gaan ging gingen gegaan; sta staat staan stond gestaan; doe doet doen deed gedaan; zie ziet zien zag gezien
sla slaat slaan sloeg sloegen geslagen; val valt vallen viel vielen gevallen; drink drinkt drinken dronk gedronken
verlies verliest verliezen verloor verloren; sterf sterft sterven stierf gestorven; lees leest lezen las gelezen
schrijf schrijft schrijven schreef geschreven; rijd rijdt rijden rij reed gereden; loop loopt lopen liep gelopen
slaap slaapt slapen sliep geslapen; eet eten at gegeten; help helpt helpen hielp geholpen
koop koopt kopen kocht gekocht; breng brengt brengen bracht gebracht; denk denkt denken dacht gedacht
zoek zoekt zoeken zocht gezocht; spreek spreekt spreken sprak gesproken; breek breekt breken brak gebroken
steel steelt stelen stal gestolen; vraag vraagt vragen vroeg gevraagd; draag draagt dragen droeg gedragen
zit zitten zat zaten gezeten; lig ligt liggen lag lagen gelegen; vind vindt vinden vond gevonden
verhuis verhuist verhuizen verhuisde verhuisd; scheid scheidt scheiden scheidde gescheiden scheiding
ontsla ontslaat ontslaan ontslagen ontslag; pest pesten gepest pestte; betaal betaalt betalen betaalde betaald
overlijd overlijdt overlijden overleed overleden; vergeet vergeten vergat; huil huilt huilen huilde gehuild
mishandel mishandelt mishandelen mishandeld; schrik schrikt schrikken schrok geschrokken; bel belt bellen belde gebeld
kijk kijkt kijken keek gekeken; krijg krijgt krijgen kreeg gekregen; schaam schaamt schamen schaamde
trouw trouwt trouwen trouwde getrouwd; werk werkt werken werkte gewerkt; woon woont wonen woonde gewoond
leer leert leren leerde geleerd; stop stopt stoppen stopte gestopt; rook rookt roken rookte gerookt
gebruik gebruikt gebruiken gebruikte; bijt bijten beet gebeten; buig buigt buigen boog gebogen
raak raakt raken raakte geraakt; bedrieg bedriegt bedriegen bedroog bedrogen; scheld scheldt schelden schold
zwijg zwijgt zwijgen zweeg; zing zingt zingen zong gezongen; zwem zwemt zwemmen zwom gezwommen
kook kookt koken kookte gekookt; maak maakt maken maakte gemaakt; herstel herstelt herstellen hersteld
erf erft erven erfde geerfd; leen leent lenen leende geleend; spaar spaart sparen spaarde gespaard
cafe cafes; verslaaf verslaafd verslaafde verslaafden; blind blinde blinden; doof dove doven; dood dode doden
"""
# What ends in -t without being a verb.
OP_T = frozenset(
    """
    kaart taart buurt soort poort paspoort maart kwart hart start feest geest beest tekort fiets lift gift helft markt
    bult inkomst dienst krant kant tent punt rent agent patient client student talent docent
    """.split()  # noqa: SIM905 - a list of words to read, not of quotes
)
GROEPEN = re.compile(r"[aeiouy]+")
VERKLEIN = re.compile(
    r"(?:(?<=ng|ll|nn|rr|bb|gg|mm|kk)etje|(?<=el|en|er|uw|ui|ei)tje|(?<=m)pje|(?<=[a-z]{3})je)s?$"
)
MEERVOUD_S = re.compile(r"(?:(?<=..e[lmnr])|(?<=..ie)|(?<=..[^aeiou]e)|(?<=..or)|(?<=..[kp]))s$")
WERKWOORD_T = re.compile(r"(?:[aeiou]{2}|ij)[bfgklmnpr]t$|[bfgklmp]t$")
DUBBEL = re.compile(r"([bdfgklmnprst])\1$")
LANG_AAN_EIND = re.compile(r"(aa|ee|oo|uu)(?=[^aeiouy]+$)")
OPEN = re.compile(r"(?<![aeiouy])([aeou])(?=[bcdfgklmnprstvz]$)")

VORMEN = {
    vorm: vormen[0]
    for rij in ONREGELMATIG.replace("\n", ";").split(";")
    if (vormen := rij.split())
    for vorm in vormen
}


@lru_cache(maxsize=50_000)
def stam(woord: str) -> str:
    """The stem of one folded word; of a stem the stem is not always the same."""
    if woord in VORMEN:
        return VORMEN[woord]
    if len(woord) <= 3 or not woord.isalpha():
        return woord
    kaal, verbogen = _zonder_uitgang(woord)
    kaal = DUBBEL.sub(r"\1", kaal) if DUBBEL.search(kaal) else _lang(kaal) if verbogen else kaal
    if kaal[-1] in "vz" and len(kaal) > 2:
        kaal = kaal[:-1] + {"v": "f", "z": "s"}[kaal[-1]]
    if len(GROEPEN.findall(kaal)) > 1:
        kaal = LANG_AAN_EIND.sub(lambda klank: klank[0][0], kaal)
    return VORMEN.get(kaal, kaal)


def _zonder_uitgang(woord: str) -> tuple[str, bool]:
    """The word without its ending, and whether an ending was taken that opens the syllable before it."""
    if VERKLEIN.search(woord):
        return VERKLEIN.sub("", woord), False
    if woord.endswith("heden"):
        return woord[:-4] + "id", False
    woord = MEERVOUD_S.sub("", woord) if len(woord) > 4 else woord
    if woord.endswith("en") and len(woord) > 3 and woord[-3] not in "e" and GROEPEN.search(woord[:-2]):
        return woord[:-2], True
    if woord.endswith("e") and len(woord) > 3 and woord[-2] not in "aeou" and GROEPEN.search(woord[:-1]):
        return woord[:-1], True
    if len(woord) > 3 and WERKWOORD_T.search(woord) and woord not in OP_T:
        return woord[:-1], False
    return woord, False


def _lang(kaal: str) -> str:
    """`bet` of `beten` and `hur` of `huren` had a long vowel; only words of one syllable keep showing it."""
    if len(GROEPEN.findall(kaal)) > 1:
        return kaal
    return OPEN.sub(r"\1\1", kaal)
