"""Django's PostgreSQL backend, which makes sure that the server runs before it asks for a connection."""

from typing import Any

from django.db.backends.postgresql import base

from infopunt.database.client import DatabaseClient
from infopunt.database.cluster import default_cluster


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Start the server if it is down, and say where it listens.

        This is the one place every road passes: requests, commands, test databases, a pool and the job worker
        (which asks for these parameters once and then makes connections of its own). So importing settings,
        `--help` and `check` start nothing.
        """
        cluster = default_cluster()
        cluster.ensure_running()
        # The name stays with Django: it differs for test databases and for maintenance.
        address = {key: value for key, value in cluster.conninfo().items() if key != "dbname"}
        return {**super().get_connection_params(), **address}
