"""How gunicorn serves Infopunt, at `make start` and in production alike (read from the working directory).

Threads with connections that stay open (CONN_MAX_AGE) were the fastest and the simplest when measured.
"""

wsgi_app = "infopunt.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
graceful_timeout = 10
# Errors only, and no access log: the addresses of partners' and visitors' pages are keys.
loglevel = "warning"
accesslog = None
control_socket_disable = True


def post_worker_init(worker):  # type: ignore[no-untyped-def]
    """Read the word lists of the privacy guard and of search while nobody is waiting for them: a second each."""
    import threading  # noqa: PLC0415

    from registratie import privacy_woorden  # noqa: PLC0415
    from sociale_kaart import verbreden  # noqa: PLC0415

    for laad in (privacy_woorden.laad, verbreden.laad):
        threading.Thread(target=laad, daemon=True).start()
