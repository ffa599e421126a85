from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "madang.ground.workflow"
    label = "workflow"
