"""A form field that the privacy guard reads along with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registratie.privacy import check


class PrivacyVeld(forms.CharField):
    """Free text about a visitor. What points to a person is refused and named, so that none is ever stored.

    The refused text is shown again in the form it came from, and nowhere else.
    """

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if tekst and (vondsten := check(tekst)):
            raise ValidationError(
                [ValidationError(f"‘{vondst.tekst}’: {vondst.uitleg}", code="privacy") for vondst in vondsten]
            )
        return tekst
