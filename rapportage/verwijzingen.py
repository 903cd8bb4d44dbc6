"""Referrals: how they went and where they stopped, how long people waited, and which promises were kept.

All of it is about the referrals that were made in the period, as their events tell it. Waiting is about mail: who
was called or walked along with heard at once. Smileys hang on no referral, so there are none per partner.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from doorverwijzing.models import (
    OPEN,
    Doorverwijzing,
    KoudeVerwijzing,
    RedenNietPassend,
    Status,
    Waardering,
    Wijze,
)
from doorverwijzing.models.stand import HAPERINGEN
from rapportage import nakomen
from rapportage.forms import FilterForm
from rapportage.nakomen import Nagekomen, PerPartner, made_in
from rapportage.onderdrukking import Cel, open_cel
from rapportage.periode import Periode
from rapportage.tabellen import GEEN, Rij, Tabel, bar, bar_table
from rapportage.verlopen import AFLOPEN, Verloop, courses
from rapportage.wachttijd import HELFT, MINSTENS, NEGENTIG, Wachttijd, days_in_words

KAARTJE = "Alleen een kaartje mee"
WOORDEN = {
    Wijze.MAIL: "met een mail",
    Wijze.TELEFOON: "samen gebeld",
    Wijze.MEELOPEN: "samen gelopen",
}


class Verwijzingen:
    """The figures of a valid filter. Topic and source do not apply: referrals know neither."""

    def __init__(self, form: FilterForm) -> None:
        self.form = form
        self.perioden = form.perioden
        self.periode = self.perioden.nu
        self.infopunten = form.gekozen
        self.is_keuze = len(self.infopunten) < len(form.infopunten)
        self.nu = timezone.now()

    @cached_property
    def alle(self) -> list[Verloop]:
        """Every warm referral that was made in the period, oldest first."""
        return courses(self.form.filter(Doorverwijzing.objects.filter(made_in(self.periode))))

    @cached_property
    def per_mail(self) -> list[Verloop]:
        return [verloop for verloop in self.alle if verloop.wijze == Wijze.MAIL]

    @cached_property
    def kaartjes(self) -> int:
        return _cards(self.form, self.periode)

    @property
    def is_leeg(self) -> bool:
        return not self.alle and not self.kaartjes

    @property
    def zinnen(self) -> list[str]:
        """How often, in what way, and how far it came."""
        manieren = Counter(verloop.wijze for verloop in self.alle)
        if len(manieren) == 1:
            hoe = f", steeds {WOORDEN[Wijze(self.alle[0].wijze)]}"
        else:
            delen = [f"{manieren[wijze]} keer {WOORDEN[wijze]}" for wijze in Wijze if manieren[wijze]]
            hoe = f": {', '.join(delen)}" if delen else ""
        zinnen = [f"We verwezen {len(self.alle)} keer warm{hoe}."]
        if self.per_mail:
            _, _, ontvangen, gesproken, geholpen = (rij.cellen[0].tekst for rij in self.trechter.rijen)
            zinnen.append(
                f"Na een mail: {ontvangen} keer ontvangen, {gesproken} keer gesproken, {geholpen} keer geholpen."
            )
        if (nu := self.op_tijd[0]).beloofd:
            zinnen.append(f"De partner belde {nu} keer op tijd, zoals beloofd.")
        return zinnen

    @cached_property
    def trechter(self) -> Tabel:
        """How far the mailed ones came. Each step is part of the one before; the rest waits there or stopped."""
        stappen: list[tuple[str, Callable[[Verloop], bool]]] = [
            ("Gemaakt", lambda v: True),
            ("Mail verstuurd", lambda v: v.is_verzonden),
            ("Ontvangen", lambda v: v.bericht_op is not None),
            ("Gesproken", lambda v: v.bericht_op is not None and v.gesproken_op is not None),
            ("Wordt geholpen", lambda v: v.status == Status.GEHOLPEN),
        ]
        rijen, hier = [], self.per_mail
        for nummer, (naam, _) in enumerate(stappen):
            verder_is = stappen[nummer + 1][1] if nummer + 1 < len(stappen) else lambda v: True
            verder = [verloop for verloop in hier if verder_is(verloop)]
            blijft = Counter(verloop.loopt for verloop in hier if not verder_is(verloop))
            cellen = [open_cel(aantal) for aantal in (len(hier), blijft[True], blijft[False])]
            rijen.append(Rij(naam, cellen, bar(len(hier), len(self.per_mail))))
            hier = verder
        return Tabel("Hoe ver ze kwamen", "Stap", ["aantal", "wacht hier", "stopte hier"], rijen)

    @cached_property
    def afloop(self) -> Tabel:
        """Where the mailed ones ended."""
        standen = Counter(verloop.status for verloop in self.per_mail)
        paren = [(naam, standen[status]) for status, naam in AFLOPEN]
        loopt = sum(standen[status] for status in OPEN)
        return bar_table("Hoe het afliep", "Afloop", _filled([*paren, ("Loopt nog", loopt)]))

    @cached_property
    def onderweg(self) -> Tabel:
        """Mails that reached nobody, each counted once; what came back only while nobody did anything about it."""
        haperingen = Counter(verloop.hapering for verloop in self.per_mail)
        paren = [
            ("Nog niet verstuurd", sum(not v.is_verzonden and not v.hapering for v in self.per_mail)),
            *((str(hapering.label), haperingen[hapering.value]) for hapering in HAPERINGEN),
            ("Verstuurd, nooit bekeken", sum(v.is_unopened(self.nu) for v in self.per_mail)),
        ]
        return bar_table("Mails die bleven liggen", "Wat", _filled(paren))

    @cached_property
    def manieren(self) -> Tabel:
        """Each way of referring with what came of it. Of a card nothing is heard."""
        kolommen = ["aantal", "gesproken", "geholpen", "niet bereikt", "niet passend"]
        rijen = []
        for wijze in Wijze:
            zo = [verloop for verloop in self.alle if verloop.wijze == wijze]
            standen = Counter(verloop.status for verloop in zo)
            gesproken = sum(verloop.gesproken_op is not None for verloop in zo)
            uitkomsten = (standen[s] for s in (Status.GEHOLPEN, Status.NIET_BEREIKT, Status.NIET_PASSEND))
            if zo:
                rijen.append(Rij(str(wijze.label), [open_cel(n) for n in (len(zo), gesproken, *uitkomsten)]))
        if self.kaartjes:
            rijen.append(Rij(KAARTJE, [open_cel(self.kaartjes), *[Cel(None, GEEN)] * 4]))
        return Tabel("Hoe verwezen", "Manier", kolommen, rijen)

    @cached_property
    def wachttijden(self) -> Tabel:
        """Until the first word and until somebody was spoken to: all partners together, and each with enough."""
        per_partner = _per_partner(self.per_mail)
        kolommen = [
            "per mail",
            "bericht: helft binnen",
            "bericht: 90% binnen",
            "wacht op bericht",
            "gesproken: helft binnen",
            "gesproken: 90% binnen",
            "wacht op gesprek",
        ]
        rijen = [_waiting_row("Alle partners samen", self.per_mail, self.nu)] if self.per_mail else []
        for naam in _busiest_first(per_partner):
            if sum(verloop.bericht_op is not None for verloop in per_partner[naam]) >= MINSTENS[HELFT]:
                rijen.append(_waiting_row(naam, per_partner[naam], self.nu))
        return Tabel("Hoe lang mensen wachten", "Partner", kolommen, rijen)

    @property
    def uitleg_wachttijden(self) -> str:
        helft, negentig = MINSTENS[HELFT], MINSTENS[NEGENTIG]
        return (
            "In werkdagen: maandag tot en met vrijdag, zonder feestdagen. Bericht is het eerste dat de partner laat"
            " weten, gesproken is contact met de bezoeker. Wie nog wacht, of bij wie het anders afliep, telt"
            " mee met de dagen tot dan. Blijven er te weinig over, dan is het niet te zeggen."
            f" De helft staat er vanaf {helft} keer, 90% vanaf {negentig} keer: met minder zegt het niets."
            f" Partners die minder dan {helft} keer iets lieten weten, staan er alleen samen in."
        )

    @cached_property
    def partners(self) -> list[PerPartner]:
        return nakomen.per_partner(self.perioden, self.infopunten)

    @cached_property
    def op_tijd(self) -> tuple[Nagekomen, Nagekomen, Nagekomen]:
        return nakomen.together(self.partners)

    @cached_property
    def beloften(self) -> Tabel:
        """Who was late most often stands first."""
        rijen = [
            Rij(partner.naam, [_promise(partner.belooft), *(_kept(keer) for keer in partner.perioden)])
            for partner in self.partners
        ]
        if len(rijen) > 1:
            rijen = [Rij("Alle partners samen", [Cel(None, GEEN), *map(_kept, self.op_tijd)]), *rijen]
        kolommen = ["belooft te bellen", "op tijd", "periode ervoor", "jaar eerder"]
        return Tabel("Beloofd en op tijd gebeld", "Partner", kolommen, rijen)

    @property
    def uitleg_beloften(self) -> str:
        return (
            "Beloften waarvan de dag voorbij is, of die al zijn nagekomen. Ingetrokken verwijzingen tellen niet mee."
            " Bovenaan staat wie het vaakst te laat was."
            f" De periode ervoor is {self.perioden.ervoor}, een jaar eerder is {self.perioden.jaar_eerder}."
        )

    @cached_property
    def afloop_per_partner(self) -> Tabel:
        """The busiest partner stands first; all warm referrals, also those made together."""
        per_partner = _per_partner(self.alle)
        rijen = []
        for naam in _busiest_first(per_partner):
            standen = Counter(verloop.status for verloop in per_partner[naam])
            onbekeken = sum(v.is_unopened(self.nu) for v in per_partner[naam])
            cijfers = (len(per_partner[naam]), *(standen[status] for status, _ in AFLOPEN), onbekeken)
            rijen.append(Rij(naam, [open_cel(cijfer) for cijfer in cijfers]))
        kolommen = ["verwezen", *(naam.lower() for _, naam in AFLOPEN), "nooit bekeken"]
        return Tabel("Hoe het afliep per partner", "Partner", kolommen, rijen)

    @cached_property
    def niet_passend(self) -> Tabel:
        redenen = Counter(v.reden for v in self.alle if v.status == Status.NIET_PASSEND)
        paren = [(str(reden.label), redenen[reden.value]) for reden in RedenNietPassend]
        paren = [*sorted(paren, key=lambda paar: -paar[1]), ("niet opgeschreven", redenen[""])]
        return bar_table("Waarom niet passend", "Reden", _filled(paren))

    @cached_property
    def beter_bij(self) -> Tabel:
        """Where partners said the visitor was better off."""
        namen = Counter(v.beter for v in self.alle if v.status == Status.NIET_PASSEND and v.beter)
        return bar_table("Beter bij", "Organisatie", sorted(namen.items(), key=lambda p: (-p[1], p[0])))

    @cached_property
    def smileys(self) -> Tabel:
        return per_smiley(self.form, self.periode)

    @property
    def tabellen(self) -> list[Tabel]:
        """Everything on the page, in its order."""
        verloop = [self.trechter, self.afloop, self.manieren, self.onderweg]
        waarom = [self.niet_passend, self.beter_bij, self.smileys]
        return [*verloop, *waarom, self.wachttijden, self.beloften, self.afloop_per_partner]


def per_manier(form: FilterForm, periode: Periode) -> Tabel:
    """Warm referrals by way, and cards that went home without one."""
    warm = form.filter(Doorverwijzing.objects.filter(made_in(periode)))
    aantallen = Counter(dict(warm.order_by().values_list("wijze").annotate(Count("pk"))))
    paren = [(str(wijze.label), aantallen[wijze.value]) for wijze in Wijze] + [
        (KAARTJE, _cards(form, periode))
    ]
    return bar_table("Hoe verwezen", "Manier", _filled(paren))


def per_smiley(form: FilterForm, periode: Periode) -> Tabel:
    """What visitors tapped, on the tablet and with their card."""
    gegeven = form.filter(Waardering.objects.all()).filter(dag__range=(periode.van, periode.tot))
    aantallen = Counter(dict(gegeven.order_by().values_list("smiley").annotate(Count("pk"))))
    paren = [(str(smiley.label), aantallen[smiley.value]) for smiley in Waardering.Smiley]
    return bar_table("Hoe vonden bezoekers het?", "Smiley", _filled(paren))


def _cards(form: FilterForm, periode: Periode) -> int:
    return form.filter(KoudeVerwijzing.objects.all()).filter(dag__range=(periode.van, periode.tot)).count()


def _filled(paren: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [paar for paar in paren if paar[1]]


def _per_partner(verlopen: Sequence[Verloop]) -> dict[str, list[Verloop]]:
    uit: dict[str, list[Verloop]] = defaultdict(list)
    for verloop in verlopen:
        uit[verloop.partner].append(verloop)
    return uit


def _busiest_first(per_partner: dict[str, list[Verloop]]) -> list[str]:
    return sorted(per_partner, key=lambda naam: (-len(per_partner[naam]), naam))


def _waiting_row(naam: str, verlopen: Sequence[Verloop], nu: datetime) -> Rij:
    bericht, gesproken = Wachttijd(), Wachttijd()
    for verloop in verlopen:
        einde = verloop.einde(nu)
        bericht.add(verloop.gemaakt_op, verloop.bericht_op, einde)
        gesproken.add(verloop.gemaakt_op, verloop.gesproken_op, einde)
    cellen = [open_cel(len(verlopen))]
    for tijd in (bericht, gesproken):
        cellen += [Cel(None, tijd.in_words(aandeel)) for aandeel in (HELFT, NEGENTIG)]
        cellen.append(open_cel(tijd.wachten_nog))
    return Rij(naam, cellen)


def _promise(werkdagen: int | None) -> Cel:
    """What the partner promises by now; a promise of before may have been another."""
    if werkdagen is None:
        return Cel(None, "niets meer")
    return Cel(None, f"binnen {days_in_words(werkdagen)}" if werkdagen else days_in_words(0))


def _kept(keer: Nagekomen) -> Cel:
    return Cel(None, str(keer))
