"""Carrying out a plan: everything in bulk, all or nothing, one import at a time.

What the database refuses is found by writing in halves, so that one bad row among thousands costs a few steps
more and stops no other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from balie.models import Kern
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.invoer.plan import AanbodStap, LocatieStap, OrganisatieStap, PersoonStap, Plan, Stap
from sociale_kaart.invoer.rijen import Invoerbestand, Weigering
from sociale_kaart.invoer.vergelijken import Voortgang, maak_plan, tijdvelden
from sociale_kaart.invoer.verslag import Verslag
from sociale_kaart.models import (
    Aanbod,
    AanbodContact,
    Contactpersoon,
    Controle,
    Locatie,
    Onderwerp,
    Openingstijd,
    Organisatie,
    Uitzondering,
)

SLOT = 4_203_017  # any number, as long as nothing else locks it
BATCH = 200
PAST_NIET = "deze gegevens passen niet in de sociale kaart"
S = TypeVar("S", bound=Stap)
M = TypeVar("M", bound=models.Model)


def stil(gedaan: int, totaal: int) -> None:
    """No progress to tell."""


@transaction.atomic
def importeer(
    bestand: Invoerbestand,
    *,
    dry_run: bool = False,
    archiveer: Iterable[int] = (),
    voortgang: Voortgang = stil,
) -> Verslag:
    """Write what differs; with `dry_run` only say what would happen. Of `archiveer` what is gone is archived."""
    if dry_run:
        plan = maak_plan(bestand, voortgang)
        return Verslag.van(plan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
    # Comparing is a third of the way, writing the second and indexing the last.
    plan = maak_plan(bestand, lambda gedaan, totaal: voortgang(gedaan, 3 * totaal))
    Schrijver(plan, voortgang).schrijf(set(archiveer))
    return Verslag.van(plan)


class Schrijver:
    """Writes the steps of a plan, in the order in which they need each other."""

    def __init__(self, plan: Plan, voortgang: Voortgang) -> None:
        self.plan = plan
        self.voortgang = voortgang
        self.kernen: dict[str, Kern] = {}
        self.onderwerpen: dict[str, Onderwerp] = {}

    def schrijf(self, archiveer: set[int]) -> None:
        self._onderwerpen()
        Kern.objects.bulk_create([Kern(naam=naam) for naam in self.plan.kernen], ignore_conflicts=True)
        self.kernen = {kern.naam: kern for kern in Kern.objects.all()}
        self._in_delen(self.plan.organisaties, self._organisaties)
        self._in_delen(self.plan.locaties, self._locaties)
        self._in_delen(self.plan.personen, self._personen)
        stappen = [stap for stap in self.plan.aanbod if stap.oud is None or stap.verschillen or stap.waarden]
        for begin in range(0, len(stappen), BATCH):
            self._in_delen(stappen[begin : begin + BATCH], self._aanbod)
            self.voortgang(len(stappen) + begin, 3 * len(stappen))
        for weg in self.plan.weg:
            if weg.pk in archiveer:
                weg.gearchiveerd_op = timezone.now()
        Aanbod.objects.bulk_update([weg for weg in self.plan.weg if weg.gearchiveerd_op], ["gearchiveerd_op"])
        self._index()

    def _index(self) -> None:
        """What was written, and what stands around it; last, because others who index wait for it."""
        pks = list(Aanbod.objects.stale().values_list("pk", flat=True))
        for begin in range(0, len(pks), BATCH):
            index_aanbod(Aanbod.objects.filter(pk__in=pks[begin : begin + BATCH]))
            self.voortgang(2 * len(pks) + begin, 3 * len(pks))

    def _in_delen(self, stappen: Sequence[S], schrijf: Callable[[Sequence[S]], None]) -> list[S]:
        """Write all at once, or else halve by halve; a single step that cannot be is refused. Gives the others."""
        if not stappen:
            return []
        try:
            with transaction.atomic():
                schrijf(stappen)
        except (ValidationError, DatabaseError, ValueError) as fout:
            if len(stappen) == 1:
                self._weiger(stappen[0], fout)
                return []
            midden = len(stappen) // 2
            return [
                *self._in_delen(stappen[:midden], schrijf),
                *self._in_delen(stappen[midden:], schrijf),
            ]
        return list(stappen)

    def _weiger(self, stap: Stap, fout: Exception) -> None:
        redenen = tuple(getattr(fout, "messages", [PAST_NIET]))
        stap.is_geweigerd = True
        rij = getattr(stap, "rij", None)
        if rij is not None:
            self.plan.geweigerd.append(
                Weigering(
                    rij.plek, redenen, naam=stap.naam, extern_id=rij.extern_id, ruw=getattr(rij, "ruw", {})
                )
            )

    def _onderwerpen(self) -> None:
        """Topics the file brings along; what was made by hand gets the id it is found by next time."""
        volgorde = {rij.extern_id: nummer for nummer, rij in enumerate(self.plan.bestand.onderwerpen, 1)}
        for rij, oud in self.plan.onderwerpen:
            onderwerp = oud or Onderwerp(naam=rij.naam, icoon=rij.icoon, volgorde=volgorde[rij.extern_id])
            onderwerp.extern_id = rij.extern_id
            onderwerp.save()
            self.onderwerpen[rij.extern_id] = onderwerp

    def _organisaties(self, stappen: Sequence[OrganisatieStap]) -> None:
        _bewaar(Organisatie, stappen)

    def _locaties(self, stappen: Sequence[LocatieStap]) -> None:
        for stap in stappen:
            if stap.kern:
                stap.waarden["kern"] = self.kernen[stap.kern]
        _bewaar(Locatie, stappen)

    def _personen(self, stappen: Sequence[PersoonStap]) -> None:
        for stap in stappen:
            if stap.oud is None:
                stap.waarden["organisatie"] = _moet(stap.organisatie)
        _bewaar(Contactpersoon, stappen)

    def _aanbod(self, stappen: Sequence[AanbodStap]) -> None:
        for stap in stappen:
            organisatie = _moet(stap.organisatie)
            if stap.oud is None or stap.oud.organisatie_id != organisatie.pk:
                stap.waarden["organisatie"] = organisatie
        _bewaar(Aanbod, stappen)
        self._vervang(stappen, "onderwerpen", Aanbod.onderwerpen.through.objects, self._onderwerprijen)
        self._vervang(stappen, "kernen", Aanbod.kernen.through.objects, self._kernrijen)
        self._vervang(stappen, "tijden", Openingstijd.objects, _tijdrijen)
        self._vervang(stappen, "contacten", AanbodContact.objects, _contactrijen)
        Uitzondering.objects.bulk_create(
            Uitzondering(aanbod=stap.oud, **vars(sluiting))
            for stap in stappen
            for sluiting in stap.sluitingen
        )
        Controle.objects.bulk_create(
            Controle(aanbod=stap.oud, groep=groep, op=_middag(stap), door=Controle.Door.PARTNER)
            for stap in stappen
            for groep in stap.controles
        )

    def _vervang(
        self,
        stappen: Sequence[AanbodStap],
        lijst: str,
        manager: models.Manager[Any],
        rijen: Callable[[AanbodStap], Iterable[models.Model]],
    ) -> None:
        """Put the new list in the place of the old one, for those offers of which it changes."""
        anders = [stap for stap in stappen if getattr(stap, lijst) is not None]
        manager.filter(aanbod__in=[stap.oud for stap in anders if not stap.is_nieuw]).delete()
        manager.bulk_create([rij for stap in anders for rij in rijen(stap)])

    def _onderwerprijen(self, stap: AanbodStap) -> Iterable[models.Model]:
        for onderwerp in stap.onderwerpen or []:
            eigen = onderwerp if isinstance(onderwerp, Onderwerp) else self.onderwerpen[onderwerp.extern_id]
            yield Aanbod.onderwerpen.through(aanbod=stap.oud, onderwerp=eigen)

    def _kernrijen(self, stap: AanbodStap) -> Iterable[models.Model]:
        for naam in stap.kernen or []:
            yield Aanbod.kernen.through(aanbod=stap.oud, kern=self.kernen[naam])


def _tijdrijen(stap: AanbodStap) -> Iterable[models.Model]:
    for nummer, (tijd, locatie) in enumerate(stap.tijden or []):
        plek = _moet(locatie) if locatie else None
        yield Openingstijd(aanbod=stap.oud, volgorde=nummer, locatie=plek, **tijdvelden(tijd))


def _contactrijen(stap: AanbodStap) -> Iterable[models.Model]:
    for nummer, (persoon, rol) in enumerate(stap.contacten or []):
        yield AanbodContact(aanbod=stap.oud, contactpersoon=_moet(persoon), rol=rol, volgorde=nummer)


def _moet(stap: Stap) -> Any:
    """What a step made or found. Raises ValidationError when it was refused."""
    if stap.oud is None:
        raise ValidationError(f"hoort bij “{stap.naam}”, en die is geweigerd")
    return stap.oud


def _middag(stap: AanbodStap) -> datetime:
    """A day as a moment: noon falls on it in every time zone near here."""
    dag = stap.rij.gecontroleerd or timezone.localdate()
    return timezone.make_aware(datetime.combine(dag, time(12)))


def _bewaar(model: type[M], stappen: Sequence[Stap]) -> None:
    """Make what is new and change what differs, each column for all rows that need it at once."""
    nieuw = [stap for stap in stappen if stap.is_nieuw]
    gemaakt = model._default_manager.bulk_create([model(**stap.waarden) for stap in nieuw], batch_size=BATCH)
    per_velden: dict[tuple[str, ...], list[Any]] = {}
    for stap in stappen:
        if not stap.is_nieuw and stap.waarden:
            for veld, waarde in stap.waarden.items():
                setattr(stap.oud, veld, waarde)
            per_velden.setdefault(tuple(stap.waarden), []).append(stap.oud)
    for velden, dingen in per_velden.items():
        model._default_manager.bulk_update(dingen, velden, batch_size=BATCH)
    for stap, ding in zip(nieuw, gemaakt, strict=True):
        stap.oud = ding
