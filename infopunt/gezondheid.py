"""What /healthz asks: apps register a check that returns a problem in a few words, or None."""

from collections.abc import Callable

Controle = Callable[[], str | None]
_controles: list[Controle] = []


def register(controle: Controle) -> Controle:
    """Decorator: have /healthz ask this function too."""
    _controles.append(controle)
    return controle


def problemen() -> list[str]:
    return [probleem for controle in _controles if (probleem := controle())]
