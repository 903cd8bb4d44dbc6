"""Unmet needs: per village what people asked for and did not get, for who can do something about it.

Single totals for the team, never crossed with age or gender. Referrals know no topic and no source, so a report
about one of those leaves them out. Words that were searched in vain are kept without day or place: they are the same
whatever is chosen.
"""

from collections import Counter, defaultdict
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from balie.models import Infopunt, Kern
from doorverwijzing.models import Doorverwijzing, Status
from rapportage.forms import FilterForm
from rapportage.gemis_kern import GemisInKern, NietPassend, Onderwerpen
from rapportage.nakomen import made_in
from rapportage.periode import Periode
from rapportage.tellen import Facet, Selectie, Telling, tel
from registratie.models import Vraag, Wijze
from sociale_kaart import zoekgeheugen
from sociale_kaart.models import Aanbod, GemistWoord, Onderwerp


class Gemis:
    """The villages of the chosen desks, each with what was missed there; in a fixed number of queries."""

    def __init__(self, form: FilterForm) -> None:
        self.form = form
        self.periode = form.perioden.nu
        self.vorige = form.perioden.jaar_eerder if form.is_jaar_eerder else form.perioden.ervoor

    @cached_property
    def kernen(self) -> list[GemisInKern]:
        """In alphabetical order."""
        nu, toen = tel([self.periode, self.vorige], self.form.selectie)
        redenen = count_reasons(self.periode, self.form.selectie)
        niet_passend = [] if self.form.is_deel else self._not_suitable()
        return [
            GemisInKern(
                kern=kern,
                infopunten=infopunten,
                periode=self.periode,
                vorige=self.vorige,
                vragen=_of(nu, infopunten, Facet.HERKOMST).total(),
                niet_geholpen_toen=_of(toen, infopunten, Facet.WIJZE)[Wijze.NIET_GEHOLPEN],
                redenen=self._per_main_topic(redenen, infopunten),
                gevraagd=_per_topic(nu, infopunten, Facet.ONDERWERP),
                erachter=_per_topic(nu, infopunten, Facet.ONDERLIGGEND),
                niet_passend=[keer for keer in niet_passend if keer.infopunt in _ids(infopunten)],
                onderwerpen=self._onderwerpen,
            )
            for kern, infopunten in self._infopunten_per_kern
        ]

    @property
    def gemiste_woorden(self) -> "QuerySet[GemistWoord]":
        """Of everybody and of the last year: most often searched first."""
        return zoekgeheugen.missed()

    @cached_property
    def _infopunten_per_kern(self) -> list[tuple[Kern, list[Infopunt]]]:
        per_kern: dict[Kern, list[Infopunt]] = defaultdict(list)
        for infopunt in self.form.gekozen:
            per_kern[infopunt.kern].append(infopunt)
        return sorted(per_kern.items(), key=lambda paar: paar[0].naam)

    @cached_property
    def _onderwerpen(self) -> Onderwerpen:
        return Onderwerpen(
            Onderwerp.objects.in_bulk(),
            Aanbod.objects.current().reach(),
            dict(Kern.objects.values_list("pk", "naam")),
        )

    def _per_main_topic(
        self, redenen: Counter[tuple[int, int, str]], infopunten: list[Infopunt]
    ) -> Counter[tuple[int, str]]:
        """Per (main topic, reason), of these desks."""
        ids, uit = _ids(infopunten), Counter[tuple[int, str]]()
        for (infopunt, onderwerp, reden), aantal in redenen.items():
            if infopunt in ids:
                uit[self._onderwerpen.main(onderwerp), reden] += aantal
        return uit

    def _not_suitable(self) -> list[NietPassend]:
        """Referrals of the period that partners said were not for them, alike ones together."""
        rijen = (
            self.form.filter(Doorverwijzing.objects.filter(made_in(self.periode)))
            .filter(status=Status.NIET_PASSEND)
            .order_by()
            .values_list("infopunt", "organisatie__naam", "aanbod__naam", "reden_niet_passend")
            .annotate(Count("pk"))
        )
        return [NietPassend(*rij) for rij in rijen]


def count_reasons(periode: Periode, selectie: Selectie) -> Counter[tuple[int, int, str]]:
    """Questions that could not be helped, per (desk, topic as chosen, reason or "").

    The one count that crosses two things about a question. An index on just these questions holds all it reads, so it
    costs as much as there is unmet need, however many questions there are.
    """
    vragen = Vraag.objects.filter(
        wijze=Wijze.NIET_GEHOLPEN,
        infopunt__in=selectie.infopunten,
        moment__gte=periode.begin,
        moment__lt=periode.eind,
    )
    if gekozen := selectie.onderwerpen:
        vragen = vragen.filter(Q(onderwerp__in=gekozen) | Q(onderwerp__ouder__in=gekozen))
    if selectie.herkomsten:
        vragen = vragen.filter(herkomst__in=selectie.herkomsten)
    rijen = vragen.order_by().values_list("infopunt", "onderwerp", "reden_niet").annotate(n=Count("*"))
    return Counter({(infopunt, onderwerp, reden): n for infopunt, onderwerp, reden, n in rijen})


def _ids(infopunten: list[Infopunt]) -> set[int]:
    return {infopunt.pk for infopunt in infopunten}


def _of(telling: Telling, infopunten: list[Infopunt], facet: Facet) -> Counter[str]:
    """The counts of these desks only."""
    ids, uit = _ids(infopunten), Counter[str]()
    for (soort, infopunt, waarde), aantal in telling.aantallen.items():
        if soort == facet and infopunt in ids:
            uit[waarde] += aantal
    return uit


def _per_topic(telling: Telling, infopunten: list[Infopunt], facet: Facet) -> Counter[int]:
    return Counter({int(waarde): aantal for waarde, aantal in _of(telling, infopunten, facet).items()})
