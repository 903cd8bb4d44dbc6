"""Running totals of the questions, and what keeps them right: the database itself, whoever writes and however.

Every statement that adds, changes or removes questions also appends what came and went to rapportage_mutatie. That
only appends: nobody at a desk waits for a total. A worker adds the mutations to the totals (rapportage/tellingen.py).
"""

import django.contrib.postgres.fields
from django.db import migrations, models

# What a question is to the totals, out of a table or a transition table. The only place that says so.
REGEL = """
SELECT v.moment,
    v.infopunt_id AS infopunt,
    (v.moment AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
    extract(hour FROM v.moment AT TIME ZONE 'Europe/Amsterdam')::smallint AS uur,
    coalesce(o.ouder_id, v.onderwerp_id) AS hoofd,
    v.onderwerp_id AS onderwerp,
    v.onderliggend_id AS onderliggend,
    v.herkomst, v.wijze, v.reden_niet,
    v.organisatie_id AS organisatie,
    v.leeftijdsgroep, v.geslacht
FROM {bron} AS v LEFT JOIN sociale_kaart_onderwerp AS o ON o.id = v.onderwerp_id
"""
OVERIG = (
    "infopunt, dag, uur, onderwerp, onderliggend, herkomst, wijze, reden_niet, organisatie, leeftijdsgroep, geslacht"
)
KOLOMMEN = f"hoofd, {OVERIG}"
# To the quarter: the moment of writing must not lead from a question to a person.
NU = "date_bin('15 minutes', now(), timestamptz '2000-01-01 00:00:00+00')"


def bij(bron, aantal):
    """Append what is in this (transition) table."""
    return f"""
        INSERT INTO rapportage_mutatie ({KOLOMMEN}, aantal, sinds)
        SELECT {KOLOMMEN}, {aantal}, {NU} FROM ({REGEL.format(bron=bron)}) AS r;
    """


# A function and not a view: a view would keep the app below from ever changing these columns. It is as fast.
REGELS = f"""
CREATE FUNCTION rapportage_vraagregels() RETURNS TABLE (
    moment timestamptz, infopunt bigint, dag date, uur smallint, hoofd bigint, onderwerp bigint, onderliggend bigint,
    herkomst varchar, wijze varchar, reden_niet varchar, organisatie bigint, leeftijdsgroep varchar, geslacht varchar
) LANGUAGE sql STABLE AS $$ {REGEL.format(bron="registratie_vraag")} $$
"""
# A topic that moves meanwhile would have this question counted in its old place: it waits for us, or we for it.
VRAAG = f"""
CREATE FUNCTION rapportage_vraag_mutatie() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        PERFORM 1 FROM sociale_kaart_onderwerp WHERE id IN (SELECT onderwerp_id FROM nieuw) ORDER BY id FOR KEY SHARE;
        {bij("nieuw", 1)}
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM 1 FROM sociale_kaart_onderwerp WHERE id IN (SELECT onderwerp_id FROM oud) ORDER BY id FOR KEY SHARE;
        {bij("oud", -1)}
    END IF;
    RETURN NULL;
END $$
"""
# First the queue: that waits for a worker halfway, whose totals are then there to be removed.
LEEG = """
CREATE FUNCTION rapportage_vraag_leeg() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM rapportage_mutatie;
    DELETE FROM rapportage_maandstand;
    RETURN NULL;
END $$
"""
# What reads the questions here sees the new main topic already.
ONDERWERP = f"""
CREATE FUNCTION rapportage_onderwerp_mutatie() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rapportage_mutatie ({KOLOMMEN}, aantal, sinds)
    SELECT verhuisd.hoofd, {OVERIG}, sum(verhuisd.aantal), {NU}
    FROM oud JOIN nieuw ON nieuw.id = oud.id AND nieuw.ouder_id IS DISTINCT FROM oud.ouder_id
        CROSS JOIN LATERAL (
            VALUES (coalesce(oud.ouder_id, oud.id), -1), (coalesce(nieuw.ouder_id, nieuw.id), 1)
        ) AS verhuisd (hoofd, aantal)
        JOIN rapportage_vraagregels() AS regel ON regel.onderwerp = oud.id
    GROUP BY verhuisd.hoofd, {OVERIG};
    RETURN NULL;
END $$
"""


