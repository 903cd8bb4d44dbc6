"""A form field that the privacy guard reads along with."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string


def find_personal(text: str) -> list[Any]:
    """What in this text points to a person: objects with `tekst` and `uitleg`.

    The guard knows the social map and so lives higher up; `settings.PRIVACYWACHT` says where.
    """
    return import_string(settings.PRIVACYWACHT)(text)


def is_ordinary_word(word: str) -> bool:
    """Whether a word may be kept on its own: in use in Dutch, and nobody's name. `settings.GEWOON_WOORD`."""
    return bool(import_string(settings.GEWOON_WOORD)(word))


class PrivacyVeld(forms.CharField):
    """Free text about a visitor. What points to a person is refused and named, so that none is ever stored.

    The refused text is shown again in the form it came from, and nowhere else.
    """

    def clean(self, value: Any) -> Any:
        tekst = super().clean(value)
        if tekst and (vondsten := find_personal(tekst)):
            raise ValidationError(
                [ValidationError(f"‘{vondst.tekst}’: {vondst.uitleg}", code="privacy") for vondst in vondsten]
            )
        return tekst
