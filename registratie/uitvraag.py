"""Whether age and gender are asked: always, in sample weeks, or never. A coordinator decides."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from infopunt.forms import FormMixin, TilesCheckboxSelectMultiple, TilesRadioSelect
from registratie.models import Uitvraag

VOORUIT = 26  # weeks to choose from
HOOGSTENS_VOORUIT = timedelta(days=730)


def huidige_uitvraag() -> Uitvraag:
    """What was set; until somebody sets it, both are always asked."""
    return Uitvraag.objects.first() or Uitvraag()


def vraagt_persoon(moment: datetime) -> bool:
    """Are age and gender asked of somebody who comes at `moment`?"""
    uitvraag = huidige_uitvraag()
    if uitvraag.modus == Uitvraag.Modus.STEEKPROEF:
        return monday_of(timezone.localdate(moment)) in uitvraag.weken
    return uitvraag.modus == Uitvraag.Modus.ALTIJD


def monday_of(dag: date) -> date:
    """The first day of the week `dag` falls in: sample weeks are named by it."""
    return dag - timedelta(days=dag.weekday())


def week_in_words(maandag: date) -> str:
    """Such as "30 maart – 5 april 2026"."""
    zondag = maandag + timedelta(days=6)
    van = "j" if maandag.month == zondag.month else "j F" if maandag.year == zondag.year else "j F Y"
    return f"{date_format(maandag, van)} – {date_format(zondag, 'j F Y')}"


class UitvraagForm(FormMixin, forms.Form):
    """The setting, with the weeks to come. Weeks that are over stay: the reports name them."""

    toon_mag_leeg = False

    modus = forms.ChoiceField(
        label="Leeftijd en geslacht vragen",
        choices=Uitvraag.Modus.choices,
        widget=TilesRadioSelect(
            columns=3,
            icons={"altijd": "users", "steekproef": "calendar-days", "nooit": "eye-off"},
        ),
        error_messages={"invalid_choice": "Kies er een van de drie."},
    )
    weken = forms.TypedMultipleChoiceField(
        label="Steekproefweken",
        help_text="Alleen nodig bij ‘Alleen in steekproefweken’.",
        required=False,
        coerce=date.fromisoformat,
        widget=TilesCheckboxSelectMultiple(columns=3),
        error_messages={"invalid_choice": "Kies een van deze weken."},
    )
    nog_een = forms.DateField(
        label="Nog een week",
        help_text="Een dag in een week die er niet bij staat.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, uitvraag: Uitvraag, vandaag: date) -> None:
        self.deze_week = monday_of(vandaag)
        self.voorbij = sorted(week for week in uitvraag.weken if week < self.deze_week)
        komend = sorted(set(uitvraag.weken) - set(self.voorbij))
        super().__init__(
            data, initial={"modus": uitvraag.modus, "weken": [week.isoformat() for week in komend]}
        )
        weken = {self.deze_week + timedelta(weeks=nummer) for nummer in range(VOORUIT)} | set(komend)
        self.fields["weken"].choices = [  # type: ignore[attr-defined]
            (week.isoformat(), week_in_words(week)) for week in sorted(weken)
        ]

    @property
    def voorbij_in_woorden(self) -> list[str]:
        return [week_in_words(week) for week in self.voorbij]

    def clean_nog_een(self) -> date | None:
        dag: date | None = self.cleaned_data["nog_een"]
        if dag and not self.deze_week <= dag <= self.deze_week + HOOGSTENS_VOORUIT:
            raise forms.ValidationError("Kies een dag van deze week of later, hoogstens twee jaar vooruit.")
        return dag

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        extra = data.get("nog_een")
        data["alle_weken"] = sorted({*data.get("weken", []), *([monday_of(extra)] if extra else [])})
        is_steekproef = data.get("modus") == Uitvraag.Modus.STEEKPROEF
        if is_steekproef and not data["alle_weken"] and not self.errors:
            self.add_error("weken", "Kies een of meer weken.")
        return data

    def save(self) -> None:
        weken = [*self.voorbij, *self.cleaned_data["alle_weken"]]
        Uitvraag.objects.update_or_create(
            pk=1, defaults={"modus": self.cleaned_data["modus"], "weken": weken}
        )
