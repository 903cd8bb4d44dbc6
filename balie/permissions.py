"""Who may do what at the desk: pure functions of a role, and the one way views ask them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from balie.models import Medewerker, Rol

BALIE = frozenset({Rol.VRIJWILLIGER, Rol.BEROEPSKRACHT, Rol.COORDINATOR})


def may_work_at_desk(rol: str) -> bool:
    """Start page, choosing a desk: everybody but partners."""
    return rol in BALIE


def requires(
    may: Callable[[str], bool],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 404 to whoever `may` not: forbidden and unknown look the same."""

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not may(medewerker(request).rol):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def medewerker(request: HttpRequest) -> Medewerker:
    """The logged-in user, typed; LoginRequiredMiddleware has seen to it that there is one."""
    return cast(Medewerker, request.user)
