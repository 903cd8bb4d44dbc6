"""What stands out, in at most five sentences: only what is more than chance, the surest first.

Every row that could be named (desks, topics per desk, organisations, what could not be helped, busy hours, partners)
is tested, and `real_ones` looks at all of them at once; quiet hours come from the heat map, which does the same. Rows
with fewer than GENOEG questions in both periods together are left out beforehand; a difference must also be at least
a tenth. Periods with different open hours are compared per open hour, but a sentence gives the plain counts, so both
must point the same way.

When a desk as a whole went up or down, most of its topics did so too, and organisations with them. Those are named
only when their share of the questions changed as well. Age and gender are never looked at: facet PERSOON is not read
here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from rapportage.drukte import Drukte
from rapportage.tellen import Facet, Selectie, Telling
from rapportage.toeval import NIVEAU, p_at_least, p_counts, p_shares, real_ones
from rapportage.zinnen import (
    Zin,
    bold,
    change,
    decimal,
    hours_in_words,
    listed,
    questions,
    sentence,
    when,
    within,
)
from registratie.models import Wijze
from sociale_kaart.models import Onderwerp, Organisatie

HOOGSTENS = 5
HOOGSTENS_PER_SOORT = 2
TOTAAL = "totaal"
GENOEG = 10  # in both periods together
KLEINSTE_VERSCHIL = 1.1  # a tenth more, or the same the other way round
TE_LAAT_MAG = 0.1  # of the promises to call: so many broken ones surprise nobody

Getoond = Callable[[int], int | None]


@dataclass(frozen=True)
class Namen:
    """What ids stand for; `hoofd` is the main topic of every topic (its own id for a main topic)."""

    infopunten: Mapping[int, str]
    onderwerpen: Mapping[int, str]
    hoofd: Mapping[int, int]
    organisaties: Mapping[int, str]


def load_names(infopunten: Mapping[int, str], tellingen: Sequence[Telling]) -> Namen:
    """Names of all topics, and of the organisations that were counted; two queries."""
    onderwerpen = list(Onderwerp.objects.order_by().values_list("pk", "naam", "ouder"))
    geteld = {int(pk) for telling in tellingen for pk in telling.per(Facet.ORGANISATIE)}
    return Namen(
        infopunten,
        {pk: naam for pk, naam, _ in onderwerpen},
        {pk: ouder or pk for pk, _, ouder in onderwerpen},
        dict(Organisatie.objects.filter(pk__in=geteld).order_by().values_list("pk", "naam")),
    )


@dataclass(frozen=True)
class Nakoming:
    """How many promises to call an organisation kept, of how many that are due."""

    organisatie: int
    gehouden: int
    totaal: int


@dataclass(frozen=True)
class Opvallend:
    """A sentence and the address of the figures behind it: a query string with a fragment."""

    zin: Zin
    adres: str


@dataclass(frozen=True)
class Waarneming:
    """All that is looked at. `nu` and `toen` are counted with the same selection.

    `adres` gives the query string of the page with some fields changed, as `FilterForm.address` does: links narrow it
    down. `uren_*` are open hours per desk; without them both periods count as equally long. `getoond` is what readers
    see of a count: the count itself within the team; for outsiders the rounded count, or None when it stays hidden.
    Sentences are worked out from what readers see. The heat map is not: leave it out for outsiders.
    """

    nu: Telling
    toen: Telling
    namen: Namen
    selectie: Selectie
    adres: Callable[..., str]
    uren_nu: Mapping[int, float] = field(default_factory=dict)
    uren_toen: Mapping[int, float] = field(default_factory=dict)
    drukte: Drukte | None = None
    nakoming: Sequence[Nakoming] = ()
    getoond: Getoond = lambda aantal: aantal

    def hours(self, infopunt: int | None = None) -> tuple[float, float]:
        """Open hours now and then, of one desk or of all; equal when they are not known."""
        nu, toen = (
            uren.get(infopunt, 0.0) if infopunt is not None else sum(uren.values())
            for uren in (self.uren_nu, self.uren_toen)
        )
        return (nu, toen) if nu and toen else (1.0, 1.0)

    @property
    def vragen(self) -> str:
        """What a question is about when topics are chosen."""
        over = [
            within(self.namen.onderwerpen[pk])
            for pk in self.selectie.onderwerpen
            if pk in self.namen.onderwerpen
        ]
        return f"vragen over {listed(over)}" if over else "vragen"


@dataclass(frozen=True)
class _Kandidaat:
    """A sentence that may be said when its p-value allows it."""

    soort: str
    kans: float
    opvallend: Opvallend
    infopunt: int = 0  # 0 for all of them
    # The p-value of its share of the questions: looked at when the total stands out, here or at any desk.
    kans_aandeel: float = 0.0


def stands_out(wat: Waarneming) -> list[Opvallend]:
    """At most five sentences, the surest first; empty when nothing is more than chance."""
    kandidaten = list(_candidates(wat))
    echt = real_ones([kandidaat.kans for kandidaat in kandidaten])
    over = [kandidaat for kandidaat, is_echt in zip(kandidaten, echt, strict=True) if is_echt]
    desks = {kandidaat.infopunt for kandidaat in over if kandidaat.soort == TOTAAL}
    uit: list[Opvallend] = []
    per_soort: Counter[str] = Counter()
    for kandidaat in sorted(over, key=lambda kandidaat: kandidaat.kans):
        gegroeid = kandidaat.infopunt in desks if kandidaat.infopunt else bool(desks)
        volgt = gegroeid and kandidaat.kans_aandeel > NIVEAU
        if per_soort[kandidaat.soort] < HOOGSTENS_PER_SOORT and not volgt:
            per_soort[kandidaat.soort] += 1
            uit.append(kandidaat.opvallend)
    stil = _quiet(wat, wat.drukte) if wat.drukte else ()
    return [*uit, *stil][:HOOGSTENS]


def nothing_stands_out(wat: Waarneming) -> str:
    """What to say when there is no sentence."""
    if wat.nu.totaal + wat.toen.totaal < GENOEG:
        return "Er zijn nog te weinig vragen om iets over te zeggen."
    return "Niets springt eruit. De verschillen zijn zo klein dat ze toeval kunnen zijn."


def _candidates(wat: Waarneming) -> Iterator[_Kandidaat]:
    if not wat.selectie.onderwerpen:
        yield from _totals(wat)
    yield from _topics(wat)
    yield from _not_helped(wat)
    yield from _organisations(wat)
    yield from _promises(wat)
    if wat.drukte:
        yield from _busiest(wat, wat.drukte)


def _totals(wat: Waarneming) -> Iterator[_Kandidaat]:
    nu, toen = wat.nu.per_infopunt(), wat.toen.per_infopunt()
    for infopunt, naam in wat.namen.infopunten.items():
        paar = _shown(wat, toen[infopunt], nu[infopunt])
        if paar and (kans := _chance(*paar, wat.hours(infopunt))) is not None:
            zin = change(f"In {naam}", "vragen", *paar)
            adres = wat.adres(infopunt=infopunt) + "#per-maand"
            yield _Kandidaat(TOTAAL, kans, Opvallend(zin, adres), infopunt)


def _topics(wat: Waarneming) -> Iterator[_Kandidaat]:
    nu, toen = (_per_main_topic(telling, wat.namen.hoofd) for telling in (wat.nu, wat.toen))
    alles_nu, alles_toen = wat.nu.per_infopunt(), wat.toen.per_infopunt()
    for infopunt, onderwerp in sorted({*nu, *toen}):
        if infopunt not in wat.namen.infopunten or onderwerp not in wat.namen.onderwerpen:
            continue
        paar = _shown(wat, toen[infopunt, onderwerp], nu[infopunt, onderwerp])
        samen = _shown(wat, alles_toen[infopunt], alles_nu[infopunt])
        if not paar or not samen or (kans := _chance(*paar, wat.hours(infopunt))) is None:
            continue
        naam = within(wat.namen.onderwerpen[onderwerp])
        zin = change(f"In {wat.namen.infopunten[infopunt]}", f"vragen over {naam}", *paar)
        adres = wat.adres(infopunt=infopunt, onderwerp=onderwerp) + "#tabel-onderwerp"
        aandeel = _chance_of_share(paar, samen)
        yield _Kandidaat("onderwerp", kans, Opvallend(zin, adres), infopunt, aandeel)


def _not_helped(wat: Waarneming) -> Iterator[_Kandidaat]:
    niet = _shown(wat, *(telling.per(Facet.WIJZE)[Wijze.NIET_GEHOLPEN] for telling in (wat.toen, wat.nu)))
    alles = _shown(wat, *(telling.per(Facet.WIJZE).total() for telling in (wat.toen, wat.nu)))
    if not niet or not alles or not all(alles) or sum(niet) < GENOEG:
        return
    toen, nu = niet[0] / alles[0], niet[1] / alles[1]
    if max(toen, nu) < KLEINSTE_VERSCHIL * min(toen, nu):
        return
    zin = sentence(
        "Niet kunnen helpen kwam ",
        bold("vaker voor" if nu > toen else "minder vaak voor"),
        f": bij {niet[1]} van de {alles[1]} {wat.vragen}, eerder bij {niet[0]} van de {alles[0]}.",
    )
    kans = p_shares(niet[1], alles[1], niet[0], alles[0])
    yield _Kandidaat("niet geholpen", kans, Opvallend(zin, wat.adres() + "#tabel-reden"))


def _organisations(wat: Waarneming) -> Iterator[_Kandidaat]:
    nu, toen = wat.nu.per(Facet.ORGANISATIE), wat.toen.per(Facet.ORGANISATIE)
    alles = _shown(wat, wat.toen.totaal, wat.nu.totaal)
    for sleutel in sorted({*nu, *toen}):
        naam = wat.namen.organisaties.get(int(sleutel))
        paar = _shown(wat, toen[sleutel], nu[sleutel])
        if naam and paar and (kans := _chance(*paar, wat.hours())) is not None:
            zin = change("", f"verwijzingen naar {naam}", *paar)
            aandeel = _chance_of_share(paar, alles) if alles else 0.0
            yield _Kandidaat(
                "organisatie", kans, Opvallend(zin, wat.adres() + "#tabel-organisatie"), kans_aandeel=aandeel
            )


def _promises(wat: Waarneming) -> Iterator[_Kandidaat]:
    for nakoming in wat.nakoming:
        naam = wat.namen.organisaties.get(nakoming.organisatie)
        laat, totaal = wat.getoond(nakoming.totaal - nakoming.gehouden), wat.getoond(nakoming.totaal)
        if naam and laat and totaal:
            zin = sentence(f"{naam} belde ", bold(f"{laat} van de {totaal} keer"), " te laat.")
            kans = p_at_least(laat, max(totaal, laat), TE_LAAT_MAG)
            adres = reverse("rapportage:verwijzingen") + wat.adres() + "#tabel-beloften"
            yield _Kandidaat("belofte", kans, Opvallend(zin, adres))


def _busiest(wat: Waarneming, drukte: Drukte) -> Iterator[_Kandidaat]:
    """Of each desk the busiest hour beside its other hours; every hour counts as a row that was looked at."""
    for infopunt, naam in drukte.namen.items():
        vakken = {plek: vak for plek, vak in drukte.vakken.items() if plek[0] == infopunt and vak.uren}
        if len(vakken) < 2:
            continue
        plek = max(vakken, key=lambda plek: vakken[plek].per_uur)
        vak = vakken[plek]
        rest_vragen = sum(v.vragen for v in vakken.values()) - vak.vragen
        rest_uren = sum(v.uren for v in vakken.values()) - vak.uren
        zin = sentence(
            f"{when(plek[1], plek[2], plek[2] + 1).capitalize()} is het in {naam} ",
            bold("het drukst"),
            f": {decimal(vak.per_uur)} {wat.vragen} per uur.",
        )
        # The busiest of so many hours: Bonferroni within the desk.
        kans = min(1.0, len(vakken) * p_counts(vak.vragen, rest_vragen, vak.uren, rest_uren))
        yield _Kandidaat("drukst", kans, Opvallend(zin, wat.adres(infopunt=infopunt) + "#drukte"))


def _quiet(wat: Waarneming, drukte: Drukte) -> Iterator[Opvallend]:
    """The hours with hardly anybody. The heat map has decided already that they are more than chance."""
    for tijd in drukte.stil[:1]:
        zin = sentence(
            f"{str(tijd).capitalize()} is in {drukte.namen[tijd.infopunt]} ",
            bold("bijna niets geregistreerd"),
            f": {questions(tijd.vak.vragen)} in {hours_in_words(tijd.vak.uren)} open.",
        )
        yield Opvallend(zin, wat.adres(infopunt=tijd.infopunt) + "#drukte")


def _per_main_topic(telling: Telling, hoofd: Mapping[int, int]) -> Counter[tuple[int, int]]:
    uit: Counter[tuple[int, int]] = Counter()
    for (facet, infopunt, waarde), aantal in telling.aantallen.items():
        if facet == Facet.ONDERWERP:
            uit[infopunt, hoofd.get(int(waarde), int(waarde))] += aantal
    return uit


def _shown(wat: Waarneming, toen: int, nu: int) -> tuple[int, int] | None:
    """Both counts as readers see them; None when one may not be shown."""
    eerst, later = wat.getoond(toen), wat.getoond(nu)
    return None if eerst is None or later is None else (eerst, later)


def _chance(toen: int, nu: int, uren: tuple[float, float]) -> float | None:
    """The p-value of a change; None when it is too small to name or points another way per open hour."""
    if toen + nu < GENOEG or max(toen, nu) < KLEINSTE_VERSCHIL * min(toen, nu):
        return None
    uren_nu, uren_toen = uren
    if (nu > toen) != (nu * uren_toen > toen * uren_nu):
        return 1.0
    return p_counts(nu, toen, uren_nu, uren_toen)


def _chance_of_share(paar: tuple[int, int], samen: tuple[int, int]) -> float:
    """The p-value of a changed share; what readers see is rounded, so a part may seem more than the whole."""
    (toen, nu), (alles_toen, alles_nu) = paar, samen
    return p_shares(nu, max(nu, alles_nu), toen, max(toen, alles_toen))
