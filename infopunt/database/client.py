"""`manage.py dbshell` with the psql that belongs to the server."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from infopunt.database.cluster import default_cluster


class DatabaseClient(client.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        cluster = default_cluster()
        cluster.ensure_running()
        address = cluster.conninfo()
        args, env = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": address["host"], "PORT": address["port"], "USER": address["user"]},
            list(parameters),
        )
        return [str(cluster.program("psql")), *args[1:]], env
