from django.utils import timezone
from django_tasks import task

from madang.ground.notices.operations import deliver_waiting_letters


@task()
def deliver_outbox() -> int:
    """Send the letters that wait in the outbox."""
    return deliver_waiting_letters(at=timezone.now())
