from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class Participation(models.TextChoices):
    """How a district takes part in the year (CITY-9)."""

    CARRYING_OUT = "carrying_out", _("계획 실행")
    PLANNING = "planning", _("계획 수립")
    OTHER_TYPE = "other_type", _("다른 유형")
    NOT_TAKING_PART = "not_taking_part", _("참여하지 않음")


# The model stages of planning in a district (C3); a district enters them in this order.
STAGES = (
    State("discuss", _("과정 논의"), _("논의")),
    State("survey", _("지역조사"), _("지역조사")),
    State("vision", _("비전과 목표"), _("비전·목표")),
    State("find", _("의제 발굴"), _("의제 발굴")),
    State("merge", _("의제 검토와 융합"), _("융합·검토")),
    State("priorities", _("우선순위 결정"), _("우선순위 투표")),
    State("detail", _("세부계획 수립"), _("세부계획")),
    State("draft", _("계획안 작성과 검토"), _("계획안 검토")),
    State("final", _("최종안 마련"), _("최종안")),
    State("approval", _("협치회의 승인"), _("승인")),
    State("submitted", _("서울시 제출"), _("제출")),
)

_keys = [stage.key for stage in STAGES]

YEAR = Life(
    name="district_year",
    states=STAGES,
    moves=tuple(Move(f"enter_{key}", tuple(k for k in _keys if k != key), key, "cycles.set_stage") for key in _keys),
)
