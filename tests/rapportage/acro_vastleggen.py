"""Writes `acro.json`: what acro, the tool of UK research data services, hides in a number of tables.

    uv run --no-project --with acro==1.0.2 python tests/rapportage/acro_vastleggen.py

Run once and kept, because acro brings 370 MB along (ADR 17).
"""

import json
import logging
import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import acro
import pandas as pd

UIT = Path(__file__).with_name("acro.json")


def hides(tabel: list[list[int]], drempel: int) -> list[list[bool]]:
    """Which cells acro leaves out of a count of people by row and column."""
    mensen = [(r, k) for r, rij in enumerate(tabel) for k, aantal in enumerate(rij) for _ in range(aantal)]
    kader = pd.DataFrame(mensen, columns=["rij", "kolom"])
    sessie = acro.ACRO(suppress=True)
    sessie.config["safe_threshold"] = drempel
    uit = sessie.crosstab(kader.rij, kader.kolom)
    uit = uit.reindex(index=range(len(tabel)), columns=range(len(tabel[0])))
    return [[bool(leeg) for leeg in rij] for rij in uit.isna().to_numpy()]


def main() -> None:
    logging.disable(logging.CRITICAL)
    kans = random.Random(2026)
    tabellen = [
        [
            [kans.choice([kans.randint(0, 12), kans.randint(3, 40)]) for _ in range(kolommen)]
            for _ in range(rijen)
        ]
        for rijen, kolommen in [(2, 2), (3, 4), (7, 4), (7, 3), (5, 6)]
        for _ in range(4)
    ]
    with TemporaryDirectory() as map_:
        os.chdir(map_)  # acro writes its reports where it is
        regels = [{"tabel": tabel, "5": hides(tabel, 5), "10": hides(tabel, 10)} for tabel in tabellen]
    UIT.write_text("[\n" + ",\n".join(json.dumps(regel) for regel in regels) + "\n]\n")


if __name__ == "__main__":
    main()
