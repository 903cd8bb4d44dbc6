"""What the desk notes while it waits for a partner."""

from typing import Any

from django import forms

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
    contact = forms.ModelChoiceField(
        Contactpersoon.objects.none(),
        label="Wie neemt het over?",
        empty_label=None,
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Kies iemand van deze organisatie.",
        },
    )

    def __init__(self, *args: Any, verwijzing: Doorverwijzing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        collegas = Contactpersoon.objects.filter(organisatie=verwijzing.organisatie_id)
        if verwijzing.contactpersoon_id:
            collegas = collegas.exclude(pk=verwijzing.contactpersoon_id)
        self.fields["contact"].queryset = collegas  # type: ignore[attr-defined]
