"""Form fields that make what people type ready to use: phone numbers, web addresses, text."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from sociale_kaart.invoer.keuren import heeft_stuurtekens, keur_telefoon

KORT_NUMMER = 6
CIJFERS_NL = 10
# Service numbers come in several lengths.
_DIENST = ("0800", "0900", "0906", "0909")
GEEN_TELEFOON = "Dit is geen telefoonnummer. Vul een nummer in zoals 0529-55 55 00."
GEEN_WEBADRES = "Dit is geen webadres. Vul het in zoals www.voorbeeld.nl."
GEEN_MAIL = "Dit is geen mailadres. Vul het in zoals naam@voorbeeld.nl."
CIJFER_FOUT = "Dit nummer kan niet kloppen. Er mist een cijfer, of er staat er een te veel."


def tidy(tekst: str) -> str:
    """Without characters that break the page or turn text around; they come along when pasting."""
    if not heeft_stuurtekens(tekst, "\n\r\t"):
        return tekst
    return "".join(teken for teken in tekst if not heeft_stuurtekens(teken, "\n\r\t"))


class TelefoonVeld(forms.CharField):
    """Keeps the grouping as typed; foreign spelling of a Dutch number becomes 0-something."""

    def clean(self, value: Any) -> str:
        tekst = " ".join(tidy(super().clean(value)).split())
        if not tekst:
            return tekst
        try:
            keur_telefoon(tekst)
        except ValidationError:
            raise ValidationError(GEEN_TELEFOON, code="invalid") from None
        return tekst if sum(teken.isdigit() for teken in tekst) <= KORT_NUMMER else _national(tekst)


def _national(tekst: str) -> str:
    try:
        nummer = phonenumbers.parse(tekst, "NL")
    except phonenumbers.NumberParseException:
        raise ValidationError(GEEN_TELEFOON, code="invalid") from None
    cijfers = "".join(teken for teken in tekst if teken.isdigit())
    binnenlands = tekst.startswith("0") and not tekst.startswith(("00", *_DIENST))
    if not phonenumbers.is_possible_number(nummer) or (binnenlands and len(cijfers) != CIJFERS_NL):
        raise ValidationError(CIJFER_FOUT, code="invalid")
    if tekst.startswith(("+", "00")) and nummer.country_code == 31:
        return phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.NATIONAL)
    return tekst


class WebVeld(forms.URLField):
    """An address as people say it: "www.voorbeeld.nl" gets its https."""

    widget = forms.TextInput(attrs={"inputmode": "url"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "assume_scheme": "https"})
        self.error_messages["invalid"] = GEEN_WEBADRES

    def to_python(self, value: Any) -> str:
        adres = super().to_python(tidy(str(value or "")).strip()) or ""
        if adres and not adres.startswith(("http://", "https://")):
            raise ValidationError(GEEN_WEBADRES, code="invalid")
        return adres


class MailVeld(forms.EmailField):
    """A mail address; what stands behind the @ is written small."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["invalid"] = GEEN_MAIL

    def clean(self, value: Any) -> str:
        naam, at, domein = super().clean(tidy(str(value or ""))).rpartition("@")
        return f"{naam}{at}{domein.lower()}"
