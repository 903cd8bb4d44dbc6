"""What of an offer goes out of date together."""

from django.db import models


class Groep(models.TextChoices):
    """Fields that are checked in one go. The value is the short word for it: "tijden"."""

    TIJDEN = "tijden", "tijden en plekken"
    CONTACT = "contact", "contactpersonen en nummers"
    VOORWAARDEN = "voorwaarden", "voor wie en wat het kost"
