"""Events and inspections are written once: the database refuses to change or drop them."""

from django.db import migrations

TABELLEN = ["doorverwijzing_gebeurtenis", "doorverwijzing_inzage"]

MAAK_FUNCTIE = """
CREATE FUNCTION doorverwijzing_alleen_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("doorverwijzing", "0001_initial")]
    operations = [
        migrations.RunSQL(MAAK_FUNCTIE, "DROP FUNCTION doorverwijzing_alleen_erbij()"),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER alleen_erbij BEFORE UPDATE OR DELETE ON {tabel} "
                "FOR EACH ROW EXECUTE FUNCTION doorverwijzing_alleen_erbij()",
                f"DROP TRIGGER alleen_erbij ON {tabel}",
            )
            for tabel in TABELLEN
        ],
    ]
