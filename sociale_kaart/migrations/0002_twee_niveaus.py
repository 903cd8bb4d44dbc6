"""Topics have two levels: the parent of a subtopic is a main topic. A foreign key on (id, level) says so."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sociale_kaart", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE sociale_kaart_onderwerp
            ADD CONSTRAINT kaart_onderwerp_ouder_is_hoofdonderwerp
            FOREIGN KEY (ouder_id, ouder_niveau) REFERENCES sociale_kaart_onderwerp (id, niveau)
            DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE sociale_kaart_onderwerp DROP CONSTRAINT kaart_onderwerp_ouder_is_hoofdonderwerp",
        ),
    ]
