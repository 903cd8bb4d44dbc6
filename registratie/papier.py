"""A week of paper tally sheets in one grid: topics down, days across, in each cell how often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.db import transaction
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format

from balie.models import Infopunt
from infopunt.forms import FormMixin
from registratie.actions import UUID_VERSION, AndereVraag, lock_id
from registratie.forms_herstel import LijstForm
from registratie.models import Geslacht, Herkomst, Leeftijdsgroep, VervallenVraag, Vraag, Wijze, to_quarter
from registratie.turven import WIJZEN
from registratie.uitvraag import monday_of
from sociale_kaart.models import Onderwerp

TERUG = timedelta(weeks=13)
HOOGSTENS = 99  # in a cell
MIDDAG = time(12)
ZOUT = "registratie.papier"
ONGEDAAN_TOT = timedelta(days=1)

Tellingen = Mapping[tuple[Onderwerp, date], int]


@dataclass(frozen=True)
class Dag:
    """A column of the grid."""

    datum: date
    komt_nog: bool


class WeekForm(LijstForm):
    """A desk, and a week by any of its days; not a week to come and not too long ago."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dag"].label = "Een dag in die week"

    def clean_dag(self) -> date | None:
        dag: date | None = self.cleaned_data["dag"]
        eerste = monday_of(self.vandaag - TERUG)
        if dag and not eerste <= dag <= monday_of(self.vandaag) + timedelta(days=6):
            raise forms.ValidationError(
                f"Kies een week vanaf {date_format(eerste, 'j F Y')}, tot en met deze week."
            )
        return dag


class PapierForm(FormMixin, forms.Form):
    """The grid of one week. `blad` is the sheet's own id: sending it twice counts it once."""

    blad = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    wijze = forms.ChoiceField(label="Hoe hielp je?", choices=[(wijze.value, wijze.label) for wijze in WIJZEN])

    def __init__(self, data: Mapping[str, str] | None, *, maandag: date, vandaag: date) -> None:
        super().__init__(data, initial={"blad": uuid4(), "wijze": Wijze.ZELF_BEANTWOORD})
        dagen = [maandag + timedelta(days=nummer) for nummer in range(7)]
        self.dagen = [Dag(dag, dag > vandaag) for dag in dagen]
        self.onderwerpen = list(Onderwerp.objects.filter(ouder=None))
        for onderwerp in self.onderwerpen:
            for dag in self.dagen:
                self.fields[_name(onderwerp, dag)] = _cell(onderwerp, dag)

    @property
    def rijen(self) -> Iterator[tuple[Onderwerp, list[tuple[Dag, BoundField]]]]:
        """Per topic its cells. Of a day to come only those in which something was typed."""
        for onderwerp in self.onderwerpen:
            yield onderwerp, [(dag, self[_name(onderwerp, dag)]) for dag in self.dagen]

    def clean_blad(self) -> UUID:
        blad: UUID = self.cleaned_data["blad"]
        if blad.version != UUID_VERSION:
            raise forms.ValidationError("Er ging iets mis met deze pagina. Sla nog een keer op.")
        return blad

    def clean(self) -> dict[str, Any]:
        for onderwerp in self.onderwerpen:
            for dag in self.dagen:
                naam = _name(onderwerp, dag)
                if dag.komt_nog and self.cleaned_data.get(naam):
                    self.add_error(naam, "Deze dag moet nog komen.")
        if not self.errors and not self.tellingen:
            raise forms.ValidationError("Vul bij een onderwerp in hoe vaak het voorkwam.")
        return self.cleaned_data

    @property
    def tellingen(self) -> dict[tuple[Onderwerp, date], int]:
        """What was filled in, without the empty cells."""
        cellen = ((onderwerp, dag) for onderwerp in self.onderwerpen for dag in self.dagen)
        aantallen = {(o, dag.datum): self.cleaned_data.get(_name(o, dag)) or 0 for o, dag in cellen}
        return {cel: aantal for cel, aantal in aantallen.items() if aantal}

    def renew_blad(self) -> None:
        """Give the page that goes back to the browser an id that can be saved."""
        self.data = {**{naam: self.data[naam] for naam in self.data}, "blad": str(uuid4())}


