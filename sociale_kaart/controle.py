"""Keeping the map right: somebody says that it is, doubts it, or wants it changed. Each step is one transaction."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from balie.models import Medewerker
from sociale_kaart.geschiedenis import because
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Controle, Groep, Melding, Organisatie, Voorstel
from sociale_kaart.voorstellijsten import LIJSTEN

# What a partner may propose: of an offer with the group that is checked by approving it, and of an organisation.
VELDEN_AANBOD: dict[str, str] = {
    "naam": Groep.VOORWAARDEN,
    "andere_namen": Groep.VOORWAARDEN,
    "soort": Groep.VOORWAARDEN,
    "omschrijving": Groep.VOORWAARDEN,
    "doelgroep": Groep.VOORWAARDEN,
    "kosten": Groep.VOORWAARDEN,
    "indicatie_nodig": Groep.VOORWAARDEN,
    "aanmelden": Groep.VOORWAARDEN,
    "meenemen": Groep.VOORWAARDEN,
    "talen": Groep.VOORWAARDEN,
    "kennismaken": Groep.VOORWAARDEN,
    "contact": Groep.VOORWAARDEN,
    "vaste_gezichten": Groep.VOORWAARDEN,
    "drempel": Groep.VOORWAARDEN,
    "telefoon": Groep.CONTACT,
    "email": Groep.CONTACT,
    "website": Groep.CONTACT,
    "openingstijden": Groep.TIJDEN,
}
VELDEN_ORGANISATIE = frozenset(
    {"naam", "andere_namen", "omschrijving", "telefoon", "email", "website", "controle_email"}
    | {"belofte_werkdagen", "vraagt_code", "contactpersonen"}
)

Doel = Aanbod | Organisatie


class IntussenGewijzigd(Exception):
    """The proposal is not the one that was looked at, or somebody decided already."""


@dataclass
class Uitslag:
    """What became of each field of a proposal; `botsingen` wait for another look."""

    overgenomen: list[str] = field(default_factory=list)
    afgewezen: list[str] = field(default_factory=list)
    botsingen: list[str] = field(default_factory=list)


@transaction.atomic
def confirm(*, aanbod: Iterable[Aanbod], door: str, groepen: Collection[str] = tuple(Groep.values)) -> None:
    """Somebody looked, and these groups of these offers are right. `door` is a Controle.Door."""
    nu = timezone.now()
    Controle.objects.bulk_create(
        Controle(aanbod=item, groep=groep, door=door, op=nu) for item in aanbod for groep in groepen
    )


@transaction.atomic
def report(*, aanbod: Aanbod, soort: str, bron: str, groep: str = "", toelichting: str = "") -> Melding:
    """Doubt an offer: every row and page of it warns at once. The same doubt twice is one.

    `toelichting` must have passed the privacy guard.
    """
    wat = {"aanbod": aanbod, "soort": soort, "bron": bron, "groep": groep, "toelichting": toelichting}
    return Melding.objects.open().filter(**wat).first() or Melding.objects.create(**wat)


@transaction.atomic
def settle(*, melding: Melding) -> None:
    """The coordinator looked into it and it is right now: the warning goes, and that counts as a check."""
    if not Melding.objects.open().filter(pk=melding.pk).update(afgehandeld_op=timezone.now()):
        return
    groepen = [melding.groep] if melding.groep else Groep.values
    confirm(aanbod=[melding.aanbod], groepen=groepen, door=Controle.Door.COORDINATOR)


@transaction.atomic
def retract(*, aanbod: Aanbod) -> None:
    """The organisation takes back what it said of an offer and nobody has handled yet."""
    for voorstel in aanbod.voorstellen.open().select_for_update():
        voorstel.velden = {naam: wens for naam, wens in voorstel.velden.items() if not _is_open(wens)}
        _keep(voorstel)
    take_back(aanbod=aanbod, bron=Melding.Bron.CONTROLE)


def take_back(*, aanbod: Aanbod, bron: str) -> None:
    """Whoever doubted this offer did not mean it: their warning goes, and nothing counts as checked."""
    aanbod.meldingen.open().filter(bron=bron).update(afgehandeld_op=timezone.now())


@transaction.atomic
def propose(
    *, organisatie: Organisatie, aanbod: Aanbod | None, velden: Mapping[str, Any], door: Medewerker | None
) -> Voorstel | None:
    """Write down what a partner wants changed; the map stays as it is until a coordinator decides.

    `velden` has new values by field of the offer, or of the organisation when `aanbod` is None. A field that is as
    it was takes back an earlier wish. There is one open proposal per offer; None when nothing is left to wish.
    Raises ValidationError with messages per field, ValueError for a field that nobody may propose.
    """
    Organisatie.objects.select_for_update().get(pk=organisatie.pk)  # two forms at once make one proposal
    doel = _fresh(aanbod or organisatie)
    wensen = _clean(doel, velden)
    voorstel = Voorstel.objects.open().filter(organisatie=organisatie, aanbod=aanbod).first()
    voorstel = voorstel or Voorstel(organisatie=organisatie, aanbod=aanbod)
    for naam, wordt in wensen.items():
        nu = current_value(doel, naam)
        if wordt != nu:
            voorstel.velden[naam] = {"was": nu, "wordt": wordt, "besluit": None}
        elif naam in voorstel.velden and _is_open(voorstel.velden[naam]):
            del voorstel.velden[naam]
    voorstel.ingediend_door, voorstel.ingediend_op = door, timezone.now()
    return voorstel if _keep(voorstel) else None


@transaction.atomic
def decide(*, voorstel: Voorstel, besluiten: Mapping[str, bool], versie: str, door: Medewerker) -> Uitslag:
    """Approve or refuse fields of a proposal; what is approved goes on the map and counts as the partner's check.

    `versie` is that of the proposal as it was looked at. A field that changed since it was proposed is not
    overwritten: it stays open, now against the new value. Raises IntussenGewijzigd, and ValidationError when the
    approved values do not fit the map.
    """
    voorstel = Voorstel.objects.select_for_update(of=("self",)).get(pk=voorstel.pk)
    if voorstel.behandeld_op or voorstel.versie != versie:
        raise IntussenGewijzigd
    doel = _fresh(voorstel.aanbod or voorstel.organisatie, lock=True)
    uitslag = Uitslag()
    for naam, wens in voorstel.velden.items():
        if _is_open(wens) and naam in besluiten:
            _decide_field(doel, naam, wens, uitslag, akkoord=besluiten[naam])
    with because(f"voorstel van {voorstel.organisatie} overgenomen", door=door):
        _write(doel, {naam: voorstel.velden[naam]["wordt"] for naam in uitslag.overgenomen})
    voorstel.behandeld_door = door
    _keep(voorstel)
    return uitslag


def _is_open(wens: Mapping[str, Any]) -> bool:
    return wens["besluit"] is None


def _keep(voorstel: Voorstel) -> bool:
    """Save a proposal in which something waits or was decided, drop an empty one; whether something waits."""
    wacht = any(_is_open(wens) for wens in voorstel.velden.values())
    if voorstel.velden:
        voorstel.behandeld_op = None if wacht else timezone.now()
        voorstel.save()
    elif voorstel.pk:
        voorstel.delete()
    return wacht


def current_value(doel: Doel, naam: str) -> Any:
    """What the map says now, as a proposal writes it down."""
    if lijst := LIJSTEN.get(naam):
        return lijst.as_data(lijst.rows(doel))
    return getattr(doel, naam)


def _decide_field(doel: Doel, naam: str, wens: dict[str, Any], uitslag: Uitslag, *, akkoord: bool) -> None:
    nu = current_value(doel, naam)
    if not akkoord:
        wens["besluit"] = False
        uitslag.afgewezen.append(naam)
    elif nu in (wens["was"], wens["wordt"]):
        wens["besluit"] = True
        uitslag.overgenomen.append(naam)
    else:
        wens["was"] = nu
        uitslag.botsingen.append(naam)


def _write(doel: Doel, velden: Mapping[str, Any]) -> None:
    if not velden:
        return
    for naam, waarde in _clean(doel, velden).items():
        if naam in LIJSTEN:
            LIJSTEN[naam].apply(doel, waarde)
        else:
            setattr(doel, naam, waarde)
    doel.save(update_fields=[naam for naam in velden if naam not in LIJSTEN])
    if isinstance(doel, Aanbod):
        index_aanbod(Aanbod.objects.filter(pk=doel.pk))
        groepen = {VELDEN_AANBOD[naam] for naam in velden}
        confirm(aanbod=[doel], groepen=sorted(groepen), door=Controle.Door.PARTNER)
    else:
        index_aanbod(doel.aanbod.all())


def _fresh(doel: Doel, *, lock: bool = False) -> Doel:
    """As the database has it, not as a form filled it in."""
    rijen = type(doel)._default_manager.all()
    return (rijen.select_for_update() if lock else rijen).get(pk=doel.pk)


def _clean(doel: Doel, velden: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the fields of `doel` take them, fit for its constraints; raises ValidationError per field."""
    mag = VELDEN_AANBOD.keys() if isinstance(doel, Aanbod) else VELDEN_ORGANISATIE
    if vreemd := velden.keys() - mag:
        raise ValueError(f"not to be proposed: {', '.join(sorted(vreemd))}")
    kopie, schoon, fouten = copy(doel), {}, {}
    for naam, waarde in velden.items():
        if naam in LIJSTEN:  # its rows are looked at when they are written
            schoon[naam] = waarde
            continue
        try:
            schoon[naam] = doel._meta.get_field(naam).clean(waarde, doel)  # type: ignore[union-attr]
        except ValidationError as fout:
            fouten[naam] = fout.error_list
        else:
            setattr(kopie, naam, schoon[naam])
    if fouten:
        raise ValidationError(fouten)
    kopie.validate_constraints()
    kopie.validate_unique()
    return schoon
