"""Where the mail about a referral goes."""

from sociale_kaart.models import Aanbod, AanbodContact, Organisatie


def partner_address(aanbod: Aanbod, contact: AanbodContact | None) -> str:
    return (contact.email if contact else "") or aanbod.email or aanbod.organisatie.email


def organisation_address(organisatie: Organisatie) -> str:
    """Where a referral to an organisation as a whole goes: its own address, else that of something it offers."""
    return (
        organisatie.email
        or organisatie.aanbod.current().exclude(email="").values_list("email", flat=True).first()
        or ""
    )


def can_be_mailed(aanbod: Aanbod) -> bool:
    """Is there any address for a referral to this offer?"""
    return any(partner_address(aanbod, contact) for contact in [*aanbod.contacten.all(), None])
