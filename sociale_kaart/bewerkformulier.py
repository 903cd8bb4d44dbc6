"""The form of one part of the map, and what happens when two people edit it at once.

Every form carries what its sender saw (`versie`: per field a short hash of the words). What somebody else changed
meanwhile and the sender left alone, stays as the other made it. What both changed is a conflict: both values are
shown, what was typed stays in the field, and saving again means it.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.utils.functional import cached_property

from sociale_kaart.bewerken import Deel, Feit, Rijen, facts, in_words
from sociale_kaart.forms_rijen import RijenFormSet

VERSIE = "versie"
ERBIJ = "erbij"
IEMAND_ANDERS = "Iemand anders heeft dit net gewijzigd."
NOG_EEN_KEER = "Sla je nog een keer op, dan geldt wat jij schreef."


def fingerprint(tekst: str) -> str:
    return sha256(tekst.encode()).hexdigest()[:12]


def _with_one_more(data: Any, teller: str) -> Any:
    """What was sent, with a count of rows that is one higher."""
    kopie, totaal = data.copy(), str(data.get(teller, ""))
    kopie[teller] = str(int(totaal) + 1) if totaal.isdecimal() and len(totaal) < 4 else "1"
    return kopie


class Deelformulier:
    """All fields and rows of one part, sent and saved together."""

    def __init__(self, deel: Deel, obj: Any, data: Mapping[str, Any] | None = None) -> None:
        self.deel = deel
        self.obj = obj
        self.id = deel.id(obj)
        # Read before the forms are checked: checking writes what was typed into `obj`.
        self.nu: dict[str, Feit] = {feit.naam: feit for feit in facts(deel, obj)}
        self.is_bound = data is not None
        self.gezien = self._seen(data)
        self.soort_erbij = str(data.get(ERBIJ, "")) if data is not None else ""
        self.forms = [form(data, instance=obj, prefix=self.id) for form in deel.forms]
        self.rijen = [self._formset(soort, data) for soort in deel.rijen]
        self.overgenomen: set[str] = set()
        self.botsingen: dict[str, Feit] = {}

    def _formset(self, soort: Rijen, data: Mapping[str, Any] | None) -> RijenFormSet:
        prefix = f"{self.id}-{soort.naam}"
        erbij = data is not None and soort.naam == self.soort_erbij
        if erbij:
            data = _with_one_more(data, f"{prefix}-TOTAL_FORMS")
        return RijenFormSet(data, soort=soort, eigenaar=self.obj, prefix=prefix, one_more=erbij)

    def _seen(self, data: Mapping[str, Any] | None) -> dict[str, str]:
        if data is None:
            return {naam: fingerprint(feit.tekst) for naam, feit in self.nu.items()}
        try:
            gezien = json.loads(data.get(f"{self.id}-{VERSIE}", ""))
        except ValueError:
            return {}
        return gezien if isinstance(gezien, dict) else {}

    @property
    def versie(self) -> str:
        """What the next sender has seen: of what collided the newest, of the rest what it was."""
        nieuw = {naam: fingerprint(feit.tekst) for naam, feit in self.botsingen.items()}
        return json.dumps(self.gezien | nieuw)

    @property
    def parts(self) -> "list[Any]":
        return [*self.forms, *self.rijen]

    @property
    def one_more(self) -> bool:
        """The button "one more row", not "save"."""
        return any(soort.naam == self.soort_erbij for soort in self.deel.rijen)

    def without_errors(self) -> "Deelformulier":
        """For a page that was not meant to be saved yet."""
        for form in self.all_forms():
            form._errors = forms.utils.ErrorDict(renderer=form.renderer)
        return self

    def all_forms(self) -> Iterator[Any]:
        yield from self.forms
        for formset in self.rijen:
            yield from formset.forms

    @property
    def faulty_forms(self) -> list[Any]:
        """Those with something to mend; a row that goes away needs no mending."""
        rijen = [form for formset in self.rijen for form in formset.kept]
        return [form for form in [*self.forms, *rijen] if form.errors]

    @property
    def row_collisions(self) -> list[Feit]:
        return [
            self.botsingen[rijen.soort.naam] for rijen in self.rijen if rijen.soort.naam in self.botsingen
        ]

    @cached_property
    def _valid(self) -> bool:
        goed = [part.is_valid() for part in self.parts]  # every part, so that all errors show at once
        return all(goed)

    def is_valid(self) -> bool:
        """Right, and nobody else changed the same meanwhile. Adds conflicts to the fields."""
        goed = self._valid
        self._settle()
        return goed and not self.botsingen

    def _settle(self) -> None:
        for naam, getypt in self._typed():
            nu = self.nu[naam]
            if self.gezien.get(naam) == fingerprint(nu.tekst) or getypt == nu.tekst:
                continue
            if self.gezien.get(naam) == fingerprint(getypt):
                self._take_over(naam)
            else:
                self.botsingen[naam] = nu
                self._say(naam, nu)

    def _typed(self) -> Iterator[tuple[str, str]]:
        """Of every field and kind of rows that is right in itself: what was typed, in the words of `facts`."""
        for form in self.forms:
            for naam, veld in form.fields.items():
                if naam in form.cleaned_data:
                    yield naam, in_words(veld, form.cleaned_data[naam])
        for formset in self.rijen:
            if formset.is_valid():
                yield (
                    formset.soort.naam,
                    "\n".join(formset.soort.woorden(form.instance) for form in formset.kept),
                )

    def _say(self, naam: str, nu: Feit) -> None:
        for form in self.forms:
            if naam in form.fields:
                form.add_error(naam, f"{IEMAND_ANDERS} Er staat nu: ‘{nu.tekst or 'niets'}’. {NOG_EEN_KEER}")

    def _take_over(self, naam: str) -> None:
        """Leave what somebody else wrote: this sender did not touch it."""
        self.overgenomen.add(naam)
        for form in self.forms:
            if naam in form.fields:
                waarde = form.initial.get(naam)
                form.cleaned_data[naam] = waarde
                veld = self.obj._meta.get_field(naam)
                if not veld.many_to_many:
                    setattr(self.obj, veld.attname, waarde)

    @transaction.atomic
    def save(self) -> Model:
        """Write everything. The caller holds the lock on the owner, and indexes afterwards."""
        for form in self.forms:
            form.save(commit=False)
        if self.forms:
            self.obj.save()
        for form in self.forms:
            form.save_m2m()
        for formset in self.rijen:
            if formset.soort.naam not in self.overgenomen:
                formset.save()
        return self.obj

    @property
    def has_errors(self) -> bool:
        return self.is_bound and not self.one_more and (not self._valid or bool(self.botsingen))
