"""Which questions and referrals a report is about. The form reads the address and does the filtering."""

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format

from balie.models import Infopunt
from infopunt.forms import FormMixin
from rapportage.periode import Keuze, Perioden, Vergelijking, add_months, eigen_perioden, perioden_of
from rapportage.tellen import Selectie
from registratie.models import Herkomst
from sociale_kaart.models import Onderwerp

EERSTE_DAG = date(2015, 1, 1)  # before there were infopunten
HOOGSTENS_JAREN = 5
M = TypeVar("M", bound=Model)


class KeuzeForm(FormMixin, forms.Form):
    """A period and desks, chosen in the address; every desk without a choice. Subclasses say which periods."""

    toon_mag_leeg = False

    periode = forms.ChoiceField(
        label="Periode",
        error_messages={"invalid_choice": "Deze periode kennen we niet. Kies er een uit de lijst."},
    )
    infopunt = forms.TypedMultipleChoiceField(
        label="Infopunten",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Dit infopunt kennen we niet. Kies er een uit de lijst."},
    )

    def __init__(self, data: QueryDict, *, infopunten: list[Infopunt], periode: str) -> None:
        """`periode` is the one when the address chooses none."""
        self.keuze = data.copy()
        self.keuze.setdefault("periode", periode)
        super().__init__(self.keuze)
        self.infopunten = infopunten
        self._choices("infopunt", [(infopunt.pk, infopunt.naam) for infopunt in infopunten])

    def _choices(self, naam: str, keuzes: list[tuple[Any, Any]]) -> None:
        self.fields[naam].choices = keuzes  # type: ignore[attr-defined]

    @property
    def gekozen(self) -> list[Infopunt]:
        """Of a valid form: the chosen desks; all of them when none is chosen."""
        keuze = set(self.cleaned_data["infopunt"])
        return [infopunt for infopunt in self.infopunten if not keuze or infopunt.pk in keuze]


class FilterForm(KeuzeForm):
    """Period, desks, topic and source; without any choice everything of this quarter at all desks."""

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
    onderwerp = forms.TypedChoiceField(
        label="Onderwerp",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Dit onderwerp kennen we niet. Kies er een uit de lijst."},
    )
    herkomst = forms.ChoiceField(
        label="Hoe opgeschreven",
        required=False,
        choices=[("", "Alle manieren van opschrijven"), *Herkomst.choices],
        error_messages={"invalid_choice": "Deze manier kennen we niet. Kies er een uit de lijst."},
    )
    vergelijk = forms.ChoiceField(
        label="Vergelijken",
        required=False,
        choices=Vergelijking.choices,
        error_messages={"invalid_choice": "Dit kunnen we niet vergelijken. Kies er een uit de lijst."},
    )

    def __init__(self, data: QueryDict, *, infopunten: list[Infopunt], vandaag: date) -> None:
        super().__init__(data, infopunten=infopunten, periode=Keuze.DIT_KWARTAAL)
        self.vandaag = vandaag
        self.onderwerpen = dict(Onderwerp.objects.filter(ouder__isnull=True).values_list("pk", "naam"))
        self._choices("periode", Keuze.choices)
        self._choices("onderwerp", [("", "Alle onderwerpen"), *self.onderwerpen.items()])

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
    def perioden(self) -> Perioden:
        """The period asked for and those it is compared with; of a valid form."""
        data = self.cleaned_data
        if data["periode"] == Keuze.EIGEN:
            return eigen_perioden(data["van"], data["tot"])
        return perioden_of(data["periode"], self.vandaag)

    @property
    def is_jaar_eerder(self) -> bool:
        """Compared with a year earlier rather than with the period before."""
        return self.cleaned_data["vergelijk"] == Vergelijking.JAAR_EERDER

    @property
    def hoofdonderwerp(self) -> int | None:
        """The chosen main topic."""
        keuze: int | None = self.cleaned_data["onderwerp"]
        return keuze

    @property
    def is_deel(self) -> bool:
        """Only part of the questions of the chosen desks: of one topic or one source."""
        return bool(self.hoofdonderwerp or self.cleaned_data["herkomst"])

    @property
    def waarvan(self) -> str:
        """Of which part of the questions, where it is not all of them: "Wonen, van papier"."""
        herkomst = self.cleaned_data["herkomst"]
        delen = [
            self.onderwerpen[self.hoofdonderwerp] if self.hoofdonderwerp else "",
            str(Herkomst(herkomst).label) if herkomst else "",
        ]
        return ", ".join(filter(None, delen))

    @property
    def selectie(self) -> Selectie:
        """What to count."""
        herkomst = self.cleaned_data["herkomst"]
        return Selectie(
            tuple(infopunt.pk for infopunt in self.gekozen),
            (self.hoofdonderwerp,) if self.hoofdonderwerp else (),
            (herkomst,) if herkomst else (),
        )

    def filter(self, queryset: QuerySet[M]) -> QuerySet[M]:
        """Only what belongs to the chosen desks."""
        return queryset.filter(infopunt__in=self.gekozen)

    def address(self, **anders: Any) -> str:
        """The query string of this choice with some fields changed; an empty value takes a field out."""
        keuze = self.keuze.copy()
        for naam, waarde in anders.items():
            keuze.setlist(naam, [str(waarde)] if waarde else [])
        return "?" + keuze.urlencode()
