"""The figures. One report is one set of tables, and page, print and spreadsheet all show those."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from balie.models import Infopunt
from doorverwijzing.models import UITKOMSTEN, Doorverwijzing, Status
from rapportage import verwijzingen
from rapportage.forms import FilterForm
from rapportage.grafiek import Lijngrafiek, Reeks
from rapportage.onderdrukking import Cel, open_cel, suppress, total_of
from rapportage.onderdrukking import Tabel as Kruistabel
from rapportage.periode import Periode
from rapportage.tabellen import Rij, Tabel, bar, bar_table
from registratie.models import (
    GESLACHTEN,
    LEEFTIJDSGROEPEN,
    Geslacht,
    Herkomst,
    Leeftijdsgroep,
    RedenNietGeholpen,
    Vraag,
    Wijze,
)
from registratie.uitvraag import huidige_uitvraag, week_in_words
from sociale_kaart.models import Onderwerp

MAANDEN_IN_GRAFIEK = 12
MEESTE_ORGANISATIES = 10


@dataclass(frozen=True)
class Kerncijfer:
    """A figure in large, and how it was in the period before."""

    naam: str
    nu: int
    toen: int
    eenheid: str = ""
    bekend: bool = True

    @property
    def verschil(self) -> str:
        if self.nu == self.toen:
            return "even veel"
        soort = "meer" if self.nu > self.toen else "minder"
        hoeveel = "" if self.eenheid else f"{abs(self.nu - self.toen)} "
        return f"{hoeveel}{soort}: was {self.toen}{self.eenheid}"

    @property
    def icoon(self) -> str:
        if self.nu == self.toen:
            return "equal"
        return "trending-up" if self.nu > self.toen else "trending-down"


class Rapport:
    """All figures of a valid filter, each group fetched when it is first asked for."""

    def __init__(self, form: FilterForm) -> None:
        self.form = form
        self.periode, self.vorige = form.perioden
        self.infopunten = form.gekozen
        self.is_keuze = len(self.infopunten) < len(form.infopunten)
        self.vragen: QuerySet[Vraag] = form.filter(Vraag.objects.all())
        self.doorverwijzingen: QuerySet[Doorverwijzing] = form.filter(Doorverwijzing.objects.all())

    @cached_property
    def totaal(self) -> int:
        return self._wijze_nu.total()

    @cached_property
    def met_persoon(self) -> int:
        """Of how many age and gender were asked."""
        return (
            _between(Vraag.objects.with_person(), self.periode).filter(infopunt__in=self.infopunten).count()
        )

    @property
    def in_een_zin(self) -> str:
        """How many, and about what most."""
        if not self.totaal:
            return "Er is niets opgeschreven."
        aantal = "één vraag" if self.totaal == 1 else f"{self.totaal} vragen"
        werkwoord = "is" if self.totaal == 1 else "zijn"
        rijen = self.per_onderwerp.rijen
        vaakst = [rij.naam for rij in rijen if rij.cellen[0] == rijen[0].cellen[0]]
        over = f", het vaakst over {vaakst[0].lower()}" if len(vaakst) == 1 and len(rijen) > 1 else ""
        return f"Er {werkwoord} {aantal} opgeschreven{over}."

    @cached_property
    def gevraagd(self) -> str:
        """The same in words, with the sample weeks."""
        if not self.met_persoon:
            return "Leeftijd en geslacht zijn niet gevraagd."
        alle = f"{self.met_persoon} van {self.totaal} {'vraag' if self.totaal == 1 else 'vragen'}"
        weken = [
            week_in_words(week)
            for week in huidige_uitvraag().weken
            if week <= self.periode.tot and week + timedelta(days=6) >= self.periode.van
        ]
        steekproef = f" (steekproefweken: {', '.join(weken)})" if weken else ""
        return f"Leeftijd en geslacht zijn gevraagd bij {alle}{steekproef}."

    @cached_property
    def kerncijfers(self) -> list[Kerncijfer]:
        nu, toen = self._verwijzingen
        bekend_nu, bekend_toen = (_share_known(standen) for standen in (nu, toen))
        return [
            Kerncijfer("vragen", self.totaal, self._wijze_toen.total()),
            Kerncijfer("warme verwijzingen", nu.total(), toen.total()),
            Kerncijfer("van de verwijzingen heeft een afloop", bekend_nu, bekend_toen, "%", nu.total() > 0),
            Kerncijfer(
                "keer niet kunnen helpen",
                self._wijze_nu[Wijze.NIET_GEHOLPEN],
                self._wijze_toen[Wijze.NIET_GEHOLPEN],
            ),
        ]

    @cached_property
    def per_maand(self) -> Tabel:
        """The months of the period; with fewer than twelve, the months before it too."""
        maanden = self._maanden
        rijen = [
            Rij(_month_name(maand), [open_cel(self._maandtelling[maand, i.pk]) for i in self.infopunten])
            for maand in maanden
        ]
        return Tabel("Vragen per maand", "Maand", [i.naam for i in self.infopunten], rijen)

    @cached_property
    def grafiek(self) -> Lijngrafiek:
        reeksen = [
            Reeks(i.naam, [self._maandtelling[maand, i.pk] for maand in self._maanden])
            for i in self.infopunten
        ]
        loopt = self.periode.tot if self.periode.tot == self.form.vandaag else None
        return Lijngrafiek([date_format(maand, "b") for maand in self._maanden], reeksen, loopt)

    @cached_property
    def per_infopunt(self) -> Tabel:
        tellingen = Counter(dict(self._vragen_nu.values_list("infopunt").annotate(n=Count("pk"))))
        paren = [(infopunt.naam, tellingen[infopunt.pk]) for infopunt in self.infopunten]
        return bar_table("Vragen per infopunt", "Infopunt", paren)

    @cached_property
    def per_onderwerp(self) -> Tabel:
        nu, toen = (Q(moment__gte=p.begin, moment__lt=p.eind) for p in (self.periode, self.vorige))
        tellingen = (
            self.vragen.filter(nu | toen)
            .values(hoofd=Coalesce("onderwerp__ouder", "onderwerp"))
            .annotate(nu=Count("pk", filter=nu), toen=Count("pk", filter=toen))
            .filter(nu__gt=0)
            .order_by("-nu", "hoofd")
        )
        namen = dict(Onderwerp.objects.filter(ouder__isnull=True).values_list("pk", "naam"))
        meeste = max((rij["nu"] for rij in tellingen), default=0)
        rijen = [
            Rij(
                namen[rij["hoofd"]],
                [open_cel(rij["nu"]), _difference(rij["nu"] - rij["toen"])],
                bar(rij["nu"], meeste),
            )
            for rij in tellingen
        ]
        return Tabel("Waarover", "Onderwerp", ["aantal", "verschil"], rijen)

    @cached_property
    def per_wijze(self) -> Tabel:
        paren = [(wijze.label, self._wijze_nu[wijze.value]) for wijze in Wijze]
        return bar_table("Hoe geholpen", "Manier", paren)

    @cached_property
    def per_herkomst(self) -> Tabel:
        """How the questions came into the books: a tally says less than a question that was written down."""
        telling = _count(self._vragen_nu, "herkomst")
        paren = [(herkomst.label, telling[herkomst.value]) for herkomst in Herkomst]
        return bar_table("Hoe opgeschreven", "Manier", [paar for paar in paren if paar[1]])

    @cached_property
    def per_reden(self) -> Tabel:
        """Why people could not be helped: what is missing in the municipality."""
        telling = _count(self._vragen_nu.filter(wijze=Wijze.NIET_GEHOLPEN), "reden_niet")
        paren = [(reden.label, telling[reden.value]) for reden in RedenNietGeholpen]
        paren = [*sorted(paren, key=lambda paar: -paar[1]), ("niet opgeschreven", telling[""])]
        return bar_table("Waarom niet geholpen", "Reden", [paar for paar in paren if paar[1]])

    @cached_property
    def per_onderliggend(self) -> Tabel:
        """What lay behind questions about something else."""
        paren = (
            self._vragen_nu.filter(onderliggend__isnull=False)
            .values(naam=Coalesce("onderliggend__ouder__naam", "onderliggend__naam"))
            .annotate(n=Count("pk"))
            .order_by("-n", "naam")
            .values_list("naam", "n")
        )
        return bar_table("Wat erachter zat", "Onderwerp", list(paren))

    @cached_property
    def per_organisatie(self) -> Tabel:
        paren = (
            self._vragen_nu.filter(organisatie__isnull=False)
            .values("organisatie__naam")
            .annotate(n=Count("pk"))
            .order_by("-n", "organisatie__naam")
            .values_list("organisatie__naam", "n")[:MEESTE_ORGANISATIES]
        )
        return bar_table("Naar wie verwezen", "Organisatie", list(paren))

    @cached_property
    def per_stand(self) -> Tabel:
        nu, _ = self._verwijzingen
        return bar_table(
            "Warme verwijzingen",
            "Stand",
            [(stand.label, nu[stand.value]) for stand in Status if nu[stand.value]],
        )

    @cached_property
    def per_manier(self) -> Tabel:
        return verwijzingen.per_manier(self.form, self.periode)

    @cached_property
    def per_smiley(self) -> Tabel:
        return verwijzingen.per_smiley(self.form, self.periode)

    @cached_property
    def personen(self) -> list[Tabel]:
        """Age and gender, crossed when the report is about all desks. Empty when too little may be shown."""
        telling = _persons(self.form.infopunten, self.periode)
        if not telling:
            return []
        desks = [i.pk for i in self.form.infopunten if any(desk == i.pk for _, _, desk in telling)]
        chosen = [desks.index(i.pk) for i in self.infopunten if i.pk in desks]
        leeftijd_desk = suppress(_cross(telling, LEEFTIJDSGROEPEN, desks, 0, 2))
        geslacht_desk = suppress(_cross(telling, GESLACHTEN, desks, 1, 2))
        samen = _cross(telling, LEEFTIJDSGROEPEN, GESLACHTEN, 0, 1)
        samen_veilig = suppress(samen)
        if len(desks) == 1:  # nothing to subtract: the only desk is the total
            leeftijd_desk = geslacht_desk = []
        if leeftijd_desk is None or geslacht_desk is None or samen_veilig is None:
            return []
        if len(chosen) == len(desks):
            return [_age_by_gender(samen, samen_veilig)]
        return [
            _list_table("Leeftijd", LEEFTIJDSGROEPEN, leeftijd_desk, chosen),
            _list_table("Geslacht", GESLACHTEN, geslacht_desk, chosen),
        ]

    @property
    def tabellen(self) -> list[Tabel]:
        """Everything on the page, in its order."""
        kern = Tabel(
            "Kerncijfers",
            "Cijfer",
            ["deze periode", "vergeleken periode"],
            [
                Rij(k.naam, [Cel(c, f"{c}{k.eenheid}") for c in (k.nu, k.toen)])
                for k in self.kerncijfers
                if k.bekend
            ],
        )
        waarover = [self.per_onderwerp, self.per_onderliggend]
        rest = [self.per_infopunt, self.per_wijze, self.per_reden, self.per_organisatie, self.per_stand]
        hoe = [self.per_manier, self.per_smiley, self.per_herkomst]
        return [kern, self.per_maand, *waarover, *self.personen, *rest, *hoe]

    @cached_property
    def _maanden(self) -> list[date]:
        return self.periode.maanden(MAANDEN_IN_GRAFIEK)

    @cached_property
    def _maandtelling(self) -> Counter[tuple[date, int]]:
        """Per month and desk; of a period that ends halfway a month, not the days after it."""
        vanaf = Periode(self._maanden[0], self.periode.tot)
        paren = (
            _between(self.vragen, vanaf)
            .values_list(TruncMonth("moment", tzinfo=timezone.get_default_timezone()), "infopunt")
            .annotate(n=Count("pk"))
        )
        return Counter({(maand.date(), infopunt): n for maand, infopunt, n in paren})

    @property
    def _vragen_nu(self) -> QuerySet[Vraag]:
        return _between(self.vragen, self.periode)

    @cached_property
    def _met_persoon(self) -> int:
        return (
            _between(Vraag.objects.with_person(), self.periode).filter(infopunt__in=self.infopunten).count()
        )

    @cached_property
    def _wijze_nu(self) -> Counter[str]:
        return _count(self._vragen_nu, "wijze")

    @cached_property
    def _wijze_toen(self) -> Counter[str]:
        return _count(_between(self.vragen, self.vorige), "wijze")

    @cached_property
    def _verwijzingen(self) -> tuple[Counter[str], Counter[str]]:
        nu, toen = (
            self.doorverwijzingen.filter(aangemaakt_op__gte=p.begin, aangemaakt_op__lt=p.eind)
            for p in (self.periode, self.vorige)
        )
        return _count(nu, "status"), _count(toen, "status")


def _between(vragen: QuerySet[Vraag], periode: Periode) -> QuerySet[Vraag]:
    return vragen.filter(moment__gte=periode.begin, moment__lt=periode.eind)


def _count(queryset: QuerySet, veld: str) -> Counter[str]:
    return Counter(dict(queryset.order_by().values_list(veld).annotate(n=Count("pk"))))


def _share_known(standen: Counter[str]) -> int:
    """Percentage of referrals whose outcome is known, of those the visitor did not withdraw."""
    telt_mee = standen.total() - standen[Status.INGETROKKEN]
    return round(100 * sum(standen[stand] for stand in UITKOMSTEN) / telt_mee) if telt_mee else 0


def _persons(infopunten: Iterable[Infopunt], periode: Periode) -> Counter[tuple[str, str, int]]:
    """Age x gender x desk over all desks: suppression must see everything that could be subtracted.

    Only where both were asked: tallies, paper and weeks outside the sample are not part of these tables.
    """
    rijen = (
        _between(Vraag.objects.filter(infopunt__in=infopunten).with_person(), periode)
        .values_list("leeftijdsgroep", "geslacht", "infopunt")
        .annotate(n=Count("pk"))
    )
    return Counter({(leeftijd, geslacht, infopunt): n for leeftijd, geslacht, infopunt, n in rijen})


def _cross(
    telling: Counter[tuple[str, str, int]], rijen: Sequence, kolommen: Sequence, rij_as: int, kolom_as: int
) -> Kruistabel:
    """Two of the three dimensions as a table."""
    paren: Counter[tuple] = Counter()
    for sleutel, aantal in telling.items():
        paren[sleutel[rij_as], sleutel[kolom_as]] += aantal
    return [[paren[rij, kolom] for kolom in kolommen] for rij in rijen]


def _age_by_gender(tabel: Kruistabel, veilig: list[list[Cel]]) -> Tabel:
    """With its totals, which are shown as they are."""
    rijen = [
        Rij(leeftijd.label, [*cellen, open_cel(sum(waarden))])
        for leeftijd, cellen, waarden in zip(LEEFTIJDSGROEPEN, veilig, tabel, strict=True)
    ]
    totalen = [sum(kolom) for kolom in zip(*tabel, strict=True)]
    rijen.append(Rij("samen", [open_cel(totaal) for totaal in [*totalen, sum(totalen)]]))
    return Tabel(
        "Leeftijd en geslacht", "Leeftijd", [*(geslacht.label for geslacht in GESLACHTEN), "samen"], rijen
    )


def _list_table(
    naam: str,
    keuzes: Sequence[Leeftijdsgroep] | Sequence[Geslacht],
    veilig: list[list[Cel]],
    chosen: list[int],
) -> Tabel:
    """A list for some of the desks, out of the table of all desks."""
    rijen = [
        Rij(label, [total_of([cellen[kolom] for kolom in chosen]) if chosen else open_cel(0)])
        for label, cellen in zip([str(keuze.label) for keuze in keuzes], veilig, strict=True)
    ]
    return Tabel(naam, naam, ["aantal"], rijen)


def _difference(aantal: int) -> Cel:
    return Cel(aantal, f"{aantal:+d}".replace("-", "−") if aantal else "0")


def _month_name(maand: date) -> str:
    return date_format(maand, "F Y")
