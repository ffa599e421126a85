from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from madang.decide.forums.models import Forum
from madang.decide.forums.operations.reminding import remind
from madang.ground.people.actors import SYSTEM

# A forum that was put off has a later job of its own.
EARLIEST = timedelta(hours=36)


@task()
def remind_of_forum(number: int) -> int:
    """Remind those with a seat of a forum, if it is still planned and comes within a day and a half."""
    at = timezone.now()
    forum = Forum.objects.select_related("district").filter(pk=number, state="planned", starts_at__gt=at).first()
    if forum is None or at < forum.starts_at - EARLIEST:
        return 0
    return remind(forum=forum, actor=SYSTEM, at=at)
