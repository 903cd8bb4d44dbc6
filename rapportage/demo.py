"""Demo content of the reports: the categories of the national library, with our topics in them."""

from rapportage.ido import load_defaults
from rapportage.models import IdoCategorie


def vul() -> str:
    load_defaults()
    return f"Rapportage: {IdoCategorie.objects.count()} categorieën voor het landelijk overzicht."
