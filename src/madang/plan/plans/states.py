from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class Part(models.TextChoices):
    """The two parts that a plan contains (PLAN-3)."""

    SECTORAL = "sectoral", _("분야별 협치과제")
    FOUNDATION = "foundation", _("협치기반구축")


class TextPart(models.TextChoices):
    """The documents whose texts a plan holds (G 2.2.1)."""

    BASE = "base", _("기본계획")
    ACTION = "action", _("실행계획")
    PROCESS = "process", _("과정설명서")


class Way(models.TextChoices):
    """To whom and how the draft goes round (PLAN-12)."""

    WORKING_GROUP = "working_group", _("워킹그룹")
    NEIGHBOURHOOD = "neighbourhood", _("근린 단위 주민")
    DONG = "dong", _("동 단위 주민")
    DISTRICT = "district", _("구 단위 주민")
    ONLINE = "online", _("온라인 주민")
    EXPERTS = "experts", _("전문가 검토")


class Answer(models.TextChoices):
    """What became of an opinion on the draft."""

    TAKEN_UP = "taken_up", _("반영했어요")
    PARTLY = "partly", _("일부 반영했어요")
    NOT_TAKEN_UP = "not_taken_up", _("반영하지 않았어요")


ANSWER_TONES = {Answer.TAKEN_UP.value: "ok", Answer.PARTLY.value: "info", Answer.NOT_TAKEN_UP.value: "warn"}


class Flag(models.TextChoices):
    """What a line of the budget is beside its nature (rules.md section 4)."""

    DURABLE_GOODS = "durable_goods", _("재산성 물품")
    LEASE_DEPOSIT = "lease_deposit", _("임차보증금")
    MEETING_FEE = "meeting_fee", _("회의수당·강사료")
    ORGANISATION_STAFF = "organisation_staff", _("단체 상근자 인건비")


class PartyKind(models.TextChoices):
    """How somebody takes part in a project (appendix 6)."""

    LEAD = "lead", _("주무부서")
    COOPERATING = "cooperating", _("협력부서")
    PARTNER = "partner", _("민간")
    EXPERT = "expert", _("자문")


PLAN = Life(
    name="plan",
    states=(
        State("draft", _("작성 중"), _("만드는 중"), "info"),
        State("approved", _("협치회의 승인"), _("협치회의가 승인했어요"), "ok"),
        State("submitted", _("서울시 제출"), _("서울시에 냈어요"), "ok"),
    ),
    moves=(
        Move("approve", ("draft", "approved"), "approved", "plans.decide"),
        Move("submit", ("approved",), "submitted", "plans.submit", deadline="submission"),
        Move("reopen", ("submitted",), "approved", "plans.reopen"),
    ),
)

# A blocking finding that the city may let pass with a reason and a document.
WAIVER = Life(
    name="waiver",
    states=(
        State("asked", _("서울시 결정을 기다려요"), _("서울시 결정을 기다려요"), "info"),
        State("waived", _("예외로 인정"), _("예외로 인정"), "ok"),
        State("declined", _("인정하지 않음"), _("인정하지 않음"), "stop"),
        State("taken_back", _("인정을 거둠"), _("인정을 거둠"), "warn"),
    ),
    moves=(
        Move("waive", ("asked",), "waived", "plans.waive"),
        Move("decline", ("asked",), "declined", "plans.waive"),
        Move("take_back", ("waived",), "taken_back", "plans.waive"),
    ),
)

# States in which everybody may read the version that the council approved.
PUBLIC = ("approved", "submitted")
