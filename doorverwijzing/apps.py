from django.apps import AppConfig


class DoorverwijzingConfig(AppConfig):
    name = "doorverwijzing"
    verbose_name = "Doorverwijzing"

    def ready(self) -> None:
        from doorverwijzing import gezondheid  # noqa: F401, PLC0415  registers its health check
