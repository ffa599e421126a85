from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class BodyKind(models.TextChoices):
    """The bodies of the guide."""

    COUNCIL = "council", _("협치회의")
    TASK_FORCE = "task_force", _("민·관 합동 TFT")
    SUBCOMMITTEE = "subcommittee", _("분과위원회")
    EXECUTIVE_COMMITTEE = "executive_committee", _("운영위원회")
    WORKING_COMMITTEE = "working_committee", _("실무위원회")
    SECRETARIAT = "secretariat", _("협치추진단(사무국)")
    WORKING_GROUP = "working_group", _("워킹그룹")
    MEDIATION_COMMITTEE = "mediation_committee", _("협의·조정위원회")


class MemberClass(models.TextChoices):
    """The class of a member; assembly members count as administration (BODY-2)."""

    PRIVATE = "private", _("민간")
    ADMINISTRATION = "administration", _("행정")
    DISTRICT_COUNCILLOR = "district_councillor", _("구의원")
    CITY_COUNCILLOR = "city_councillor", _("시의원")


class Gender(models.TextChoices):
    FEMALE = "female", _("여성")
    MALE = "male", _("남성")
    OTHER = "other", _("그 밖")
    UNKNOWN = "unknown", _("밝히지 않음")


class Ballot(models.TextChoices):
    """How a member votes on a motion."""

    YES = "yes", _("찬성")
    NO = "no", _("반대")
    ABSTAIN = "abstain", _("기권")


MEETING = Life(
    name="meeting",
    states=(
        State("called", _("소집됨"), _("예정"), "info"),
        State("in_session", _("회의 중"), _("회의 중"), "now"),
        State("closed", _("마침"), _("마침"), "ok"),
    ),
    moves=(
        Move("open", ("called",), "in_session", "bodies.run_meeting"),
        Move("close", ("in_session",), "closed", "bodies.run_meeting"),
    ),
)

MOTION = Life(
    name="motion",
    states=(
        State("open", _("표결 중"), _("표결 중"), "now"),
        State("carried", _("가결"), _("가결"), "ok"),
        State("rejected", _("부결"), _("부결"), "stop"),
    ),
    moves=(
        Move("carry", ("open",), "carried", "bodies.run_meeting"),
        Move("reject", ("open",), "rejected", "bodies.run_meeting"),
    ),
)
