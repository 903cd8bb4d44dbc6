from django.apps import AppConfig


class BalieConfig(AppConfig):
    name = "balie"
    verbose_name = "Balie"
