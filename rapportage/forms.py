"""Which questions and referrals a report is about. The form reads the address and does the filtering."""

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format

from balie.models import Infopunt
from infopunt.forms import FormMixin
from rapportage.periode import Keuze, Periode, add_months, eigen_periode, periode_of

EERSTE_DAG = date(2015, 1, 1)  # before there were infopunten
HOOGSTENS_JAREN = 5
M = TypeVar("M", bound=Model)


class FilterForm(FormMixin, forms.Form):
    """Period and desks; without any choice this quarter at all desks."""

    toon_mag_leeg = False

    periode = forms.ChoiceField(
        label="Periode",
        choices=Keuze.choices,
        error_messages={"invalid_choice": "Deze periode kennen we niet. Kies er een uit de lijst."},
    )
    van = forms.DateField(
        label="Van",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )
    tot = forms.DateField(
        label="Tot en met",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )
    infopunt = forms.TypedMultipleChoiceField(
        label="Infopunten",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Dit infopunt kennen we niet. Kies er een uit de lijst."},
    )

    def __init__(self, data: QueryDict, *, infopunten: list[Infopunt], vandaag: date) -> None:
        data = data.copy()
        data.setdefault("periode", Keuze.DIT_KWARTAAL)
        super().__init__(data)
        self.vandaag = vandaag
        self.infopunten = infopunten
        self.fields["infopunt"].choices = [(infopunt.pk, infopunt.naam) for infopunt in infopunten]  # type: ignore[attr-defined]

    def clean_van(self) -> date | None:
        return self._own_day("van")

    def clean_tot(self) -> date | None:
        return self._own_day("tot")

    def _own_day(self, naam: str) -> date | None:
        """Only looked at for a period of one's own, and then needed."""
        dag: date | None = self.cleaned_data[naam]
        if self.cleaned_data.get("periode") != Keuze.EIGEN:
            return None
        laatste = add_months(self.vandaag, 12)
        if dag is None:
            raise forms.ValidationError("Vul een dag in.")
        if not EERSTE_DAG <= dag <= laatste:
            raise forms.ValidationError(
                f"Kies een dag tussen {date_format(EERSTE_DAG, 'j F Y')} en {date_format(laatste, 'j F Y')}."
            )
        return dag

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt voor de eerste. Draai ze om.")
        elif van and tot and tot > add_months(van, 12 * HOOGSTENS_JAREN):
            self.add_error("tot", f"Kies hoogstens {HOOGSTENS_JAREN} jaar.")
        return data

    @property
    def is_eigen(self) -> bool:
        return self["periode"].value() == Keuze.EIGEN

    @property
    def perioden(self) -> tuple[Periode, Periode]:
        """The period asked for and the one it is compared with; of a valid form."""
        data = self.cleaned_data
        if data["periode"] == Keuze.EIGEN:
            return eigen_periode(data["van"], data["tot"])
        return periode_of(data["periode"], self.vandaag)

    @property
    def gekozen(self) -> list[Infopunt]:
        """The chosen desks; all of them when none is chosen."""
        keuze = set(self.cleaned_data["infopunt"])
        return [infopunt for infopunt in self.infopunten if not keuze or infopunt.pk in keuze]

    def filter(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """Only what belongs to the chosen desks."""
        return queryset.filter(infopunt__in=self.gekozen)
