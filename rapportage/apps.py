from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        from rapportage import gezondheid  # noqa: F401, PLC0415  registers its health check