def trigger(naam, wanneer, tabel, functie):
    return migrations.RunSQL(
        f"CREATE TRIGGER {naam} AFTER {wanneer} FOR EACH STATEMENT EXECUTE FUNCTION {functie}()",
        f"DROP TRIGGER {naam} ON {tabel}",
    )


def functie(sql, naam):
    return migrations.RunSQL(sql, f"DROP FUNCTION {naam}()")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("registratie", "0003_turfknop"),
        ("sociale_kaart", "0011_elke_wijziging_een_geheel"),
    ]

    operations = [
        migrations.CreateModel(
            name='Maandstand',
            fields=[
                ('pk', models.CompositePrimaryKey('maand', 'infopunt', 'onderwerp', 'herkomst', 'facet', 'waarde', blank=True, editable=False, primary_key=True, serialize=False)),
                ('maand', models.DateField(help_text='De eerste dag ervan.', verbose_name='maand')),
                ('infopunt', models.BigIntegerField(verbose_name='infopunt')),
                ('onderwerp', models.BigIntegerField(verbose_name='hoofdonderwerp')),
                ('herkomst', models.CharField(max_length=10, verbose_name='herkomst')),
                ('facet', models.CharField(max_length=15, verbose_name='facet')),
                ('waarde', models.CharField(max_length=40, verbose_name='waarde')),
                ('lopend', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=31, verbose_name='lopend totaal per dag')),
            ],
            options={
                'verbose_name': 'maandstand',
                'verbose_name_plural': 'maandstanden',
            },
        ),
        migrations.CreateModel(
            name='Mutatie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('infopunt', models.BigIntegerField(verbose_name='infopunt')),
                ('dag', models.DateField(verbose_name='dag')),
                ('uur', models.SmallIntegerField(verbose_name='uur')),
                ('hoofd', models.BigIntegerField(verbose_name='hoofdonderwerp')),
                ('onderwerp', models.BigIntegerField(verbose_name='onderwerp')),
                ('onderliggend', models.BigIntegerField(null=True, verbose_name='wat erachter zit')),
                ('herkomst', models.CharField(max_length=10, verbose_name='herkomst')),
                ('wijze', models.CharField(max_length=20, verbose_name='hoe geholpen')),
                ('reden_niet', models.CharField(max_length=15, verbose_name='waarom niet')),
                ('organisatie', models.BigIntegerField(null=True, verbose_name='naar wie')),
                ('leeftijdsgroep', models.CharField(max_length=15, verbose_name='leeftijd')),
                ('geslacht', models.CharField(max_length=15, verbose_name='geslacht')),
                ('aantal', models.IntegerField(verbose_name='erbij of eraf')),
                ('sinds', models.DateTimeField(verbose_name='sinds')),
            ],
            options={
                'verbose_name': 'mutatie',
                'verbose_name_plural': 'mutaties',
            },
        ),
        functie(REGELS, "rapportage_vraagregels"),
        functie(VRAAG, "rapportage_vraag_mutatie"),
        functie(LEEG, "rapportage_vraag_leeg"),
        functie(ONDERWERP, "rapportage_onderwerp_mutatie"),
        trigger(
            "mutatie_erbij",
            "INSERT ON registratie_vraag REFERENCING NEW TABLE AS nieuw",
            "registratie_vraag",
            "rapportage_vraag_mutatie",
        ),
        trigger(
            "mutatie_anders",
            "UPDATE ON registratie_vraag REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw",
            "registratie_vraag",
            "rapportage_vraag_mutatie",
        ),
        trigger(
            "mutatie_eraf",
            "DELETE ON registratie_vraag REFERENCING OLD TABLE AS oud",
            "registratie_vraag",
            "rapportage_vraag_mutatie",
        ),
        trigger(
            "mutatie_leeg", "TRUNCATE ON registratie_vraag", "registratie_vraag", "rapportage_vraag_leeg"
        ),
        trigger(
            "mutatie_onderwerp",
            "UPDATE ON sociale_kaart_onderwerp REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw",
            "sociale_kaart_onderwerp",
            "rapportage_onderwerp_mutatie",
        ),
        # Questions that are there count at once; the worker takes them from here.
        migrations.RunSQL(bij("registratie_vraag", 1), migrations.RunSQL.noop),
    ]
