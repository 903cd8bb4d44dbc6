"""Which questions to look at, and the form that mends one."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from balie.models import Infopunt
from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from registratie.forms import ICOON_WIJZE, SPELING, TERUG_DAGEN
from registratie.keuzes import alle_organisaties, gegroepeerde_onderwerpen
from registratie.models import (
    GEWIJZIGDE_VELDEN,
    WIJZEN_MET_ORGANISATIE,
    Geslacht,
    Leeftijdsgroep,
    RedenNietGeholpen,
    Vraag,
    Wijze,
)
from sociale_kaart.models import Onderwerp, Organisatie

EERSTE_JAAR = 2018


class LijstForm(FormMixin, forms.Form):
    """A desk and a day; what is not filled in is the current desk, and today."""

    toon_mag_leeg = False

    infopunt = forms.ModelChoiceField(
        Infopunt.objects.none(),
        label="Infopunt",
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "Kies een van je eigen infopunten."},
    )
    dag = forms.DateField(
        label="Dag",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )

    def __init__(
        self, data: Mapping[str, str], *, infopunten: list[Infopunt], infopunt: Infopunt, vandaag: date
    ) -> None:
        self.eigen, self.vandaag = infopunt, vandaag
        ingevuld = {"infopunt": str(infopunt.pk), "dag": vandaag.isoformat()}
        super().__init__(ingevuld | {naam: data[naam] for naam in ingevuld if data.get(naam)})
        veld = self.fields["infopunt"]
        veld.queryset = Infopunt.objects.filter(pk__in=[eigen.pk for eigen in infopunten])  # type: ignore[attr-defined]

    def clean_dag(self) -> date | None:
        dag: date | None = self.cleaned_data["dag"]
        if dag and not EERSTE_JAAR <= dag.year <= self.vandaag.year + 1:
            raise forms.ValidationError("Kies een dag van de afgelopen jaren.")
        return dag

    @property
    def keuze(self) -> tuple[Infopunt, date]:
        """The desk and the day to show; of a bad choice, the ordinary one."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("infopunt") or self.eigen, data.get("dag") or self.vandaag


class HerstelForm(FormMixin, forms.Form):
    """A stored question, filled in: everything but how it came into the books can be changed."""

    infopunt = forms.ModelChoiceField(
        Infopunt.objects.none(),
        label="Infopunt",
        empty_label=None,
        error_messages={"invalid_choice": "Kies een van je eigen infopunten."},
    )
    dag = forms.DateField(
        label="Dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )
    tijd = forms.TimeField(
        label="Tijd",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Dit is geen tijd. Schrijf: 14:15."},
    )
    onderwerp = forms.ModelChoiceField(
        Onderwerp.objects.select_related("ouder"),
        label="Onderwerp",
        error_messages={"required": "Kies een onderwerp.", "invalid_choice": "Kies een onderwerp."},
    )
    onderliggend = forms.ModelChoiceField(
        Onderwerp.objects.select_related("ouder"), label="Zit er iets anders achter?", required=False
    )
    leeftijdsgroep = forms.ChoiceField(
        label="Leeftijd",
        choices=Leeftijdsgroep.choices,
        widget=TilesRadioSelect(variant="kort", columns=4),
    )
    geslacht = forms.ChoiceField(
        label="Geslacht", choices=Geslacht.choices, widget=TilesRadioSelect(variant="kort", columns=5)
    )
    wijze = forms.ChoiceField(
        label="Hoe hielp je?",
        choices=Wijze.choices,
        widget=TilesRadioSelect(icons=ICOON_WIJZE, columns=4),
    )
    organisatie = forms.ModelChoiceField(
        Organisatie.objects.current(),
        label="Naar wie?",
        required=False,
        help_text="Telt alleen bij doorverwezen en warm verwezen.",
    )
    reden_niet = forms.ChoiceField(
        label="Waarom niet?",
        choices=[("", "Niet opgeschreven"), *RedenNietGeholpen.choices],
        required=False,
        help_text="Telt alleen bij niet kunnen helpen.",
    )
    opmerking = PrivacyVeld(
        label="Opmerking",
        required=False,
        max_length=Vraag._meta.get_field("opmerking").max_length,
        help_text="Zonder namen, adressen of nummers.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data: Mapping[str, str] | None, *, vraag: Vraag, infopunten: list[Infopunt], nu: datetime
    ) -> None:
        self.nu, self.was = nu, timezone.localtime(vraag.moment)
        velden = [veld for veld, _ in GEWIJZIGDE_VELDEN if veld != "moment"]
        initial = {veld: vraag.serializable_value(veld) for veld in velden}
        super().__init__(data, initial=initial | {"dag": self.was.date(), "tijd": self.was.time()})
        onderwerpen = gegroepeerde_onderwerpen()
        self._offer("infopunt", [(eigen.pk, eigen.naam) for eigen in infopunten])
        self.fields["infopunt"].queryset = Infopunt.objects.filter(  # type: ignore[attr-defined]
            pk__in=[eigen.pk for eigen in infopunten]
        )
        self._offer("onderwerp", onderwerpen)
        self._offer("onderliggend", [("", "Nee, niets anders"), *onderwerpen])
        self._offer("organisatie", [("", "Niet opgeschreven"), *alle_organisaties()])

    def _offer(self, veld: str, keuzes: Sequence) -> None:
        self.fields[veld].choices = keuzes  # type: ignore[attr-defined]

    def clean_dag(self) -> date:
        dag: date = self.cleaned_data["dag"]
        vandaag = timezone.localdate(self.nu)
        eerste = min(vandaag - timedelta(days=TERUG_DAGEN), self.was.date())
        if not eerste <= dag <= vandaag:
            raise forms.ValidationError(f"Kies een dag van {date_format(eerste, 'j F')} tot en met vandaag.")
        return dag

    def clean_onderliggend(self) -> Onderwerp | None:
        onderliggend: Onderwerp | None = self.cleaned_data["onderliggend"]
        if onderliggend and onderliggend == self.cleaned_data.get("onderwerp"):
            raise forms.ValidationError("Kies een ander onderwerp dan de vraag zelf.")
        return onderliggend

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("wijze") not in WIJZEN_MET_ORGANISATIE:
            data["organisatie"] = None
        if data.get("wijze") != Wijze.NIET_GEHOLPEN:
            data["reden_niet"] = ""
        if "dag" in data and "tijd" in data:
            moment = timezone.make_aware(datetime.combine(data["dag"], data["tijd"])).astimezone(UTC)
            if moment > self.nu + SPELING:
                self.add_error("tijd", "Kies een tijd die al is geweest.")
            data["moment"] = min(moment, self.nu)
        return data

    def antwoorden(self) -> dict[str, Any]:
        """What `change_vraag` wants to know."""
        return {veld: self.cleaned_data[veld] for veld, _ in GEWIJZIGDE_VELDEN if veld in self.cleaned_data}
