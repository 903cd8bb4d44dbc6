"""A check is written once. It may only move to another offer (when two turn out to be one) or go with its own."""

from django.db import migrations

WIJZIGEN = """
CREATE FUNCTION sociale_kaart_controle_wijzigen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'aanbod_id' IS DISTINCT FROM to_jsonb(OLD) - 'aanbod_id' THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
# Deferred: Django removes what hangs on an offer before the offer itself.
WEGHALEN = """
CREATE FUNCTION sociale_kaart_controle_weghalen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sociale_kaart_aanbod WHERE id = OLD.aanbod_id) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("sociale_kaart", "0006_geschiedenis")]
    operations = [
        migrations.RunSQL(WIJZIGEN, "DROP FUNCTION sociale_kaart_controle_wijzigen()"),
        migrations.RunSQL(WEGHALEN, "DROP FUNCTION sociale_kaart_controle_weghalen()"),
        migrations.RunSQL(
            "CREATE TRIGGER niet_wijzigen BEFORE UPDATE ON sociale_kaart_controle "
            "FOR EACH ROW EXECUTE FUNCTION sociale_kaart_controle_wijzigen()",
            "DROP TRIGGER niet_wijzigen ON sociale_kaart_controle",
        ),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER niet_weghalen AFTER DELETE ON sociale_kaart_controle "
            "DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION sociale_kaart_controle_weghalen()",
            "DROP TRIGGER niet_weghalen ON sociale_kaart_controle",
        ),
    ]
