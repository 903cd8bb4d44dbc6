"""Filling in when something is on: days and hours, exceptions, notices. Nobody sees a recurrence rule.

Field names are those of the models, plus `hoe_vaak`, `door_middernacht` and `wat`, that say which of them count.
The formsets are for an offer (times, exceptions, notices) and for an organisation (exceptions, notices);
`templates/sociale_kaart/_tijdform.html`, `_uitzonderingform.html` and `_mededelingform.html` draw one form of each.
"""

from datetime import time
from typing import Any

from django import forms
from django.db import models
from django.forms import BaseInlineFormSet, inlineformset_factory

from balie.models import Weekdag
from infopunt.forms import FormMixin, TilesCheckboxSelectMultiple, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from sociale_kaart.models import (
    Aanbod,
    Locatie,
    Maand,
    Mededeling,
    Openingstijd,
    Organisatie,
    Uitzondering,
    WeekVanMaand,
)
from sociale_kaart.velden import tidy

ELKE, OM_DE, MAAND = "elke", "om_de", "maand"
HOE_VAAK = [(ELKE, "Elke week"), (OM_DE, "Om de zoveel weken"), (MAAND, "In vaste weken van de maand")]
OM_DE_WEKEN = [(2, "om de week"), *((aantal, f"om de {aantal} weken") for aantal in range(3, 9))]
DICHT, ANDERE_TIJDEN = "dicht", "andere_tijden"
EIND_VOOR_BEGIN = "De eindtijd ligt voor de begintijd. Loopt het door na middernacht? Vink dat aan."


class Tekstveld(PrivacyVeld):
    """Words about a time: nothing about a person, no hidden characters."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class Dagveld(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
            **kwargs,
        )


class Tijdveld(forms.TimeField):
    """Takes what people write: 9:30, 9.30, 9 and 24.00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": "Dit is geen tijd. Schrijf: 9.30."},
            required=False,
            **kwargs,
        )

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            tekst = value.lower().removesuffix("uur").strip().replace(".", ":")
            tekst = f"{tekst}:00" if tekst.isdecimal() and len(tekst) < 3 else tekst
            value = "0:00" if tekst in {"24:00", "24:00:00"} else tekst
        tijd = super().to_python(value)
        return tijd.replace(second=0, microsecond=0) if tijd else None


