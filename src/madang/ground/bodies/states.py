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
    SELECTION_COMMITTEE = "selection_committee", _("사업선정위원회")
    EVALUATION_EXPERTS = "evaluation_experts", _("정성평가 외부전문가")
    FOCUS_GROUP_FIRST = "focus_group_first", _("1차 초점집단")
    FOCUS_GROUP_SECOND = "focus_group_second", _("2차 초점집단")


# The bodies that the city keeps; all others belong to a district.
CITY_KINDS = (
    BodyKind.MEDIATION_COMMITTEE,
    BodyKind.SELECTION_COMMITTEE,
    BodyKind.EVALUATION_EXPERTS,
    BodyKind.FOCUS_GROUP_FIRST,
    BodyKind.FOCUS_GROUP_SECOND,
)
DISTRICT_KINDS = tuple(kind for kind in BodyKind if kind not in CITY_KINDS)
# The people of both rounds of a year are different ones (BODY-12); their pages show numbers only.
FOCUS_GROUPS = {
    BodyKind.FOCUS_GROUP_FIRST: BodyKind.FOCUS_GROUP_SECOND,
    BodyKind.FOCUS_GROUP_SECOND: BodyKind.FOCUS_GROUP_FIRST,
}


class StandsFor(models.TextChoices):
    """What a member brings to a body beside the own class (BODY-8, BODY-10)."""

    COUNCIL_MEMBER = "council_member", _("협치회의 위원")
    EXPERT = "expert", _("전문가")
    PROPOSER = "proposer", _("제안자")
    GOVERNANCE_OFFICER = "governance_officer", _("서울협치담당관")
    BUDGET_OFFICER = "budget_officer", _("숙의예산담당관")
    DEMOCRACY_MEMBER = "democracy_member", _("서울민주주의위원회 협치분과위원")


# What is asked about a member of each kind of body, because a rule needs it.
ASKED_OF = {
    BodyKind.WORKING_GROUP: (StandsFor.COUNCIL_MEMBER, StandsFor.EXPERT, StandsFor.PROPOSER),
    BodyKind.SELECTION_COMMITTEE: (
        StandsFor.GOVERNANCE_OFFICER,
        StandsFor.BUDGET_OFFICER,
        StandsFor.DEMOCRACY_MEMBER,
        StandsFor.EXPERT,
    ),
}


class Proportion(models.TextChoices):
    """A part of the members as an ordinance may set it; the value is a threshold of the rulebook (BODY-13)."""

    MAJORITY = "over 1/2", _("과반수")
    HALF = "from 1/2", _("절반 이상")
    THIRD = "from 1/3", _("3분의 1 이상")
    TWO_THIRDS = "from 2/3", _("3분의 2 이상")


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
