"""Forms of the desk."""

from django import forms

from balie.models import Infopunt, Medewerker


class InfopuntForm(forms.Form):
    """Choose the desk to work at."""

    infopunt = forms.ModelChoiceField(Infopunt.objects.none(), label="Infopunt")

    def __init__(self, *args: object, medewerker: Medewerker, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["infopunt"].queryset = Infopunt.objects.visible_to(medewerker)  # type: ignore[attr-defined]
