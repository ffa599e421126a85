from django.db.models import QuerySet

from madang.ground.audit.models import Entry


def history_of(subject_type: str, subject_id: object) -> QuerySet[Entry]:
    """Return the entries of one record, newest first."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=str(subject_id))
