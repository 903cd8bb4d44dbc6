"""What one transaction changes belongs together, also when nobody said who or why: so it can be undone as one.

The history attaches a context to a change when the application gave one. Raw SQL and commands give none: then the
transaction gets one of its own. Rows that were there before the history began get their first entry here, so that
their first change can be compared with something.
"""

from django.db import migrations

AANHECHTEN = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql AS $$
DECLARE
    geheel UUID := nullif(current_setting('pghistory.context_id', true), '');
    gegevens JSONB := coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}');
BEGIN
    IF geheel IS NULL THEN
        geheel := gen_random_uuid();
        gegevens := '{}';
        PERFORM set_config('pghistory.context_id', geheel::text, true);
        PERFORM set_config('pghistory.context_metadata', '{}', true);
    END IF;
    INSERT INTO pghistory_context AS bekend (id, metadata, created_at, updated_at)
        VALUES (geheel, gegevens, now(), now())
        ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
            WHERE bekend.metadata <> excluded.metadata;
    RETURN geheel;
END $$
"""
BIJGEHOUDEN = [
    *("Organisatie", "Contactpersoon", "Locatie", "Aanbod", "AanbodContact"),
    *("Openingstijd", "Uitzondering", "Mededeling", "Onderwerp", "AanbodKern", "AanbodOnderwerp"),
]
TABELLEN = {
    "AanbodKern": "sociale_kaart_aanbod_kernen",
    "AanbodOnderwerp": "sociale_kaart_aanbod_onderwerpen",
}


def begin(apps, schema_editor):
    for naam in BIJGEHOUDEN:
        gebeurtenis = apps.get_model("sociale_kaart", f"{naam}Event")
        tabel = TABELLEN.get(naam, f"sociale_kaart_{naam.lower()}")
        velden = [
            veld.column for veld in gebeurtenis._meta.concrete_fields if not veld.column.startswith("pgh_")
        ]
        kolommen = ", ".join(schema_editor.quote_name(kolom) for kolom in velden)
        eigen = ", pgh_obj_id" if any(v.name == "pgh_obj" for v in gebeurtenis._meta.fields) else ""
        schema_editor.execute(
            f"INSERT INTO {gebeurtenis._meta.db_table} ({kolommen}, pgh_created_at, pgh_label{eigen}) "
            f"SELECT {kolommen}, now(), 'insert'{', id' if eigen else ''} FROM {tabel} AS rij "
            f"WHERE NOT EXISTS (SELECT 1 FROM {gebeurtenis._meta.db_table} AS eerder WHERE eerder.id = rij.id)"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("sociale_kaart", "0010_samengevoegd"),
    ]
    operations = [
        migrations.RunSQL(AANHECHTEN, migrations.RunSQL.noop),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
