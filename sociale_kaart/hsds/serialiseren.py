"""From our rows to HSDS 3.0: plain functions, one per thing, that touch no database of their own.

Give them rows with the prefetches of `vragen`. What a field has no value for is left out. Where HSDS falls short:

* `required_documents`: "Indicatie" when a decision is needed first, and `meenemen` as it stands;
* `service_areas`: the villages by name, and "de hele regio" or "heel Nederland";
* a schedule says our times as a weekly or monthly rule. Times are those of the clock on the wall, with the offset
  that this clock has on the day of the answer. `notes` holds our remark, `description` the whole in words;
* attributes with a term of `kenmerken` hold what is left: the kind of offer, seasons, key persons.

Times at a place stand with that service_at_location only, other times with the service.
"""

from collections.abc import Mapping

from django.utils import timezone

from sociale_kaart.hsds.delen import (
    Json,
    Nu,
    attributen,
    contact,
    contacten,
    gevuld,
    locatie,
    mail,
    moment,
    schema,
    telefoons,
    uri,
)
from sociale_kaart.hsds.sleutels import sleutel
from sociale_kaart.models import Aanbod, Locatie, Mededeling, Openingstijd, Organisatie, Taal, Uitzondering

INDICATIE = "Indicatie"

# --- Organisations --------------------------------------------------------------------------------------------------


def organisatie_kort(organisatie: Organisatie) -> Json:
    """As in a list."""
    return {
        "id": str(organisatie.uuid),
        "name": organisatie.naam,
        "description": organisatie.omschrijving,
        **gevuld(
            alternate_name=organisatie.andere_namen,
            email=mail(organisatie.email),
            website=uri(organisatie.website),
        ),
    }


def organisatie_vol(organisatie: Organisatie) -> Json:
    """With phones and public people; needs `contactpersonen`."""
    mensen = [contact(persoon) for persoon in organisatie.contactpersonen.all() if persoon.is_openbaar]
    return organisatie_kort(organisatie) | gevuld(
        contacts=mensen, phones=telefoons(organisatie.uuid, organisatie.telefoon)
    )


def organisatie_met_aanbod(organisatie: Organisatie, nu: Nu, *, vol: bool) -> Json:
    """With its places and services; `vol` says whether a service is more than a name. Needs `aanbod`."""
    diensten = list(organisatie.aanbod.all())
    plekken = {
        tijd.locatie.pk: tijd.locatie
        for dienst in diensten
        for tijd in dienst.openingstijden.all()
        if tijd.locatie
    }
    naam = [
        {"id": str(dienst.uuid), "name": dienst.naam, "status": status(dienst, nu)} for dienst in diensten
    ]
    return organisatie_vol(organisatie) | gevuld(
        locations=[locatie(plek) for plek in plekken.values()],
        services=[dienst_vol(dienst, nu, met_organisatie=False) for dienst in diensten] if vol else naam,
    )


# --- Services -------------------------------------------------------------------------------------------------------


def status(aanbod: Aanbod, nu: Nu) -> str:
    """Closed for now when an exception says so today; an exception of the offer itself counts first."""
    if aanbod.gearchiveerd_op or aanbod.organisatie.gearchiveerd_op:
        return "defunct"
    return "temporarily closed" if any(u.is_dicht for u in uitzonderingen(aanbod, nu)) else "active"


def uitzonderingen(aanbod: Aanbod, nu: Nu) -> list[Uitzondering]:
    """Those that hold today: the offer's own, else those of its organisation."""
    eigen = [u for u in aanbod.uitzondering_set.all() if u.van_dag <= nu.dag <= u.tot_dag]
    return eigen or [u for u in aanbod.organisatie.uitzondering_set.all() if u.van_dag <= nu.dag <= u.tot_dag]


def mededelingen(aanbod: Aanbod, nu: Nu) -> list[Mededeling]:
    """The notices of today, of the offer and of its organisation."""
    alle = [*aanbod.mededeling_set.all(), *aanbod.organisatie.mededeling_set.all()]
    return [mededeling for mededeling in alle if mededeling.van_dag <= nu.dag <= mededeling.tot_dag]


def dienst_minimaal(aanbod: Aanbod, nu: Nu) -> Json:
    """The least that the standard allows; also all that is left of an offer in the archive."""
    return {
        "id": str(aanbod.uuid),
        "name": aanbod.naam,
        "status": status(aanbod, nu),
        "last_modified": moment(aanbod.gewijzigd_op),
    }


def dienst_velden(aanbod: Aanbod, nu: Nu) -> Json:
    """The plain fields; `gecontroleerd_op` comes from `vragen`."""
    gecontroleerd = getattr(aanbod, "gecontroleerd_op", None)
    return dienst_minimaal(aanbod, nu) | gevuld(
        alternate_name=aanbod.andere_namen,
        description=aanbod.omschrijving,
        url=uri(aanbod.website),
        email=mail(aanbod.email),
        application_process=aanbod.aanmelden,
        fees_description=aanbod.kosten,
        eligibility_description=aanbod.doelgroep,
        assured_date=timezone.localdate(gecontroleerd).isoformat() if gecontroleerd else None,
        alert=_waarschuwing(aanbod, nu),
    )


