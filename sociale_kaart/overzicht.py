"""One page with everything of an organisation, to read and to open for editing; in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch
from django.urls import reverse

from sociale_kaart.bewerken import (
    AANBODDELEN,
    EIGEN_AANBODDELEN,
    EIGEN_ORGANISATIEDELEN,
    ORGANISATIEDELEN,
    PERSOON,
    Deel,
    Feit,
    facts,
)
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    AanbodQuerySet,
    Contactpersoon,
    Controle,
    Openingstijd,
    Organisatie,
    Taal,
    Voorstel,
)
from sociale_kaart.voorstellijsten import LIJSTEN

ONTMOETEN = frozenset({"kennismaken", "contact", "vaste_gezichten", "drempel"})


@dataclass(frozen=True)
class Leesdeel:
    """A part as it is read: what it says, what is still empty, and where it is edited."""

    deel: Deel
    id: str
    url: str
    feiten: list[Feit]
    leeg: list[str]
    controle: Controle | None
    wat: str


@dataclass(frozen=True)
class Leesaanbod:
    """An offer with its parts; `open` when somebody just worked on it."""

    aanbod: Aanbod
    delen: list[Leesdeel]
    tijden: str
    open: bool
    controle_id: int | None


@dataclass(frozen=True)
class Leespersoon:
    persoon: Contactpersoon
    deel: Leesdeel
    weg_url: str

    @property
    def talen(self) -> str:
        return ", ".join(str(Taal(code).label) for code in self.persoon.talen)


class Kantoor:
    """Where a coordinator edits, and which parts."""

    organisatiedelen = ORGANISATIEDELEN
    aanboddelen = AANBODDELEN
    team = True

    def address(self, obj: Any, deel: Deel) -> str:
        if isinstance(obj, Contactpersoon):
            return reverse("sociale_kaart:persoon", args=[obj.pk])
        naam = "aanbod_deel" if isinstance(obj, Aanbod) else "organisatie_deel"
        return reverse(f"sociale_kaart:{naam}", args=[obj.pk, deel.naam])

    def removal(self, persoon: Contactpersoon) -> str:
        return reverse("sociale_kaart:persoon_weghalen", args=[persoon.pk])

    def new_person(self, organisatie: Organisatie) -> str:
        return reverse("sociale_kaart:persoon_nieuw", args=[organisatie.pk])


class Eigen(Kantoor):
    """The same for a partner, who proposes changes to their own organisation."""

    organisatiedelen = EIGEN_ORGANISATIEDELEN
    aanboddelen = EIGEN_AANBODDELEN
    team = False

    def address(self, obj: Any, deel: Deel) -> str:
        if isinstance(obj, Contactpersoon):
            return reverse("sociale_kaart:mijn_persoon", args=[obj.pk])
        if isinstance(obj, Aanbod):
            return reverse("sociale_kaart:mijn_aanbod", args=[obj.pk, deel.naam])
        return reverse("sociale_kaart:mijn_deel", args=[deel.naam])

    def removal(self, persoon: Contactpersoon) -> str:
        return reverse("sociale_kaart:mijn_persoon_weghalen", args=[persoon.pk])

    def new_person(self, organisatie: Organisatie) -> str:
        return reverse("sociale_kaart:mijn_persoon_nieuw")


def to_edit(queryset: AanbodQuerySet) -> AanbodQuerySet:
    """Offers with everything their parts show."""
    return (
        queryset.with_controles()
        .select_related("organisatie")
        .prefetch_related(
            "onderwerpen",
            "kernen",
            "uitzondering_set",
            "mededeling_set",
            Prefetch("openingstijden", Openingstijd.objects.select_related("locatie")),
            Prefetch("contacten", AanbodContact.objects.select_related("contactpersoon")),
        )
    )


def overview(organisatie: Organisatie, plek: Kantoor, *, geopend: str = "") -> dict[str, Any]:
    """The context of the page. `geopend` is the key of the offer somebody just worked on."""
    alles = list(to_edit(organisatie.aanbod.order_by("naam")))
    aanbod = [item for item in alles if item.gearchiveerd_op is None]
    personen = organisatie.contactpersonen.prefetch_related("rollen__aanbod")
    return {
        "organisatie": organisatie,
        "delen": {deel.deel.naam: deel for deel in _parts(plek.organisatiedelen, organisatie, plek)},
        "personen": [
            Leespersoon(persoon, _read(PERSOON, persoon, plek), plek.removal(persoon)) for persoon in personen
        ],
        "persoon_url": plek.new_person(organisatie),
        "aanbod": [
            Leesaanbod(
                item,
                _parts(plek.aanboddelen, item, plek),
                "; ".join(tijd.wanneer for tijd in item.openingstijden.all()),
                open=str(item.pk) == geopend or len(aanbod) == 1,
                controle_id=item.pk if plek.team else None,
            )
            for item in aanbod
        ],
        "gearchiveerd": [item for item in alles if item.gearchiveerd_op],
        "team": plek.team,
    }


def _parts(delen: dict[str, Deel], obj: Model, plek: Kantoor) -> list[Leesdeel]:
    return [_read(deel, obj, plek) for deel in delen.values()]


def _read(deel: Deel, obj: Any, plek: Kantoor) -> Leesdeel:
    feiten = [feit for feit in facts(deel, obj) if _applies(feit, obj)]
    controles = dict(obj.controle_per_groep) if deel.groep else {}
    return Leesdeel(
        deel,
        deel.id(obj),
        plek.address(obj, deel),
        [feit for feit in feiten if feit.regels],
        [feit.label for feit in feiten if not feit.regels],
        controles.get(str(deel.groep)),
        f"{obj}: {deel.titel}",
    )


def _applies(feit: Feit, obj: Any) -> bool:
    """That the facts about meeting people are empty says nothing when it is no activity."""
    return bool(feit.regels) or feit.naam not in ONTMOETEN or obj.soort == Aanbod.Soort.ACTIVITEIT


@dataclass(frozen=True)
class Wens:
    """A field of a proposal in words."""

    label: str
    was: str
    wordt: str


def wishes(voorstel: Voorstel) -> list[Wens]:
    """What a proposal wants changed and nobody has decided yet, for whoever proposed it."""
    model = Aanbod if voorstel.aanbod_id else Organisatie
    return [
        Wens(*_label_and_words(model, naam, wens["was"], wens["wordt"]))
        for naam, wens in voorstel.velden.items()
        if wens["besluit"] is None
    ]


def _label_and_words(model: type[Model], naam: str, was: Any, wordt: Any) -> tuple[str, str, str]:
    if lijst := LIJSTEN.get(naam):
        woorden = ["; ".join(lijst.in_words(data)) for data in (was, wordt)]
        return str(lijst.model._meta.verbose_name_plural), *woorden  # type: ignore[return-value]
    veld = model._meta.get_field(naam)
    return str(veld.verbose_name), _in_words(veld, was), _in_words(veld, wordt)  # type: ignore[union-attr]


def _in_words(veld: Any, waarde: Any) -> str:
    if isinstance(waarde, list):
        keuzes = dict(veld.base_field.choices)
        return ", ".join(str(keuzes.get(code, code)) for code in waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "" if waarde is None else str(dict(veld.choices or ()).get(waarde, waarde))
