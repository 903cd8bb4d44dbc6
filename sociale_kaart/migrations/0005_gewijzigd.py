"""`gewijzigd_op` follows every change, whoever makes it: bulk, import or by hand.

An offer changes with its own row and with what hangs on it; so does an organisation. Statement triggers, so that an
import of thousands of rows touches each offer once per statement.
"""

from django.db import migrations

# Columns that say nothing about the content, and generated ones: those are filled in after this trigger.
BOEKHOUDING = "'{gewijzigd_op,geindexeerd_op,zoekvector,is_gratis,sorteernaam}'::text[]"

RIJ = f"""
CREATE FUNCTION sociale_kaart_gewijzigd() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - {BOEKHOUDING} IS DISTINCT FROM to_jsonb(OLD) - {BOEKHOUDING} THEN
        NEW.gewijzigd_op := clock_timestamp();
    ELSE
        NEW.gewijzigd_op := greatest(OLD.gewijzigd_op, NEW.gewijzigd_op);
    END IF;
    RETURN NEW;
END $$
"""

AANBOD = "UPDATE sociale_kaart_aanbod SET gewijzigd_op = clock_timestamp() WHERE id IN ({ids})"
ORGANISATIE = "UPDATE sociale_kaart_organisatie SET gewijzigd_op = clock_timestamp() WHERE id IN ({ids})"
# Of each table: what to touch, with {rijen} for the rows that changed.
VOLGT = {
    "openingstijd": [AANBOD.format(ids="SELECT aanbod_id FROM {rijen}")],
    "aanbodcontact": [AANBOD.format(ids="SELECT aanbod_id FROM {rijen}")],
    "aanbod_onderwerpen": [AANBOD.format(ids="SELECT aanbod_id FROM {rijen}")],
    "aanbod_kernen": [AANBOD.format(ids="SELECT aanbod_id FROM {rijen}")],
    "uitzondering": [
        AANBOD.format(ids="SELECT aanbod_id FROM {rijen}"),
        ORGANISATIE.format(ids="SELECT organisatie_id FROM {rijen}"),
    ],
    "mededeling": [
        AANBOD.format(ids="SELECT aanbod_id FROM {rijen}"),
        ORGANISATIE.format(ids="SELECT organisatie_id FROM {rijen}"),
    ],
    "contactpersoon": [
        ORGANISATIE.format(ids="SELECT organisatie_id FROM {rijen}"),
        AANBOD.format(
            ids="SELECT aanbod_id FROM sociale_kaart_aanbodcontact "
            "WHERE contactpersoon_id IN (SELECT id FROM {rijen})"
        ),
    ],
}
# Names that stand in the search index of offers; nothing hangs on them when they are new or gone.
NAMEN = {
    "organisatie": AANBOD.format(
        ids="SELECT aanbod.id FROM sociale_kaart_aanbod AS aanbod JOIN nieuw ON nieuw.id = organisatie_id "
        "JOIN oud ON oud.id = nieuw.id WHERE (nieuw.naam, nieuw.andere_namen, nieuw.gearchiveerd_op) "
        "IS DISTINCT FROM (oud.naam, oud.andere_namen, oud.gearchiveerd_op)"
    ),
    "onderwerp": AANBOD.format(
        ids="SELECT aanbod_id FROM sociale_kaart_aanbod_onderwerpen WHERE onderwerp_id IN (SELECT id FROM nieuw)"
    ),
    "locatie": AANBOD.format(
        ids="SELECT aanbod_id FROM sociale_kaart_openingstijd WHERE locatie_id IN (SELECT id FROM nieuw)"
    ),
}
OVERGANG = {
    "insert": "NEW TABLE AS nieuw",
    "update": "OLD TABLE AS oud NEW TABLE AS nieuw",
    "delete": "OLD TABLE AS oud",
}


def volgers():
    """Per table and event a function and a trigger."""
    for tabel, opdrachten in VOLGT.items():
        for gebeurtenis, namen in [("insert", ["nieuw"]), ("update", ["oud", "nieuw"]), ("delete", ["oud"])]:
            yield tabel, gebeurtenis, [opdracht.format(rijen=naam) for opdracht in opdrachten for naam in namen]
    for tabel, opdracht in NAMEN.items():
        yield tabel, "update", [opdracht]


def aanmaken(tabel, gebeurtenis, opdrachten):
    naam = f"sociale_kaart_{tabel}_{gebeurtenis}"
    regels = "; ".join(opdrachten)
    return migrations.RunSQL(
        f"CREATE FUNCTION {naam}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {regels}; RETURN NULL; END $$; "
        f"CREATE TRIGGER volgt_{gebeurtenis} AFTER {gebeurtenis} ON sociale_kaart_{tabel} "
        f"REFERENCING {OVERGANG[gebeurtenis]} FOR EACH STATEMENT EXECUTE FUNCTION {naam}()",
        f"DROP TRIGGER volgt_{gebeurtenis} ON sociale_kaart_{tabel}; DROP FUNCTION {naam}()",
    )


class Migration(migrations.Migration):
    dependencies = [("sociale_kaart", "0004_in_de_diepte")]
    operations = [
        migrations.RunSQL(RIJ, "DROP FUNCTION sociale_kaart_gewijzigd()"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER gewijzigd BEFORE UPDATE ON sociale_kaart_{tabel} "
                "FOR EACH ROW EXECUTE FUNCTION sociale_kaart_gewijzigd()",
                f"DROP TRIGGER gewijzigd ON sociale_kaart_{tabel}",
            )
            for tabel in ["aanbod", "organisatie"]
        ],
        *[aanmaken(*volger) for volger in volgers()],
    ]
