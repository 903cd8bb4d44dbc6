"""Run Django's commands; a wrong setting is told in a line, not in a traceback."""

import os
import sys

from django.core.management import execute_from_command_line

from infopunt.omgeving import Instelfout


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infopunt.settings")
    try:
        execute_from_command_line(sys.argv)
    except Instelfout as fout:
        sys.exit(str(fout))


if __name__ == "__main__":
    main()
