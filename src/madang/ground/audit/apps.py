from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "madang.ground.audit"
    label = "audit"

    def ready(self) -> None:
        from madang.ground.audit.triggers import watch_all_tables

        post_migrate.connect(watch_all_tables, dispatch_uid="audit.watch_all_tables")
