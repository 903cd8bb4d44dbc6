"""What the desk notes while it waits for a partner."""

from typing import Any

from django import forms

from doorverwijzing.adressen import organisation_address
from doorverwijzing.models import Doorverwijzing
from infopunt.forms import FormMixin
from infopunt.velden import PrivacyVeld
from sociale_kaart.models import Contactpersoon


class BelnotitieForm(FormMixin, forms.Form):
    tekst = PrivacyVeld(
        label="Ik heb gebeld",
        max_length=200,
        help_text="Kort, en zonder namen van bezoekers. Zoals: collega belt morgen terug.",
        error_messages={
            "required": "Schrijf kort op wat er gezegd is.",
            "max_length": "Houd het bij 200 tekens; het zijn er nu %(show_value)d.",
        },
    )


class OvernemenForm(FormMixin, forms.Form):
    """Who takes over: a colleague who can be mailed, or whoever reads the organisation's own mail."""

    ORGANISATIE = "organisatie"

    contact = forms.ChoiceField(
        label="Wie neemt het over?",
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Kies iemand van deze organisatie.",
        },
    )

    def __init__(self, *args: Any, verwijzing: Doorverwijzing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisatie = verwijzing.organisatie
        algemeen = organisation_address(organisatie)
        nu = (verwijzing.contactpersoon_id, verwijzing.email.lower())
        # Who has it now is a choice too once the map knows another address for them.
        mogelijk = [(wie, wie.email or algemeen) for wie in organisatie.contactpersonen.all()]
        self.collegas = {
            str(wie.pk): wie for wie, adres in mogelijk if adres and (wie.pk, adres.lower()) != nu
        }
        self.keuzes = [(pk, wie.naam) for pk, wie in self.collegas.items()]
        if algemeen and algemeen.lower() != verwijzing.email.lower():
            self.keuzes.append((self.ORGANISATIE, f"{organisatie} zelf ({algemeen})"))
        self.fields["contact"].choices = self.keuzes  # type: ignore[attr-defined]

    def clean_contact(self) -> Contactpersoon | None:
        """None is the organisation itself."""
        return self.collegas.get(self.cleaned_data["contact"])
