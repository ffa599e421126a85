from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class Origin(models.TextChoices):
    """Where a proposal came from."""

    ONLINE = "online", _("누리집")
    DESK = "desk", _("창구에서 받아 적음")
    FORUM = "forum", _("공론장")
    DEPARTMENT = "department", _("부서")
    TRANSFERRED = "transferred", _("시민참여예산 이관 제안")
    IMPORTED = "imported", _("파일로 가져옴")


class Verdict(models.TextChoices):
    """What a department answers."""

    FEASIBLE = "feasible", _("할 수 있음")
    CONDITIONAL = "conditional", _("조건부")
    NOT_FEASIBLE = "not_feasible", _("할 수 없음")


VERDICT_TONES = {Verdict.FEASIBLE.value: "ok", Verdict.CONDITIONAL.value: "warn", Verdict.NOT_FEASIBLE.value: "stop"}


class Criterion(models.TextChoices):
    """The four criteria of an agenda (AGENDA-1 to 4)."""

    OPENNESS = "openness", _("개방성")
    DELIBERATION = "deliberation", _("숙의성")
    PUBLIC_INTEREST = "public_interest", _("공익성")
    COOPERATION = "cooperation", _("협력성")


class InvitationStep(models.TextChoices):
    """The steps to which the proposers of an agenda are invited (AGENDA-6)."""

    DELIBERATION = "deliberation", _("숙의")
    OPEN_FORUM = "open_forum", _("열린 공론장")
    PLANNING = "planning", _("세부 계획 수립")


PROPOSAL = Life(
    name="proposal",
    states=(
        State("received", _("받음"), _("받았어요"), "info"),
        State("merged", _("의제로 모음"), _("의제가 되었어요"), "ok"),
        State("declined", _("맡지 않음"), _("이번에는 함께하지 못했어요"), "warn"),
        State("handed_over", _("구 주민참여예산으로 넘김"), _("구 주민참여예산에서 살펴봐요"), "info"),
        State("withdrawn", _("거둠"), _("제안자가 거두었어요"), ""),
    ),
    moves=(
        Move("merge", ("received",), "merged", "agendas.merge"),
        Move("release", ("merged",), "received", "agendas.merge"),
        Move("decline", ("received",), "declined", "agendas.decline"),
        Move("hand_over", ("received",), "handed_over", "agendas.decline"),
        Move("withdraw", ("received", "merged"), "withdrawn", "agendas.withdraw"),
    ),
)

# Stages of a district's year in which proposals are taken (C3: until the agendas are merged).
TAKING_STAGES = ("discuss", "survey", "vision", "find", "merge")

# Where a proposal that somebody writes down for others may come from.
WRITTEN_DOWN = (Origin.DESK, Origin.FORUM, Origin.DEPARTMENT, Origin.TRANSFERRED)

AGENDA = Life(
    name="agenda",
    states=(
        State("gathered", _("모음"), _("제안을 모았어요"), "info"),
        State("in_review", _("검토 중"), _("부서와 분과가 살피고 있어요"), "now"),
        State("fit", _("적격"), _("투표에 올라요"), "ok"),
        State("kept", _("목록에 남김"), _("올해는 목록에 남았어요"), "warn"),
        State("chosen", _("선정"), _("투표로 뽑혔어요"), "ok"),
        State("not_chosen", _("선정되지 않음"), _("투표에서 뽑히지 않았어요"), ""),
        State("undone", _("합치기 되돌림"), _("합치기를 되돌렸어요"), ""),
    ),
    moves=(
        Move("ask_departments", ("gathered",), "in_review", "agendas.ask_review"),
        Move("find_fit", ("in_review",), "fit", "agendas.conclude"),
        Move("keep_on_list", ("gathered", "in_review", "fit"), "kept", "agendas.conclude"),
        Move("reopen", ("kept",), "in_review", "agendas.conclude"),
        Move("choose", ("fit",), "chosen", "agendas.take_result"),
        Move("pass_over", ("fit",), "not_chosen", "agendas.take_result"),
        Move("undo", ("gathered",), "undone", "agendas.merge"),
    ),
)
