"""The figures. One report is one set of tables, and page, print and spreadsheet all show those."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.formats import date_format

from balie.models import Infopunt
from doorverwijzing.models import Doorverwijzing, Status
from rapportage import nakomen, verwijzingen
from rapportage.forms import FilterForm
from rapportage.grafiek import Lijngrafiek, Reeks, Vonklijn
from rapportage.kerncijfers import Kerncijfer
from rapportage.kwartalen import days_of
from rapportage.nakomen import PerPartner
from rapportage.onderdrukking import Cel, open_cel
from rapportage.patronen import Patronen
from rapportage.personen import Personen, kwartalen_of, personen_of
from rapportage.steekproef import load_sample_weeks
from rapportage.tabellen import Rij, Tabel, bar, bar_table
from rapportage.tellen import Facet, Selectie, Telling, tel, tel_maanden
from registratie.models import Herkomst, RedenNietGeholpen, Wijze
from registratie.uitvraag import week_in_words
from sociale_kaart.models import Onderwerp, Organisatie

MAANDEN_IN_GRAFIEK = 13  # a year and the same month of the year before


class Rapport:
    """All figures of a valid filter, each group fetched when it is first asked for."""

    def __init__(self, form: FilterForm) -> None:
        self.form = form
        self.perioden = form.perioden
        self.periode = self.perioden.nu
        self.vorige = self.perioden.jaar_eerder if form.is_jaar_eerder else self.perioden.ervoor
        self.infopunten = form.gekozen
        self.is_keuze = len(self.infopunten) < len(form.infopunten)
        self.doorverwijzingen: QuerySet[Doorverwijzing] = form.filter(Doorverwijzing.objects.all())

    @cached_property
    def patronen(self) -> Patronen:
        return Patronen(self)

    @cached_property
    def _tellingen(self) -> tuple[Telling, Telling, Telling]:
        """Of the period, the one before, and the same a year earlier."""
        perioden = self.perioden
        nu, ervoor, jaar = tel([perioden.nu, perioden.ervoor, perioden.jaar_eerder], self.form.selectie)
        return nu, ervoor, jaar

    @property
    def telling(self) -> Telling:
        return self._tellingen[0]

    @property
    def telling_toen(self) -> Telling:
        """Of the period this one is compared with."""
        return self._tellingen[2 if self.form.is_jaar_eerder else 1]

    @cached_property
    def totaal(self) -> int:
        return self.telling.totaal

    @property
    def waarvan(self) -> str:
        """What the report is about, where it is not about everything: "Wonen, van papier"."""
        return self.form.waarvan

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
        """Of how many age and gender were asked, in coarse words, with the sample weeks."""
        telling = self.telling.per(Facet.PERSOON)
        gevraagd = sum(aantal for waarde, aantal in telling.items() if "niet_gevraagd" not in waarde)
        if not gevraagd:
            return "In deze periode zijn leeftijd en geslacht niet gevraagd."
        tienden = round(10 * gevraagd / self.totaal)
        hoeveel = (
            f"ongeveer {tienden} van de 10 vragen"
            if 0 < tienden < 10
            else ("bijna alle vragen" if tienden else "een paar vragen")
        )
        weken = [week_in_words(week) for week in load_sample_weeks(self.periode)]
        steekproef = f" (steekproefweken: {', '.join(weken)})" if weken else ""
        return f"In deze periode zijn leeftijd en geslacht gevraagd bij {hoeveel}{steekproef}."

    @cached_property
    def kerncijfers(self) -> list[Kerncijfer]:
        """Referrals know no topic and no source, so a report about one of those shows what questions know."""
        niet_geholpen = self._of_wijze("keer niet kunnen helpen", Wijze.NIET_GEHOLPEN)
        if self.form.is_deel:
            verwezen = self._of_wijze("keer verwezen", Wijze.DOORVERWEZEN, Wijze.WARM_DOORVERWEZEN)
            zelf = self._of_wijze(
                "keer zelf beantwoord of samen gedaan", Wijze.ZELF_BEANTWOORD, Wijze.SAMEN_GEDAAN
            )
            return [self._vragen, zelf, verwezen, niet_geholpen]
        op_tijd = nakomen.together(self.partners)
        return [
            self._vragen,
            Kerncijfer("warme verwijzingen", [telling.total() for telling in self._standen]),
            Kerncijfer("op tijd gebeld", [keren.procent for keren in op_tijd], "%", op_tijd[0].beloofd > 0),
            niet_geholpen,
        ]

    @cached_property
    def partners(self) -> list[PerPartner]:
        """Which promises to call were kept, per organisation."""
        return nakomen.per_partner(self.perioden, self.infopunten)

    @property
    def _vragen(self) -> Kerncijfer:
        per_maand = [sum(self._maandtelling[maand, i.pk] for i in self.infopunten) for maand in self._maanden]
        aantallen = [telling.totaal for telling in self._tellingen]
        return Kerncijfer("vragen", aantallen, lijn=Vonklijn(per_maand))

    def _of_wijze(self, naam: str, *wijzen: Wijze) -> Kerncijfer:
        per_wijze = [telling.per(Facet.WIJZE) for telling in self._tellingen]
        return Kerncijfer(naam, [sum(telling[wijze.value] for wijze in wijzen) for telling in per_wijze])

    @cached_property
    def per_maand(self) -> Tabel:
        """The months of the period; with fewer than thirteen, the months before it too."""
        rijen = [
            Rij(_month_name(maand), [open_cel(self._maandtelling[maand, i.pk]) for i in self.infopunten])
            for maand in self._maanden
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
        telling = self.telling.per_infopunt()
        paren = [(infopunt.naam, telling[infopunt.pk]) for infopunt in self.infopunten]
        return bar_table("Vragen per infopunt", "Infopunt", paren)

    @cached_property
    def per_onderwerp(self) -> Tabel:
        """Main topics, each with a way to its subtopics; of one topic, the subtopics."""
        hoofd = self.form.hoofdonderwerp
        nu, toen = (
            self._per_topic(telling, Facet.ONDERWERP, fijn=bool(hoofd))
            for telling in (self.telling, self.telling_toen)
        )
        meeste = max(nu.values(), default=0)
        rijen = [
            Rij(
                "niet verder ingedeeld" if pk == hoofd else self._onderwerpen[pk].naam,
                [open_cel(aantal), _difference(aantal - toen[pk])],
                bar(aantal, meeste),
                "" if hoofd else self.form.address(onderwerp=pk),
            )
            for pk, aantal in sorted(nu.items(), key=lambda paar: (-paar[1], paar[0]))
        ]
        naam = f"Waarover: {self.form.onderwerpen[hoofd].lower()}" if hoofd else "Waarover"
        return Tabel(naam, "Onderwerp", ["aantal", "verschil"], rijen)

    @cached_property
    def per_wijze(self) -> Tabel:
        telling = self.telling.per(Facet.WIJZE)
        return bar_table("Hoe geholpen", "Manier", [(wijze.label, telling[wijze.value]) for wijze in Wijze])

    @cached_property
    def per_herkomst(self) -> Tabel:
        """How the questions came into the books: a tally says less than a question that was written down."""
        telling = self.telling.per(Facet.HERKOMST)
        paren = [(herkomst.label, telling[herkomst.value]) for herkomst in Herkomst]
        return bar_table("Hoe opgeschreven", "Manier", [paar for paar in paren if paar[1]])

    @cached_property
    def per_reden(self) -> Tabel:
        """Why people could not be helped: what is missing in the municipality."""
        telling = self.telling.per(Facet.REDEN)
        paren = [(reden.label, telling[reden.value]) for reden in RedenNietGeholpen]
        paren = [*sorted(paren, key=lambda paar: -paar[1]), ("niet opgeschreven", telling[""])]
        return bar_table("Waarom niet geholpen", "Reden", [paar for paar in paren if paar[1]])

    @cached_property
    def per_onderliggend(self) -> Tabel:
        """What lay behind questions about something else."""
        telling = self._per_topic(self.telling, Facet.ONDERLIGGEND)
        paren = [(self._onderwerpen[pk].naam, aantal) for pk, aantal in telling.items()]
        return bar_table("Wat erachter zat", "Onderwerp", sorted(paren, key=lambda p: (-p[1], p[0])))

    @cached_property
    def per_organisatie(self) -> Tabel:
        telling = self.telling.per(Facet.ORGANISATIE)
        namen = dict(Organisatie.objects.filter(pk__in=telling).values_list("pk", "naam"))
        paren = sorted(
            ((namen[int(pk)], aantal) for pk, aantal in telling.items()), key=lambda p: (-p[1], p[0])
        )
        return bar_table("Naar wie verwezen", "Organisatie", paren)

    @cached_property
    def per_stand(self) -> Tabel:
        nu = self._standen[0]
        paren = [(stand.label, nu[stand.value]) for stand in Status if nu[stand.value]]
        return bar_table("Warme verwijzingen", "Stand", paren)

    @cached_property
    def per_manier(self) -> Tabel:
        return verwijzingen.per_manier(self.form, self.periode)

    @cached_property
    def per_smiley(self) -> Tabel:
        return verwijzingen.per_smiley(self.form, self.periode)

    @cached_property
    def personen(self) -> Personen:
        """Age and gender, of whole quarters, whatever the topic and source."""
        keuze = kwartalen_of(self.periode, self.form.vandaag)
        return personen_of(
            _persons(self.form.infopunten, keuze.kwartalen),
            keuze,
            infopunten={infopunt.pk: infopunt.naam for infopunt in self.form.infopunten},
            gekozen=[infopunt.pk for infopunt in self.infopunten],
        )

    @property
    def tabellen(self) -> list[Tabel]:
        """Everything on the page, in its order."""
        kern = Tabel(
            "Kerncijfers",
            "Cijfer",
            ["deze periode", "periode ervoor", "jaar eerder"],
            [
                Rij(k.naam, [Cel(c, f"{c}{k.eenheid}") for c in k.perioden])
                for k in self.kerncijfers
                if k.bekend
            ],
        )
        waarover = [self.per_onderwerp, self.per_onderliggend]
        rest = [self.per_infopunt, self.per_wijze, self.per_reden, self.per_organisatie]
        verwezen = [] if self.form.is_deel else [self.per_stand, self.per_manier, self.per_smiley]
        return [
            kern,
            self.per_maand,
            *waarover,
            *self._personen_met_kwartaal,
            *rest,
            *verwezen,
            self.per_herkomst,
            *self.patronen.tabellen,
        ]

    @property
    def _personen_met_kwartaal(self) -> list[Tabel]:
        """Their names say of which quarters: that may be another period than the rest is about."""
        personen = self.personen
        return [replace(tabel, naam=f"{tabel.naam}, {personen.keuze}") for tabel in personen.tabellen]

    @cached_property
    def _onderwerpen(self) -> dict[int, Onderwerp]:
        return Onderwerp.objects.in_bulk()

    def _per_topic(self, telling: Telling, facet: Facet, *, fijn: bool = False) -> Counter[int]:
        """Per main topic; `fijn` keeps subtopics apart."""
        uit: Counter[int] = Counter()
        for waarde, aantal in telling.per(facet).items():
            onderwerp = self._onderwerpen[int(waarde)]
            uit[onderwerp.pk if fijn else onderwerp.ouder_id or onderwerp.pk] += aantal
        return uit

    @cached_property
    def _maanden(self) -> list[date]:
        return self.periode.maanden(MAANDEN_IN_GRAFIEK)

    @cached_property
    def _maandtelling(self) -> Counter[tuple[date, int]]:
        """Per month and desk; of a period that ends halfway a month, not the days after it."""
        return tel_maanden(self._maanden[0], self.periode.tot, self.form.selectie)

    @cached_property
    def _standen(self) -> list[Counter[str]]:
        """Warm referrals per state, of the period and the two it is compared with."""
        perioden = self.perioden
        return [
            _count(
                self.doorverwijzingen.filter(aangemaakt_op__gte=p.begin, aangemaakt_op__lt=p.eind), "status"
            )
            for p in (perioden.nu, perioden.ervoor, perioden.jaar_eerder)
        ]


def _count(queryset: QuerySet, veld: str) -> Counter[str]:
    return Counter(dict(queryset.order_by().values_list(veld).annotate(n=Count("pk"))))


def _persons(
    infopunten: Sequence[Infopunt], kwartalen: Sequence[date]
) -> Counter[tuple[date, str, str, int]]:
    """(first day of the quarter, age, gender, desk) over all desks, as personen.py wants it."""
    perioden = [days_of(begin) for begin in kwartalen]
    tellingen = tel(perioden, Selectie(tuple(infopunt.pk for infopunt in infopunten)))
    uit: Counter[tuple[date, str, str, int]] = Counter()
    for begin, telling in zip(kwartalen, tellingen, strict=True):
        for (facet, infopunt, waarde), aantal in telling.aantallen.items():
            if facet == Facet.PERSOON:
                leeftijd, geslacht = waarde.split("|")
                uit[begin, leeftijd, geslacht, infopunt] += aantal
    return uit


def _difference(aantal: int) -> Cel:
    return Cel(aantal, f"{aantal:+d}".replace("-", "−") if aantal else "0")


def _month_name(maand: date) -> str:
    return date_format(maand, "F Y")
