"""How every form looks: the project's renderer, and radios and checkboxes drawn as tiles."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label, help, error, field, in that order, out of our own templates."""

    form_template_name = "onderdelen/formulier.html"
    field_template_name = "onderdelen/veld.html"


class TilesMixin(forms.widgets.ChoiceWidget):
    """Draws each choice as a tile: a real input that fills the tile, over an icon, a word and a line of help.

    `icons`, `spots` (second tone of the icon) and `help_texts` are keyed by choice value. `columns` is the
    number of tiles in a row on a wide screen (2-7). `variant`: "groot" puts the icon above the word,
    "rij" beside it, "kort" is for short words without icon.
    """

    template_name = "onderdelen/tegels.html"

    def __init__(
        self,
        *args: Any,
        icons: Mapping[Any, str] | None = None,
        spots: Mapping[Any, str] | None = None,
        help_texts: Mapping[Any, str] | None = None,
        columns: int | None = None,
        variant: str = "rij",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.icons = icons or {}
        self.spots = spots or {}
        self.help_texts = help_texts or {}
        self.columns = columns
        self.variant = variant

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        key = getattr(value, "value", value)  # a ModelChoiceField wraps its keys
        option["icon"] = self.icons.get(key, "")
        option["spot"] = self.spots.get(key, "")
        option["help_text"] = self.help_texts.get(key, "")
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"columns": self.columns, "variant": self.variant}
        return context


class TilesRadioSelect(TilesMixin, forms.RadioSelect):
    """One choice out of a few, all visible at once."""


class TilesCheckboxSelectMultiple(TilesMixin, forms.CheckboxSelectMultiple):
    """Several choices out of a few, all visible at once."""


class FormMixin:
    """Our validation speaks, not the browser's bubbles: those vanish and cannot be read back.

    Set `toon_mag_leeg = False` on filter forms, where everything is optional anyway.
    """

    use_required_attribute = False
    toon_mag_leeg = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standaard = forms.Field.default_error_messages["required"]
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages["required"] == standaard:
                field.error_messages["required"] = _vraag_om_invullen(field)


def _vraag_om_invullen(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "Zet hier een vinkje."
    return (
        "Kies er nog een."
        if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
        else "Vul dit nog in."
    )
