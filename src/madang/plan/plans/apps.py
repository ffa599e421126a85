from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "madang.plan.plans"
    label = "plans"

    def ready(self) -> None:
        from madang.plan.plans import permissions  # noqa: F401  (registers the table)
        from madang.plan.plans.operations import council  # noqa: F401  (takes part in the decision of motions)
