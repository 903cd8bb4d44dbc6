"""A map of a whole country: offers put together out of pieces of the demo map, indexed as always."""

import random


def fill(total: int) -> None:
    """Add made-up offers until there are `total`; the same ones every time."""
    from sociale_kaart.indexeren import index_aanbod  # noqa: PLC0415
    from sociale_kaart.models import Aanbod, Onderwerp, Organisatie  # noqa: PLC0415

    if total <= Aanbod.objects.count():
        return
    chance = random.Random(7)  # noqa: S311 - not for secrets
    known = list(Aanbod.objects.select_related("organisatie"))
    sentences = [
        piece.strip() for offer in known for piece in offer.omschrijving.split(".") if len(piece) > 20
    ]
    topics = list(Onderwerp.objects.all())
    places = [f"{begin}{end}" for begin in BEGIN for end in END]
    organisations = Organisatie.objects.bulk_create(
        Organisatie(naam=f"{offer.organisatie.naam} {place}"[:160])
        for place in places
        for offer in {offer.organisatie_id: offer for offer in known}.values()
    )
    offers = [
        Aanbod(
            organisatie=organisations[number % len(organisations)],
            naam=f"{chance.choice(known).naam} {chance.choice(places)} {number}"[:160],
            omschrijving=". ".join(chance.sample(sentences, 4)) + ".",
            doelgroep=chance.choice(known).doelgroep,
            bereik="regio",
            talen=["nl"],
            kosten=chance.choice(known).kosten,
        )
        for number in range(total - len(known))
    ]
    Aanbod.objects.bulk_create(offers, batch_size=1000)
    through = Aanbod.onderwerpen.through
    through.objects.bulk_create(
        [through(aanbod=offer, onderwerp=topic) for offer in offers for topic in chance.sample(topics, 2)],
        batch_size=5000,
    )
    index_aanbod(Aanbod.objects.stale())


BEGIN = "Ooster Wester Noorder Zuider Nieuwe Oude Hoge Lage Groene Zand Veen Heide".split()  # noqa: SIM905
END = "dam dijk hoek kerk veld brug haven beek woude burg".split()  # noqa: SIM905
