"""What a reader must know to read the figures: how they were counted, what is hidden, what is not in them."""

from rapportage.cijfers import Rapport
from rapportage.onderdrukking import MINDER, VERBORGEN

Regel = tuple[str, str]

KLEINE_AANTALLEN = (
    f"Bij leeftijd en geslacht staat een klein aantal er niet: er staat dan ‘{MINDER}’. Soms verbergen we ook het "
    f"getal ernaast; er staat dan ‘{VERBORGEN}’. Anders is het kleine aantal uit te rekenen. Zo is niemand te "
    f"herkennen. ‘{MINDER}’ is dus iets anders dan 0."
)
HOE_GETELD = (
    "Elke vraag die aan het infopunt is opgeschreven of geturfd, telt één keer mee, op de dag waarop die is gesteld. "
    "Wie vaker komt, telt vaker mee: we weten niet wie iets vroeg."
)
NIET_GETELD = (
    "Een vraag die niemand opschreef, staat hier niet bij. Weinig vragen kan dus ook betekenen dat er weinig is "
    "opgeschreven."
)
VERWEZEN = (
    "Een warme verwijzing telt mee in de periode waarin ze is gemaakt. De stand is die van de dag waarop deze cijfers "
    "zijn opgehaald."
)
DEEL_VERWEZEN = "Bij een warme verwijzing staat geen onderwerp. Daarom staan die er nu niet bij."
DEEL_PERSONEN = "Leeftijd en geslacht staan er voor alle onderwerpen."


def about(rapport: Rapport) -> list[Regel]:
    """What the figures are about."""
    return [
        ("Periode", str(rapport.periode)),
        ("Periode ervoor", str(rapport.perioden.ervoor)),
        ("Een jaar eerder", str(rapport.perioden.jaar_eerder)),
        ("Verschil met", str(rapport.vorige)),
        ("Infopunten", ", ".join(infopunt.naam for infopunt in rapport.infopunten)),
        ("Waarover", rapport.waarvan or "alle vragen"),
    ]


def notes(rapport: Rapport) -> list[Regel]:
    """How it was counted, as heading and sentences."""
    is_deel = rapport.form.is_deel
    return [
        ("Hoe geteld", HOE_GETELD),
        ("Kleine aantallen", KLEINE_AANTALLEN),
        (
            "Leeftijd en geslacht",
            " ".join([*rapport.personen.uitleg, rapport.gevraagd, *([DEEL_PERSONEN] if is_deel else [])]),
        ),
        ("Verwijzingen", DEEL_VERWEZEN if is_deel else VERWEZEN),
        ("Wat er niet bij staat", NIET_GETELD),
    ]
