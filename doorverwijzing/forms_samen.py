"""The form for a referral made with the visitor beside us: how it went, and nothing personal."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from doorverwijzing.models import RedenNietPassend, Status, Wijze
from infopunt.forms import FormMixin, TilesRadioSelect
from sociale_kaart.models import Aanbod, AanbodContact

VER_WEG = timedelta(days=365)


class AfspraakVelden(FormMixin, forms.Form):
    """A day and perhaps a time that were agreed; both may stay empty."""

    afspraak_dag = forms.DateField(
        label="Afspraak op",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Kies er een uit de kalender."},
    )
    afspraak_tijd = forms.TimeField(
        label="Hoe laat?",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Dit is geen tijd. Schrijf het zoals 14:30."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dag, tijd = data.get("afspraak_dag"), data.get("afspraak_tijd")
        if tijd and not dag and "afspraak_dag" not in self.errors:
            self.add_error("afspraak_dag", "Op welke dag is de afspraak?")
        if dag and not tijd and "afspraak_tijd" not in self.errors:
            self.add_error("afspraak_tijd", "Hoe laat is de afspraak?")
        vandaag = timezone.localdate()
        if dag and not vandaag <= dag <= vandaag + VER_WEG:
            self.add_error("afspraak_dag", "Kies een dag vanaf vandaag, en binnen een jaar.")
        return data

    @property
    def afspraak_op(self) -> datetime | None:
        dag, tijd = self.cleaned_data.get("afspraak_dag"), self.cleaned_data.get("afspraak_tijd")
        return timezone.make_aware(datetime.combine(dag, tijd)) if dag and tijd else None


class ContactChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class SamenForm(AfspraakVelden):
    """By telephone or by walking along: whom we spoke, and how it went."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    wijze = forms.ChoiceField(
        label="Hoe doen jullie het?",
        choices=[(Wijze.TELEFOON, "Samen bellen"), (Wijze.MEELOPEN, "Samen erheen lopen")],
        initial=Wijze.TELEFOON,
        widget=TilesRadioSelect(
            icons={Wijze.TELEFOON: "phone-call", Wijze.MEELOPEN: "footprints"}, columns=2, variant="rij"
        ),
    )
    contact = ContactChoiceField(
        AanbodContact.objects.none(), label="Wie spraken jullie?", required=False, empty_label=None
    )
    uitkomst = forms.ChoiceField(
        label="Hoe ging het?",
        choices=[
            (Status.GEHOLPEN, "Wordt geholpen"),
            (Status.NIET_BEREIKT, "Niemand bereikt"),
            (Status.NIET_PASSEND, "Niet voor hen"),
        ],
        widget=TilesRadioSelect(
            icons={
                Status.GEHOLPEN: "circle-check",
                Status.NIET_BEREIKT: "phone-off",
                Status.NIET_PASSEND: "signpost",
            },
            spots={Status.GEHOLPEN: "groen", Status.NIET_BEREIKT: "roze", Status.NIET_PASSEND: "blauw"},
            columns=3,
            variant="groot",
        ),
        error_messages={"required": "Kies hoe het ging."},
    )
    reden = forms.ChoiceField(
        label="Waarom past het niet?",
        choices=RedenNietPassend.choices,
        required=False,
        widget=TilesRadioSelect(columns=2, variant="kort"),
    )
    toon_mag_leeg = False

    def __init__(self, *args: Any, aanbod: Aanbod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacten = AanbodContact.objects.filter(aanbod=aanbod).select_related("contactpersoon")
        self.fields["contact"].queryset = contacten  # type: ignore[attr-defined]
        self.fields["contact"].initial = contacten.first()
        self.fields["id"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        uitkomst = data.get("uitkomst")
        if uitkomst == Status.NIET_PASSEND:
            if not data.get("reden") and "reden" not in self.errors:
                self.add_error("reden", "Kies waarom het niet past.")
        else:
            data["reden"] = ""
        if uitkomst and uitkomst != Status.GEHOLPEN:
            # Fields that do not apply are hidden; what was typed in them before does not count.
            for veld in ("afspraak_dag", "afspraak_tijd"):
                data[veld] = None
                self.errors.pop(veld, None)
        return data
