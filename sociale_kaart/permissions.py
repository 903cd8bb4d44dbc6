"""Who may do what with the map: pure functions of a role."""

from balie.models import Rol
from balie.permissions import BALIE


def may_search(rol: str) -> bool:
    """Searching the map and reading it: everybody at the desk. Partners see nothing here yet."""
    return rol in BALIE


def may_refer(rol: str) -> bool:
    """Starting a warm referral from a result."""
    return rol in BALIE


def may_edit_map(rol: str) -> bool:
    """Changing organisations, offers, people, places and topics."""
    return rol == Rol.COORDINATOR


def may_edit_own(rol: str) -> bool:
    """Proposing changes to one's own organisation; which that is: Contactpersoon.medewerker."""
    return rol == Rol.PARTNER


def may_keep_words(rol: str) -> bool:
    """Seeing what was searched in vain, and adding words to the search."""
    return rol == Rol.COORDINATOR


def may_doubt(rol: str) -> bool:
    """Saying that an entry is wrong: everybody at the desk."""
    return rol in BALIE


def may_manage_calendars(rol: str) -> bool:
    """Adding and removing calendars of partners."""
    return rol == Rol.COORDINATOR


def may_export(rol: str) -> bool:
    """Taking the whole map along, notes of the team included."""
    return rol == Rol.COORDINATOR


def may_import(rol: str) -> bool:
    """Putting files into the map."""
    return rol == Rol.COORDINATOR
