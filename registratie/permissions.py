"""Who may log a question, who may mend one, and who says how it is done: pure functions."""

from datetime import datetime

from django.utils import timezone

from balie.models import Rol
from balie.permissions import BALIE


def may_register(rol: str) -> bool:
    """Everybody who works at a desk; partners do not."""
    return rol in BALIE


def may_undo(rol: str, moment: datetime, nu: datetime) -> bool:
    """Take back a question of a desk one may see: the day it was asked, and a coordinator ever after."""
    same_day = timezone.localdate(moment) == timezone.localdate(nu)
    return rol == Rol.COORDINATOR or (rol in BALIE and same_day)


def may_change(rol: str, moment: datetime, nu: datetime) -> bool:
    """Mend a question: whoever may take it back."""
    return may_undo(rol, moment, nu)


def may_manage(rol: str) -> bool:
    """Set what is asked and what can be counted; see what was changed."""
    return rol == Rol.COORDINATOR
