"""The languages of the map."""

from django.db import models


class Taal(models.TextChoices):
    """Languages somebody can be helped in; ISO 639-1 codes where there is one, 639-3 otherwise."""

    NEDERLANDS = "nl", "Nederlands"
    ENGELS = "en", "Engels"
    DUITS = "de", "Duits"
    FRANS = "fr", "Frans"
    SPAANS = "es", "Spaans"
    POOLS = "pl", "Pools"
    TURKS = "tr", "Turks"
    ARABISCH = "ar", "Arabisch"
    TIGRINYA = "ti", "Tigrinya"
    FARSI = "fa", "Farsi"
    OEKRAIENS = "uk", "Oekraïens"
    RUSSISCH = "ru", "Russisch"
    BULGAARS = "bg", "Bulgaars"
    ROEMEENS = "ro", "Roemeens"
    SOMALISCH = "so", "Somalisch"
    KOERDISCH = "ku", "Koerdisch"
    BERBERS = "ber", "Berbers"
    CHINEES = "zh", "Chinees"
    FRIES = "fy", "Fries"
    GEBARENTAAL = "dse", "Nederlandse Gebarentaal"