class UrenForm(FormMixin, forms.ModelForm):
    """Hours that belong together: both or none, and only past midnight when somebody says so."""

    toon_mag_leeg = False

    van = Tijdveld(label="Van")
    tot = Tijdveld(label="Tot")
    door_middernacht = forms.BooleanField(label="Loopt door na middernacht", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["door_middernacht"] = _loopt_door(self.instance.van, self.instance.tot)

    def keur_uren(self) -> None:
        """Say beside the field what is wrong with the hours."""
        if {"van", "tot"} & self.errors.keys():
            return
        van, tot = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if (van is None) != (tot is None):
            leeg, wat = ("van", "begint") if van is None else ("tot", "eindigt")
            self.add_error(leeg, f"Vul ook in hoe laat het {wat}. Of laat beide tijden leeg.")
        elif _loopt_door(van, tot) and not self.cleaned_data.get("door_middernacht"):
            self.add_error("tot", EIND_VOOR_BEGIN)

    def keur_dagen(self, eerste: str, laatste: str) -> None:
        van, tot = self.cleaned_data.get(eerste), self.cleaned_data.get(laatste)
        if van and tot and tot < van:
            self.add_error(laatste, "De laatste dag ligt voor de eerste dag.")


class TijdForm(UrenForm):
    """One block of hours: which days, what hours, how often, where. Or a period in words."""

    weekdagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen?",
        choices=[(dag.value, str(dag.label)[:2]) for dag in Weekdag],
        coerce=int,
        required=False,
        widget=TilesCheckboxSelectMultiple(variant="kort", columns=7),
    )
    hoe_vaak = forms.ChoiceField(
        label="Hoe vaak?", choices=HOE_VAAK, initial=ELKE, widget=TilesRadioSelect(variant="kort", columns=3)
    )
    elke_weken = forms.TypedChoiceField(
        label="Om de hoeveel weken?", choices=OM_DE_WEKEN, coerce=int, empty_value=None, required=False
    )
    weken_van_maand = forms.TypedMultipleChoiceField(
        label="Welke weken van de maand?",
        choices=WeekVanMaand.choices,
        coerce=int,
        required=False,
        widget=TilesCheckboxSelectMultiple(variant="kort", columns=6),
    )
    vanaf = Dagveld(
        label="Eerste dag", required=False, help_text="Bij ‘om de zoveel weken’ tellen we vanaf deze week."
    )
    tot_en_met = Dagveld(label="Laatste dag", required=False)
    seizoen_van = forms.TypedChoiceField(
        label="Elk jaar van",
        choices=[("", "–"), *Maand.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    seizoen_tot = forms.TypedChoiceField(
        label="tot en met", choices=[("", "–"), *Maand.choices], coerce=int, empty_value=None, required=False
    )
    periode = Tekstveld(
        label="Of in woorden", max_length=80, required=False, help_text="Zoals: in de schoolvakanties."
    )
    toelichting = Tekstveld(
        label="Opmerking",
        max_length=160,
        required=False,
        help_text="Zoals: op afspraak. Met een opmerking zeggen we nooit ‘nu open’.",
    )

    class Meta:
        model = Openingstijd
        fields = (
            *("weekdagen", "van", "tot", "door_middernacht", "hoe_vaak", "elke_weken", "weken_van_maand"),
            *("vanaf", "tot_en_met", "seizoen_van", "seizoen_tot", "locatie", "periode", "toelichting"),
        )

    def __init__(self, *args: Any, locaties: list[tuple[Any, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["hoe_vaak"] = self._hoe_vaak()
        self.initial["elke_weken"] = max(2, self.instance.elke_weken)
        waar = self.fields["locatie"]
        waar.required, waar.label = False, "Waar?"
        waar.empty_label = "Kies een plek"  # type: ignore[attr-defined]
        waar.error_messages["invalid_choice"] = "Deze plek staat niet in de lijst. Kies opnieuw."
        if locaties is not None:
            waar.choices = locaties  # type: ignore[attr-defined]

    @property
    def meer_open(self) -> bool:
        """Whether something is filled in, or wrong, in the part that is folded away."""
        weggevouwen = ("seizoen_van", "seizoen_tot", "periode", "toelichting")
        return any(self[naam].value() or self[naam].errors for naam in weggevouwen)

    def _hoe_vaak(self) -> str:
        if self.instance.elke_weken > 1:
            return OM_DE
        return MAAND if self.instance.weken_van_maand else ELKE

    def clean(self) -> dict[str, Any]:
        super().clean()
        schoon = self.cleaned_data
        self._keur_herhaling(schoon)
        self.keur_uren()
        self.keur_dagen("vanaf", "tot_en_met")
        if not schoon.get("weekdagen") and not schoon.get("periode") and "periode" not in self.errors:
            self.add_error("weekdagen", "Kies een dag. Of schrijf de periode in woorden.")
        if bool(schoon.get("seizoen_van")) != bool(schoon.get("seizoen_tot")):
            leeg = "seizoen_tot" if schoon.get("seizoen_van") else "seizoen_van"
            self.add_error(leeg, "Kies de eerste en de laatste maand, of geen van beide.")
        return schoon

    def _keur_herhaling(self, schoon: dict[str, Any]) -> None:
        """Only what belongs to the answer to "how often" is kept."""
        hoe_vaak = schoon.get("hoe_vaak")
        if hoe_vaak == OM_DE and not schoon.get("vanaf") and "vanaf" not in self.errors:
            self.add_error("vanaf", "Vul de eerste dag in. Vanaf die week tellen we.")
        if hoe_vaak == MAAND and not schoon.get("weken_van_maand") and "weken_van_maand" not in self.errors:
            self.add_error("weken_van_maand", "Kies welke weken van de maand.")
        schoon["elke_weken"] = schoon.get("elke_weken") or 2 if hoe_vaak == OM_DE else 1
        if hoe_vaak != MAAND:
            schoon["weken_van_maand"] = []


class UitzonderingForm(UrenForm):
    """Days on which it is closed, or other hours hold. One day needs no last day."""

    van_dag = Dagveld(label="Eerste dag")
    tot_dag = Dagveld(label="Laatste dag", required=False, help_text="Leeg: alleen deze ene dag.")
    wat = forms.ChoiceField(
        label="Wat is er dan?",
        choices=[(DICHT, "Dicht"), (ANDERE_TIJDEN, "Andere tijden")],
        initial=DICHT,
        widget=TilesRadioSelect(variant="kort", columns=2),
    )
    reden = Tekstveld(label="Waarom?", max_length=160, required=False, help_text="Zoals: zomervakantie.")

    class Meta:
        model = Uitzondering
        fields = ("van_dag", "tot_dag", "wat", "van", "tot", "door_middernacht", "reden")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["wat"] = DICHT if self.instance.is_dicht else ANDERE_TIJDEN

    def clean(self) -> dict[str, Any]:
        super().clean()
        schoon = self.cleaned_data
        if schoon.get("wat") == ANDERE_TIJDEN:
            self.keur_uren()
            if not self.errors and schoon.get("van") is None:
                self.add_error("van", "Vul in hoe laat het dan begint en eindigt.")
        else:
            schoon["van"] = schoon["tot"] = None
        _vul_laatste_dag(self)
        self.keur_dagen("van_dag", "tot_dag")
        return schoon


class MededelingForm(FormMixin, forms.ModelForm):
    """A notice that is shown for a while."""

    toon_mag_leeg = False

    tekst = Tekstveld(
        label="Mededeling",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Zoals: de lift is stuk. Bel even, dan halen we je op.",
    )
    van_dag = Dagveld(label="Eerste dag")
    tot_dag = Dagveld(label="Laatste dag", required=False, help_text="Leeg: alleen deze ene dag.")

    class Meta:
        model = Mededeling
        fields = ("tekst", "van_dag", "tot_dag")

    def clean(self) -> dict[str, Any]:
        super().clean()
        _vul_laatste_dag(self)
        van, tot = self.cleaned_data.get("van_dag"), self.cleaned_data.get("tot_dag")
        if van and tot and tot < van:
            self.add_error("tot_dag", "De laatste dag ligt voor de eerste dag.")
        return self.cleaned_data


def _loopt_door(van: time | None, tot: time | None) -> bool:
    """Past midnight; until midnight itself is no more than a whole evening."""
    return van is not None and tot is not None and time(0) < tot <= van


def _vul_laatste_dag(form: forms.ModelForm) -> None:
    if (
        form.cleaned_data.get("van_dag")
        and not form.cleaned_data.get("tot_dag")
        and "tot_dag" not in form.errors
    ):
        form.cleaned_data["tot_dag"] = form.cleaned_data["van_dag"]


class BaseTijdFormSet(BaseInlineFormSet):
    """Reads the list of places once, and puts new blocks last."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        if not hasattr(self, "_locaties"):
            gekend = [(locatie.pk, str(locatie)) for locatie in Locatie.objects.current()]
            self._locaties = [("", "Kies een plek"), *gekend]
        return {**super().get_form_kwargs(index), "locaties": self._locaties}

    def save(self, commit: bool = True) -> list[Any]:
        achteraan = max((form.instance.volgorde for form in self.initial_forms), default=-1) + 1
        for nummer, form in enumerate(self.extra_forms, achteraan):
            form.instance.volgorde = nummer
        bewaard: list[Any] = super().save(commit)
        return bewaard


def _formset(ouder: type[models.Model], form: type[forms.ModelForm], **extra: Any) -> Any:
    return inlineformset_factory(ouder, form._meta.model, form=form, extra=0, **extra)


TijdFormSet = _formset(Aanbod, TijdForm, formset=BaseTijdFormSet)
UitzonderingFormSet = _formset(Aanbod, UitzonderingForm, fk_name="aanbod")
MededelingFormSet = _formset(Aanbod, MededelingForm, fk_name="aanbod")
OrganisatieUitzonderingFormSet = _formset(Organisatie, UitzonderingForm, fk_name="organisatie")
OrganisatieMededelingFormSet = _formset(Organisatie, MededelingForm, fk_name="organisatie")
