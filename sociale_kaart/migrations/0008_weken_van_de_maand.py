"""Weeks of the month leave the remark and become a field: "1e en 3e van de maand; op afspraak"."""

import re

from django.db import migrations

KEER = r"(?:[1-5]e|laatste)"
REGEL = re.compile(rf"({KEER}(?:(?:, | en ){KEER})*) van de maand(?:[;,.] *(.*))?", re.IGNORECASE)
NAMEN = {1: "1e", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "laatste"}


def lees(apps, schema_editor):
    Openingstijd = apps.get_model("sociale_kaart", "Openingstijd")
    met_regel = Openingstijd.objects.filter(
        toelichting__icontains=" van de maand", weken_van_maand=[], elke_weken=1
    )
    gewijzigd = []
    for tijd in met_regel.exclude(weekdagen=[]):
        gevonden = REGEL.fullmatch(tijd.toelichting.strip())
        if gevonden is None:
            continue
        keren = re.findall(KEER, gevonden[1].lower())
        tijd.weken_van_maand = list(
            dict.fromkeys(-1 if keer == "laatste" else int(keer[0]) for keer in keren)
        )
        tijd.toelichting = (gevonden[2] or "").strip()
        gewijzigd.append(tijd)
    Openingstijd.objects.bulk_update(gewijzigd, ["weken_van_maand", "toelichting"], batch_size=500)


def schrijf(apps, schema_editor):
    Openingstijd = apps.get_model("sociale_kaart", "Openingstijd")
    gewijzigd = []
    for tijd in Openingstijd.objects.exclude(weken_van_maand=[]):
        *eerste, laatste = [NAMEN[week] for week in tijd.weken_van_maand]
        regel = f"{', '.join(eerste)} en {laatste}" if eerste else laatste
        tijd.toelichting = "; ".join(filter(None, [f"{regel} van de maand", tijd.toelichting]))[:160]
        tijd.weken_van_maand = []
        gewijzigd.append(tijd)
    Openingstijd.objects.bulk_update(gewijzigd, ["weken_van_maand", "toelichting"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("sociale_kaart", "0007_controle_alleen_erbij")]
    operations = [migrations.RunPython(lees, schrijf)]
