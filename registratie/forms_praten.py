"""What coordinators write in the talking aid."""

from typing import Any

from django import forms

from infopunt.forms import FormMixin
from infopunt.velden import PrivacyVeld
from registratie.models import Gesprekswijzer

REGELS = 8
REGEL_LENGTE = 120


class RegelsField(PrivacyVeld):
    """A list, one thing on a line; empty lines and blanks around a line do not count. Names nobody."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        regels = [regel.strip() for regel in super().clean(value).splitlines()]
        regels = [regel for regel in regels if regel]
        if len(regels) > REGELS:
            raise forms.ValidationError(f"Dit zijn {len(regels)} regels. Houd het bij hoogstens {REGELS}.")
        lang = next((regel for regel in regels if len(regel) > REGEL_LENGTE), None)
        if lang:
            raise forms.ValidationError(
                f"De regel ‘{lang[:30]}…’ is te lang: {len(lang)} tekens. Houd het bij {REGEL_LENGTE}."
            )
        return "\n".join(regels)


class GesprekswijzerForm(FormMixin, forms.ModelForm):
    vragen = RegelsField(
        label="Vraag door",
        help_text="Open vragen, op elke regel één. Begin met wat, hoe, wie, waar of welke.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schrijf minstens één vraag."},
    )
    erachter = RegelsField(
        label="Wat er vaak achter zit",
        help_text="Op elke regel één ding, in een paar woorden.",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    class Meta:
        model = Gesprekswijzer
        fields = ["vragen", "erachter"]
