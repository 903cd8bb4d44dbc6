"""Sorting as people expect. The embedded server has no ICU, so 'Éva' would come after 'zoe'; we keep a key instead."""

from django.db.models import CharField, Func


class Sorteersleutel(Func):
    """Lower case without accents, computed by PostgreSQL; immutable, so fit for a generated column."""

    template = r"lower(regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g'))"
    output_field = CharField()
