from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('doorverwijzing', '0004_in_de_diepte')]

    operations = [
        migrations.RemoveConstraint(
            model_name='doorverwijzing',
            name='dv_reden_bij_niet_passend',
        ),
        migrations.AlterField(
            model_name='doorverwijzing',
            name='reden_niet_passend',
            field=models.CharField(blank=True, choices=[('wachtlijst', 'Wachtlijst'), ('ander_gebied', 'Ander gebied'), ('andere_hulp', 'Andere hulp nodig'), ('bestaat_niet', 'Bestaat niet meer'), ('anders', 'Iets anders')], max_length=20, verbose_name='waarom niet passend'),
        ),
        migrations.AddConstraint(
            model_name='doorverwijzing',
            constraint=models.CheckConstraint(condition=models.Q(('reden_niet_passend', ''), models.Q(('reden_niet_passend__in', ['wachtlijst', 'ander_gebied', 'andere_hulp', 'bestaat_niet', 'anders']), ('status', 'niet_passend')), _connector='OR'), name='dv_reden_bij_niet_passend', violation_error_message='Een reden hoort alleen bij ‘niet passend’.'),
        ),
    ]
