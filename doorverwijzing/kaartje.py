"""The words on the visitor's card, in the languages of the praatplaat."""

import json
from pathlib import Path

TEKSTEN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "gegevens" / "kaartje.json").read_text(encoding="utf-8")
)
# Code and own name of each language, Dutch first.
TALEN: dict[str, str] = {code: woorden["naam"] for code, woorden in TEKSTEN.items()}
