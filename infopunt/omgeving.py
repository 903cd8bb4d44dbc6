"""Typed reading of settings from the environment.

Every wrong value becomes one line that says how to mend it. They are collected, so that an administrator
sees all of them at once instead of one per attempt.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import ProgrammingError

JA = {"1", "ja", "true", "yes", "on"}
LEESBAAR = 4.5  # the contrast WCAG 2.2 AA asks of text
NEE = {"", "0", "nee", "false", "no", "off"}


class Instelfout(ImproperlyConfigured):
    """One or more settings are missing or malformed; a line for each."""


class Omgeving:
    """Reads variables by type; `controleer()` raises one Instelfout for all that was wrong."""

    def __init__(self, variabelen: Mapping[str, str]) -> None:
        self.variabelen = variabelen
        self.fouten: list[str] = []

    def fout(self, naam: str, uitleg: str) -> None:
        self.fouten.append(f"{naam}: {uitleg}")

    def tekst(self, naam: str, standaard: str | None = None, *, uitleg: str = "") -> str:
        """A text; without `standaard` the variable must be there."""
        waarde = self.variabelen.get(naam, "").strip()
        if waarde:
            return waarde
        if standaard is None:
            self.fout(naam, f"ontbreekt. {uitleg}".strip())
            return ""
        return standaard

    def lijst(self, naam: str, standaard: list[str] | None = None, *, uitleg: str = "") -> list[str]:
        """Texts separated by commas."""
        tekst = self.tekst(naam, None if standaard is None else ",".join(standaard), uitleg=uitleg)
        return [deel.strip() for deel in tekst.split(",") if deel.strip()]

    def ja_nee(self, naam: str, standaard: bool) -> bool:
        waarde = self.variabelen.get(naam, "ja" if standaard else "nee").strip().lower()
        if waarde not in JA | NEE:
            self.fout(naam, f"is {waarde!r}. Vul ja of nee in.")
        return waarde in JA

    def getal(self, naam: str, standaard: int, *, minimum: int, maximum: int) -> int:
        waarde = self.variabelen.get(naam, "").strip() or str(standaard)
        if not (waarde.isascii() and waarde.isdecimal()) or not minimum <= int(waarde) <= maximum:
            self.fout(naam, f"is {waarde!r}. Vul een heel getal in van {minimum} tot en met {maximum}.")
            return standaard
        return int(waarde)

    def keuze(self, naam: str, keuzes: list[str], standaard: str) -> str:
        """One of a few words, in capitals or not."""
        waarde = self.tekst(naam, standaard).upper()
        if waarde not in keuzes:
            self.fout(naam, f"is {waarde!r}. Kies uit {', '.join(keuzes)}.")
            return standaard
        return waarde

    def kleur(self, naam: str, *, tekst: str) -> str:
        """A colour as #rrggbb that text of the colour `tekst` can be read on; "" when not given."""
        waarde = self.tekst(naam, "")
        if not waarde:
            return ""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", waarde):
            self.fout(naam, f"is {waarde!r}. Schrijf een kleur als #4a2142.")
            return ""
        if contrast(waarde, tekst) < LEESBAAR:
            soort = "donkerdere" if helderheid(tekst) > 0.5 else "lichtere"
            self.fout(naam, f"is {waarde!r}. Daarop is de tekst niet te lezen. Kies een {soort} kleur.")
            return ""
        return waarde

    def fernet_sleutels(self, naam: str, standaard: list[str] | None = None) -> list[str]:
        """Keys for the vault, newest first."""
        maak = (
            "Maak er een met: "
            "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        )
        sleutels = self.lijst(naam, standaard, uitleg=maak)
        for nummer, sleutel in enumerate(sleutels, start=1):
            try:
                Fernet(sleutel)
            except ValueError:  # never repeat a key in a message
                self.fout(naam, f"sleutel {nummer} is geen geldige sleutel. {maak}")
        return sleutels

    def adres(self, naam: str, standaard: str | None = None) -> str:
        """Where browsers reach us: scheme and host, no path."""
        uitleg = "Vul het webadres in, zoals https://infopunt.bibliotheek.nl"
        waarde = self.tekst(naam, standaard, uitleg=uitleg).rstrip("/")
        delen = _splits(waarde)
        if waarde and (
            delen is None or delen.scheme not in {"http", "https"} or not delen.netloc or delen.path
        ):
            self.fout(naam, f"is {waarde!r}. {uitleg}, zonder pad erachter.")
        return waarde

    def database(self, naam: str) -> dict[str, Any] | None:
        """Django's database settings out of postgresql://user:password@host:5432/name, or None when not given."""
        waarde = self.variabelen.get(naam, "").strip()
        if not waarde:
            return None
        uitleg = "Schrijf postgresql://gebruiker:wachtwoord@server:5432/naam"
        try:
            delen = conninfo_to_dict(waarde)
        except ProgrammingError:
            delen = {}
        if not waarde.startswith(("postgresql://", "postgres://")) or not delen.get("dbname"):
            self.fout(naam, f"is niet te lezen. {uitleg} (PostgreSQL 15 of nieuwer).")
            return None
        vast = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        instelling: dict[str, Any] = {django: str(delen.pop(pg, "") or "") for django, pg in vast.items()}
        return {"ENGINE": "django.db.backends.postgresql", **instelling, "OPTIONS": delen}

    def mailserver(self, naam: str, standaard: str | None = None) -> dict[str, Any]:
        """Django's EMAIL_* settings out of smtp://, smtp+tls:// or smtps://user:password@host:port."""
        uitleg = "Schrijf smtp+tls://gebruiker:wachtwoord@mailserver:587 (of smtp:// of smtps://)"
        waarde = self.tekst(naam, standaard, uitleg=uitleg)
        delen = _splits(waarde)
        poorten = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
        if not waarde or delen is None or delen.scheme not in poorten or not delen.hostname or delen.query:
            if waarde:
                self.fout(naam, f"is niet te lezen. {uitleg}.")
            return {}
        return {
            "EMAIL_HOST": delen.hostname,
            "EMAIL_PORT": delen.port or poorten[delen.scheme],
            "EMAIL_HOST_USER": unquote(delen.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(delen.password or ""),
            "EMAIL_USE_TLS": delen.scheme == "smtp+tls",
            "EMAIL_USE_SSL": delen.scheme == "smtps",
            "EMAIL_TIMEOUT": 20,
        }

    def mailadres(self, naam: str) -> str:
        """One mail address, or "" when not given."""
        waarde = self.tekst(naam, "")
        try:
            if waarde:
                validate_email(waarde)
        except ValidationError:
            self.fout(naam, f"is {waarde!r}. Vul een mailadres in zoals retour@bibliotheek.nl.")
            return ""
        return waarde

    def postbus(self, naam: str) -> dict[str, str]:
        """A mailbox out of imaps://user:password@host:993/folder; {} when not given."""
        waarde = self.tekst(naam, "")
        delen = _splits(waarde)
        poorten = {"imap": 143, "imap+tls": 143, "imaps": 993}
        if not waarde:
            return {}
        if delen is None or delen.scheme not in poorten or not (delen.hostname and delen.username):
            self.fout(naam, "is niet te lezen. Schrijf imaps://gebruiker:wachtwoord@mailserver:993/INBOX.")
            return {}
        return {
            "soort": delen.scheme,
            "host": delen.hostname,
            "poort": str(delen.port or poorten[delen.scheme]),
            "naam": unquote(delen.username),
            "wachtwoord": unquote(delen.password or ""),
            "map": unquote(delen.path.strip("/")) or "INBOX",
        }

    def controleer(self) -> None:
        if self.fouten:
            raise Instelfout("\n".join(self.fouten))


def helderheid(kleur: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    kanalen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rood, groen, blauw = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    licht, donker = sorted([helderheid(een), helderheid(ander)], reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def _splits(waarde: str) -> SplitResult | None:
    """The parts of an address; None when it cannot be one, its port included."""
    try:
        delen = urlsplit(waarde)
        delen.port  # noqa: B018  raises for a port that is no number
    except ValueError:
        return None
    return delen
