from django.db import models


class Entry(models.Model):
    """One changed row, or one noteworthy event without a row, as it was when it happened.

    ``actor_id`` is a person's number and never a name; ``before`` and ``after`` hold the changed columns only, and
    columns that a model lists in ``audit_redacted`` are replaced by a mark.
    """

    at = models.DateTimeField(db_index=True)
    operation = models.CharField(max_length=80)
    operation_id = models.UUIDField(null=True, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    change = models.CharField(max_length=8)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    database_role = models.CharField(max_length=63, default="")

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.operation} {self.subject_type} {self.subject_id}"
