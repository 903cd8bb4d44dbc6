"""A registered question is nobody's: the shape of the database says so."""

from typing import Any

from django.db import connection

from balie.models import Infopunt, Kern, Medewerker
from doorverwijzing.models import Doorverwijzing
from registratie.models import Turfknop, VervallenVraag, Vraag, Wijziging
from sociale_kaart.models import Onderwerp, Organisatie

NASLAG = {Infopunt, Organisatie, Onderwerp, Kern, Turfknop}  # reference data, the same for everybody


def forward_links(model: Any) -> set[Any]:
    return {
        field.related_model
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and (field.many_to_one or field.one_to_one) and not field.auto_created
    }


def backward_links(model: Any) -> set[Any]:
    velden = model._meta.get_fields(include_hidden=True)
    return {field.related_model for field in velden if field.auto_created and field.related_model}


def test_question_leads_only_to_reference_data() -> None:
    """Follow every foreign key, as far as it goes: no person and no referral at the end of it."""
    bereikt: set[Any] = set()
    nieuw = forward_links(Vraag)
    while nieuw:
        bereikt |= nieuw
        nieuw = {doel for model in nieuw for doel in forward_links(model)} - bereikt

    assert bereikt == NASLAG
    assert not bereikt & {Medewerker, Doorverwijzing}


def test_only_the_trail_of_changes_points_at_a_question() -> None:
    """And that trail leads on to nobody: it has a role and a day."""
    assert backward_links(Vraag) == {Wijziging}
    assert backward_links(VervallenVraag) == set()
    assert backward_links(Wijziging) == set()
    assert forward_links(Wijziging) == {Vraag}


def test_columns_are_the_ones_we_know(db: None) -> None:
    """A new column here is a decision, not an accident: no user, address, session, or moment of saving."""
    with connection.cursor() as cursor:
        kolommen = {
            model: {kolom.name for kolom in connection.introspection.get_table_description(cursor, model)}
            for model in [Vraag._meta.db_table, VervallenVraag._meta.db_table, Wijziging._meta.db_table]
        }

    assert kolommen == {
        "registratie_vraag": {
            "id",
            "infopunt_id",
            "moment",
            "onderwerp_id",
            "leeftijdsgroep",
            "geslacht",
            "wijze",
            "organisatie_id",
            "herkomst",
            "onderliggend_id",
            "reden_niet",
            "opmerking",
            "turfknop_id",
        },
        "registratie_vervallenvraag": {"id"},
        "registratie_wijziging": {"id", "vraag_id", "dag", "rol", "veld", "van", "naar"},
    }
