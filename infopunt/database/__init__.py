"""The database that comes along: `ENGINE = "infopunt.database"` is PostgreSQL that starts itself when needed.

`cluster` runs the server, `base` and `client` are the Django backend on top of it. With DATABASE_URL set
nothing here is used.
"""
