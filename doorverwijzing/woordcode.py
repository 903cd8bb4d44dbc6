"""Codes that people read out and type over: two words with a number between them, such as "KAAP 27 ROOS".

A code is computed from what it belongs to and the service's secret, so it stands in no table. There are 368,640.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

WOORDEN = [
    "APPEL", "BAKKER", "BERG", "BLOEM", "BOEK", "BOOM", "BOOT", "BRIEF", "BRUG", "BUURT", "DEUR", "DORP",
    "DUIN", "EIKEL", "FIETS", "FLES", "GRAS", "HAAS", "HAVEN", "HEIDE", "HOED", "HOND", "HUIS", "JAS",
    "KAAP", "KAARS", "KAAS", "KAST", "KERK", "KLOK", "KOFFIE", "KROON", "LAMP", "LEPEL", "MAAN", "MELK",
    "MOLEN", "MUZIEK", "NOOT", "OEVER", "OVEN", "PAARD", "PEER", "PLANK", "POORT", "RAAM", "REGEN", "RIVIER",
    "ROOS", "SCHAAP", "SLOOT", "SNEEUW", "STOEL", "STRAAT", "TAFEL", "TREIN", "TUIN", "VELD", "VISSER", "VOGEL",
    "WAGEN", "WATER", "WOLK", "ZOMER",
]  # fmt: skip


def make(doel: str, waarde: str) -> str:
    """The code for `waarde`; `doel` keeps codes for different purposes apart."""
    getal = int.from_bytes(salted_hmac(doel, waarde, algorithm="sha256").digest()[:8])
    getal, eerste = divmod(getal, len(WOORDEN))
    getal, laatste = divmod(getal, len(WOORDEN))
    return f"{WOORDEN[eerste]} {getal % 90 + 10} {WOORDEN[laatste]}"


def is_same(getypt: str, code: str) -> bool:
    """Capitals, spaces and dashes do not matter to somebody typing over; nor does the time it takes tell anything."""
    return constant_time_compare(_letters(getypt), _letters(code))


def _letters(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())