def _waarschuwing(aanbod: Aanbod, nu: Nu) -> str:
    dicht = [
        f"Dicht tot en met {u.tot_dag.isoformat()}{f': {u.reden}' if u.reden else ''}"
        for u in uitzonderingen(aanbod, nu)
        if u.is_dicht
    ]
    return ". ".join([*dicht, *(mededeling.tekst.rstrip(".") for mededeling in mededelingen(aanbod, nu))])


def dienst_kort(aanbod: Aanbod, nu: Nu) -> Json:
    """As in a list: the plain fields and the organisation."""
    if status(aanbod, nu) == "defunct":
        return dienst_minimaal(aanbod, nu)
    return dienst_velden(aanbod, nu) | {"organization": organisatie_kort(aanbod.organisatie)}


def dienst_vol(aanbod: Aanbod, nu: Nu, *, met_organisatie: bool = True, met_plekken: bool = True) -> Json:
    """Everything public about an offer, nested."""
    if status(aanbod, nu) == "defunct":
        return dienst_minimaal(aanbod, nu)
    tijden = list(aanbod.openingstijden.all())
    zonder_plek = [tijd for tijd in tijden if tijd.locatie is None]
    dienst = dienst_velden(aanbod, nu) | gevuld(
        phones=telefoons(aanbod.uuid, aanbod.telefoon),
        schedules=[schema(tijd, nu) for tijd in zonder_plek],
        service_areas=_gebieden(aanbod),
        service_at_locations=_op_plekken(aanbod, tijden, nu) if met_plekken else [],
        languages=[
            {"id": sleutel(aanbod.uuid, "taal", code), "name": str(Taal(code).label), "code": code}
            for code in aanbod.talen
        ],
        cost_options=_kosten(aanbod),
        required_documents=_documenten(aanbod),
        contacts=contacten(aanbod.contacten.all()),
        attributes=attributen(aanbod),
    )
    return dienst | ({"organization": organisatie_vol(aanbod.organisatie)} if met_organisatie else {})


def _gebieden(aanbod: Aanbod) -> list[Json]:
    namen = [kern.naam for kern in aanbod.kernen.all()]
    if aanbod.bereik != Aanbod.Bereik.KERNEN:
        namen.append(aanbod.get_bereik_display())
    return [{"id": sleutel(aanbod.uuid, "gebied", naam), "name": naam} for naam in namen]


def _kosten(aanbod: Aanbod) -> list[Json]:
    """The words stand in `fees_description`; only "free" is an amount we are sure of."""
    gratis = {"id": sleutel(aanbod.uuid, "kosten"), "option": "gratis", "currency": "EUR", "amount": 0}
    return [gratis] if aanbod.is_gratis else []


def _documenten(aanbod: Aanbod) -> list[Json]:
    namen = [
        *([INDICATIE] if aanbod.indicatie_nodig else []),
        *([aanbod.meenemen] if aanbod.meenemen else []),
    ]
    return [{"id": sleutel(aanbod.uuid, "document", naam), "document": naam} for naam in namen]


# --- Services at locations ------------------------------------------------------------------------------------------


def op_plek_id(aanbod: Aanbod, plek: Locatie) -> str:
    return sleutel(aanbod.uuid, plek.uuid)


def _op_plekken(aanbod: Aanbod, tijden: list[Openingstijd], nu: Nu) -> list[Json]:
    plekken: Mapping[int, Locatie] = {tijd.locatie.pk: tijd.locatie for tijd in tijden if tijd.locatie}
    return [_op_plek(aanbod, plek, tijden, nu) for plek in plekken.values()]


def _op_plek(aanbod: Aanbod, plek: Locatie, tijden: list[Openingstijd], nu: Nu) -> Json:
    return {
        "id": op_plek_id(aanbod, plek),
        "schedules": [schema(tijd, nu) for tijd in tijden if tijd.locatie_id == plek.pk],
        "location": locatie(plek),
    }


def op_plek_kort(aanbod: Aanbod, plek: Locatie, nu: Nu) -> Json:
    """As in a list: the place without its address, and the service."""
    plat = {naam: w for naam, w in locatie(plek).items() if naam not in {"addresses", "accessibility"}}
    return {"id": op_plek_id(aanbod, plek), "location": plat, "service": dienst_kort(aanbod, nu)}


def op_plek_vol(aanbod: Aanbod, plek: Locatie, nu: Nu) -> Json:
    """The times there, the place, and the whole service (without its places: those would go round)."""
    return _op_plek(aanbod, plek, list(aanbod.openingstijden.all()), nu) | {
        "service": dienst_vol(aanbod, nu, met_plekken=False)
    }
