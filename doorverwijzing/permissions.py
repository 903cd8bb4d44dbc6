"""Who may do what with referrals: pure functions of a role. Which ones they see: DoorverwijzingQuerySet.visible_to."""

from balie.models import Rol
from balie.permissions import BALIE


def may_refer(rol: str) -> bool:
    """Make, send again and withdraw a referral: everybody at the desk."""
    return rol in BALIE


def may_follow(rol: str) -> bool:
    """See the list and the course of referrals: everybody, each their own part."""
    return rol in Rol.values


def may_answer(rol: str) -> bool:
    """Read the details and say how it went, with an account: partners only."""
    return rol == Rol.PARTNER


def may_see_inspections(rol: str) -> bool:
    """See who opened contact details."""
    return rol == Rol.COORDINATOR


def may_see_board(rol: str) -> bool:
    """The board over all desks, and the course for other systems."""
    return rol == Rol.COORDINATOR
