from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is appointed to; a resident needs no appointment."""

    COUNCIL_MEMBER = "council_member", _("협치회의 위원")
    COUNCIL_CHAIR = "council_chair", _("협치회의 의장")
    SUBCOMMITTEE_MEMBER = "subcommittee_member", _("분과위원")
    WORKING_GROUP_MEMBER = "working_group_member", _("워킹그룹 위원")
    SUPPORT_OFFICER = "support_officer", _("협치지원관")
    COORDINATOR = "coordinator", _("협치조정관")
    SECRETARIAT = "secretariat", _("협치추진단(사무국)")
    DEPARTMENT_OFFICER = "department_officer", _("부서 담당자")
    DESK_OFFICER = "desk_officer", _("현장 투표 담당자")
    CITY_OFFICER = "city_officer", _("서울협치담당관")
    BUDGET_OFFICER = "budget_officer", _("숙의예산담당관")
    CITY_SUPPORT_OFFICER = "city_support_officer", _("서울시 협치지원관")
    MEDIATOR = "mediator", _("협의·조정위원")
    EVALUATOR = "evaluator", _("평가위원")
    ADMINISTRATOR = "administrator", _("시스템 관리자")


CITY_ROLES = frozenset(
    {
        Role.CITY_OFFICER,
        Role.BUDGET_OFFICER,
        Role.CITY_SUPPORT_OFFICER,
        Role.MEDIATOR,
        Role.EVALUATOR,
        Role.ADMINISTRATOR,
    }
)

# The people who run a district's year from day to day.
DISTRICT_STAFF = frozenset({Role.SUPPORT_OFFICER, Role.COORDINATOR, Role.SECRETARIAT})
