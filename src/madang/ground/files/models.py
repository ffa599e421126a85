from django.conf import settings
from django.db import models


def stored_path(instance: "StoredFile", filename: str) -> str:
    """Name a file by its hash, so that no name typed by a person reaches the disk."""
    return f"{instance.sha256[:2]}/{instance.sha256}"


class StoredFile(models.Model):
    """A file as it was handed in; ``size`` in bytes."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.FileField(upload_to=stored_path)
    purpose = models.CharField(max_length=40)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
