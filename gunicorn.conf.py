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
