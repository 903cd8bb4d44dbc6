from django.apps import AppConfig


class InfopuntConfig(AppConfig):
    name = "infopunt"
    verbose_name = "Infopunt"

    def ready(self) -> None:
        from infopunt import bewaren  # noqa: F401, PLC0415  registers its system check
