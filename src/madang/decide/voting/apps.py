from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "madang.decide.voting"
    label = "voting"

    def ready(self) -> None:
        from madang.decide.voting import permissions  # noqa: F401  (registers the table)
