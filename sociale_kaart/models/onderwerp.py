"""Topics, shared by questions and offers."""

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from sociale_kaart.models.aanbod import AanbodQuerySet


class OnderwerpQuerySet(models.QuerySet["Onderwerp"]):
    def main(self) -> Self:
        return self.filter(ouder=None)

    def with_counts(self, aanbod: "AanbodQuerySet") -> Self:
        """With `aantal`: how many of these offers are about each, or about a subtopic of it."""
        bij_onderwerp = (
            aanbod.model.onderwerpen.through.objects.filter(
                Q(onderwerp=OuterRef("pk")) | Q(onderwerp__ouder=OuterRef("pk")), aanbod__in=aanbod
            )
            .order_by()
            .values(alles=Value(1))
            .values_list(Count("aanbod", distinct=True))
        )
        return self.annotate(aantal=Coalesce(Subquery(bij_onderwerp), 0))


class Onderwerp(models.Model):
    """A topic, on one of two levels; questions and offers share them.

    `ouder` of a subtopic is always a main topic: a composite foreign key (migration 0002) on
    (ouder, ouder_niveau) -> (id, niveau) keeps it so in the database.
    """

    naam = models.CharField("naam", max_length=80)
    uuid = models.UUIDField("uuid", default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    extern_id = models.CharField("extern id", max_length=120, unique=True, null=True, blank=True)
    ouder = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="kinderen", verbose_name="hoort bij"
    )
    niveau = models.GeneratedField(
        expression=models.Case(models.When(ouder__isnull=True, then=1), default=2),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    ouder_niveau = models.GeneratedField(
        expression=models.Case(models.When(ouder__isnull=False, then=1), default=None),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    icoon = models.CharField("icoon", max_length=40, default="circle-help")
    # Lay words that lead to this topic, separated by commas: "envelop, aanmaning, deurwaarder".
    zoekwoorden = models.TextField("zoekwoorden", blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = OnderwerpQuerySet.as_manager()

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["ouder", "naam"],
                name="kaart_onderwerp_naam_uniek",
                nulls_distinct=False,
                violation_error_message="Dit onderwerp bestaat al.",
            ),
            # The target of the composite foreign key.
            models.UniqueConstraint(fields=["id", "niveau"], name="kaart_onderwerp_id_niveau"),
        ]

    def __str__(self) -> str:
        return self.naam
