"""Who may see the figures: a pure function."""

from balie.models import Rol


def may_report(rol: str) -> bool:
    return rol == Rol.COORDINATOR
