"""The query string of the agenda, and adding a calendar of a partner."""

import ipaddress
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode

from balie.models import Kern
from infopunt.forms import FormMixin
from sociale_kaart.agenda_ophalen import is_public
from sociale_kaart.models import Agendabron, Organisatie
from sociale_kaart.tijden import monday_of

KEN_IK_NIET = "Deze keuze staat niet in de lijst. Kies opnieuw."
# Further away nobody plans, and dates run out somewhere.
TERUG, VOORUIT = timedelta(days=366), timedelta(days=2 * 366)


class AgendaForm(FormMixin, forms.Form):
    """Which village and which week; without a choice that of the desk, and now."""

    toon_mag_leeg = False

    kern = forms.ModelChoiceField(
        Kern.objects.all(), label="Plaats", required=False, error_messages={"invalid_choice": KEN_IK_NIET}
    )
    week = forms.DateField(
        label="Week", required=False, error_messages={"invalid": "Deze week kennen we niet. Kies opnieuw."}
    )
    activiteiten = forms.BooleanField(label="Alleen activiteiten", required=False)

    def __init__(self, *args: Any, eigen_kern: Kern | None, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        self.fields["kern"].empty_label = None  # type: ignore[attr-defined]
        self.full_clean()
        self.plaats = self.cleaned_data.get("kern") or eigen_kern or Kern.objects.first()
        self.maandag = monday_of(self.cleaned_data.get("week") or vandaag)

    def clean_week(self) -> date | None:
        week: date | None = self.cleaned_data["week"]
        if week and not self.vandaag - TERUG <= week <= self.vandaag + VOORUIT:
            raise ValidationError("Deze week ligt te ver weg. Kies opnieuw.")
        return week

    @property
    def alleen_activiteiten(self) -> bool:
        return bool(self.cleaned_data.get("activiteiten"))

    def adres(self, maandag: date | None) -> str:
        """The address of another week of the same agenda; None is this week."""
        keuzes: dict[str, str | None] = {
            "kern": self.data.get("kern") if self.cleaned_data.get("kern") else None,
            "activiteiten": "on" if self.alleen_activiteiten else None,
            "week": maandag.isoformat() if maandag else None,
        }
        query = urlencode({naam: waarde for naam, waarde in keuzes.items() if waarde})
        return reverse("sociale_kaart:agenda") + (f"?{query}" if query else "")


class Agendaveld(forms.URLField):
    """An address of a calendar; programs hand it out as webcal:// too."""

    widget = forms.TextInput(attrs={"inputmode": "url"})

    def to_python(self, value: Any) -> str:
        tekst = str(value or "").strip()
        if tekst.lower().startswith(("webcal://", "webcals://")):
            tekst = f"https://{tekst.split('://', 1)[1]}"
        return super().to_python(tekst) or ""


class AgendabronForm(FormMixin, forms.ModelForm):
    """A calendar to fetch. What the address leads to is checked when it is fetched."""

    url = Agendaveld(
        label="Adres van de agenda",
        max_length=300,
        assume_scheme="https",
        help_text="Vraag het aan de partner. Het eindigt vaak op .ics.",
        error_messages={"invalid": "Dit is geen webadres. Vul het in zoals https://voorbeeld.nl/agenda.ics."},
    )

    class Meta:
        model = Agendabron
        fields = ("organisatie", "kern", "url")
        labels = {"organisatie": "Van welke organisatie?", "kern": "In welke plaats is het?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisatie, kern = self.fields["organisatie"], self.fields["kern"]
        organisatie.queryset = Organisatie.objects.current()  # type: ignore[attr-defined]
        organisatie.empty_label = "Kies een organisatie"  # type: ignore[attr-defined]
        kern.empty_label = "Overal"  # type: ignore[attr-defined]
        for veld in (organisatie, kern):
            veld.error_messages["invalid_choice"] = KEN_IK_NIET

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            delen = urlsplit(url)
            host, _ = delen.hostname or "", delen.port
        except ValueError as fout:
            raise ValidationError(self.fields["url"].error_messages["invalid"]) from fout
        if delen.scheme not in {"http", "https"}:
            raise ValidationError("Het adres moet beginnen met http:// of https://.")
        if delen.username or delen.password:
            raise ValidationError("Zet geen naam of wachtwoord in het adres.")
        if not settings.AGENDA_OOK_INTERN and _is_internal(host):
            raise ValidationError("Dit adres ligt in een intern netwerk. Daar halen we niets op.")
        return url


def _is_internal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return not is_public(host)