def _name(onderwerp: Onderwerp, dag: Dag) -> str:
    return f"aantal_{onderwerp.pk}_{dag.datum.weekday()}"


def _cell(onderwerp: Onderwerp, dag: Dag) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{onderwerp}, {date_format(dag.datum, 'l j F')}",
        min_value=0,
        max_value=HOOGSTENS,
        required=False,
        error_messages={
            "invalid": "Vul een getal in.",
            "min_value": "Vul 0 of meer in.",
            "max_value": f"Hoogstens {HOOGSTENS} in een vakje.",
        },
    )


@transaction.atomic
def register_blad(
    *, blad: UUID, infopunt: Infopunt, wijze: str, tellingen: Tellingen, nu: datetime
) -> int | None:
    """Store a question for every stroke on the sheet; how many.

    The same sheet again is stored once; one that was undone stays undone: None. AndereVraag when the id belongs
    to a sheet with other strokes.
    """
    lock_id(blad)
    vragen = list(_questions(blad, infopunt, wijze, tellingen, nu))
    *ids, volgende = sheet_ids(blad, len(vragen) + 1)
    if VervallenVraag.objects.filter(pk__in=ids).exists():
        return None
    bestaand = Vraag.objects.in_bulk([*ids, volgende])
    if not bestaand:
        Vraag.objects.bulk_create(vragen)
    elif set(bestaand) != set(ids) or any(_differ(bestaand[vraag.pk], vraag) for vraag in vragen):
        raise AndereVraag
    return len(vragen)


@transaction.atomic
def undo_blad(*, blad: UUID, aantal: int) -> None:
    """Remove every question of a sheet for good."""
    lock_id(blad)
    ids = sheet_ids(blad, aantal)
    VervallenVraag.objects.bulk_create([VervallenVraag(pk=id) for id in ids], ignore_conflicts=True)
    Vraag.objects.filter(pk__in=ids).delete()


def sheet_ids(blad: UUID, aantal: int) -> list[UUID]:
    """The ids of a sheet's questions: always the same for the same sheet, and telling nothing without it."""
    return [
        UUID(int=Random(f"{blad} {nummer}").getrandbits(128), version=UUID_VERSION)  # noqa: S311 - not a secret
        for nummer in range(aantal)
    ]


def receipt(blad: UUID, infopunt: Infopunt, aantal: int) -> str:
    """What the page after saving needs to undo the sheet; nobody can make one up, and it is soon too old."""
    return signing.dumps([str(blad), infopunt.pk, aantal], salt=ZOUT)


def read_receipt(bon: str) -> tuple[UUID, int, int] | None:
    """The sheet, the desk and how many questions; None for what is not ours or is too old."""
    try:
        blad, infopunt, aantal = signing.loads(bon, salt=ZOUT, max_age=ONGEDAAN_TOT)
    except signing.BadSignature:
        return None
    return UUID(blad), infopunt, aantal


def _questions(
    blad: UUID, infopunt: Infopunt, wijze: str, tellingen: Tellingen, nu: datetime
) -> Iterator[Vraag]:
    """A question for every stroke, at the time the desk opened that day."""
    opent = {tijd.weekdag: tijd.van for tijd in infopunt.tijden.order_by("-van")}
    ids = iter(sheet_ids(blad, sum(tellingen.values())))
    for (onderwerp, dag), aantal in tellingen.items():
        begin = timezone.make_aware(datetime.combine(dag, opent.get(dag.weekday(), MIDDAG)))
        for _ in range(aantal):
            yield Vraag(
                id=next(ids),
                infopunt=infopunt,
                moment=to_quarter(min(begin, nu)),
                onderwerp=onderwerp,
                leeftijdsgroep=Leeftijdsgroep.NIET_GEVRAAGD,
                geslacht=Geslacht.NIET_GEVRAAGD,
                wijze=wijze,
                herkomst=Herkomst.PAPIER,
            )


def _differ(een: Vraag, ander: Vraag) -> bool:
    """Not in the time: on the day itself that is when it was sent."""
    return any(
        getattr(een, veld) != getattr(ander, veld) for veld in ["infopunt_id", "onderwerp_id", "wijze"]
    ) or timezone.localdate(een.moment) != timezone.localdate(ander.moment)
