"""Rows on a form that hang on one thing: hours, people, notices. They survive somebody else at work."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model

if TYPE_CHECKING:
    from sociale_kaart.bewerken import Rijen

HOOGSTENS = 60
RIJ = "rij"


def row_key(rij: Any) -> str:
    """What a row is known by between showing and sending. Rows that are only proposed have no pk yet."""
    return str(getattr(rij, "uuid", None) or rij.pk)


class RijenFormSet(forms.BaseFormSet):
    """A formset over the rows of `eigenaar`.

    Django's own model formset fails on a row that was removed meanwhile; here such a row is simply new again. Rows
    that were added meanwhile are left alone. `soort` says which rows (bewerken.Rijen).
    """

    extra = 0
    min_num = 0
    max_num = HOOGSTENS
    absolute_max = HOOGSTENS + 20
    validate_min = False
    validate_max = True
    can_delete = True
    can_delete_extra = True
    can_order = False
    edit_only = False
    renderer = None
    deletion_widget = forms.CheckboxInput
    ordering_widget = forms.NumberInput

    def __init__(
        self, data: Any = None, *, soort: "Rijen", eigenaar: Model, prefix: str, one_more: bool = False
    ) -> None:
        self.soort = soort
        self.form = soort.form
        self.can_order = soort.op_volgorde
        self.eigenaar = eigenaar
        self.bestaand: list[Any] = list(soort.van(eigenaar)) if eigenaar.pk else []
        self._vrij = {row_key(rij): rij for rij in self.bestaand}
        self._kwargs = soort.form_kwargs(eigenaar)
        self.one_more = one_more
        self.renderer = forms.renderers.get_default_renderer()
        super().__init__(data, initial=[{} for _ in self.bestaand], prefix=prefix)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        # The row that was just asked for was not on the page: it shows what a new row starts with.
        vers = self.one_more and index == self.total_form_count() - 1
        return {
            "instance": self._instance(index),
            **self._kwargs,
            **({"data": None, "files": None} if vers else {}),
        }

    def _instance(self, index: int | None) -> Any:
        """The row this form is about; the posted id counts only among the rows of this owner, and once."""
        if index is not None and self.is_bound:
            gevonden = self._vrij.pop(self.data.get(f"{self.add_prefix(index)}-{RIJ}", ""), None)
        else:
            gevonden = self.bestaand[index] if index is not None and index < len(self.bestaand) else None
        return gevonden or self.soort.maak(self.eigenaar)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[RIJ] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self._key(form.instance)
        )
        form.fields["DELETE"].label = "Weghalen"
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = "Volgorde"
            form.fields["ORDER"].widget.attrs["min"] = 1

    def _key(self, instance: Any) -> str:
        return row_key(instance) if any(instance is rij for rij in self.bestaand) else ""

    @property
    def kept(self) -> list[Any]:
        """The forms that will be rows, in the order asked for."""
        blijven = [form for form in self.forms if not self._is_gone(form)]
        if self.can_order:
            blijven.sort(key=lambda form: getattr(form, "cleaned_data", {}).get("ORDER") or HOOGSTENS)
        return blijven

    def _is_gone(self, form: Any) -> bool:
        leeg = form.empty_permitted and not form.has_changed()
        return leeg or bool(self._should_delete_form(form))  # type: ignore[attr-defined]

    def clean(self) -> None:
        """No two rows about the same thing, where the kind of row forbids it."""
        gezien = set()
        for form in self.kept if self.soort.sleutel else []:
            ding = form.cleaned_data.get(self.soort.sleutel)
            if ding in gezien:
                form.add_error(self.soort.sleutel, "Deze staat er al bij.")
            gezien.add(ding)

    def save(self) -> None:
        """Remove, change and add rows. Call it after is_valid(), in a transaction."""
        blijven = self.kept
        weg = [form.instance for form in self.forms if form not in blijven and form.instance.pk]
        # A row that is now about another thing is another row; else two rows could not trade places.
        weg += [
            form.instance for form in blijven if self.soort.sleutel in form.changed_data and form.instance.pk
        ]
        for rij in weg:
            rij.delete()  # and has no pk any more
        for volgorde, form in enumerate(blijven):
            rij = form.instance
            schuift = hasattr(rij, "volgorde") and rij.volgorde != volgorde
            if schuift:
                rij.volgorde = volgorde
            if schuift or rij.pk is None or form.has_changed():
                rij.save()
