from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class Channel(models.TextChoices):
    """By which way a ballot came."""

    ONLINE = "online", _("온라인")
    MOBILE = "mobile", _("모바일")
    ON_SITE = "on_site", _("현장")
    PAPER = "paper", _("종이")


# Ballots of these channels are entered by somebody at a desk, for the voter who stands there.
DESK_CHANNELS = (Channel.ON_SITE, Channel.PAPER)


class TieChoice(models.TextChoices):
    """What is done when the last seats are tied; the keys are those of the counting engine."""

    DECIDE = "decide", _("열린 공론장에 모인 사람들이 동점 의제 가운데서 정해요")
    LISTED = "listed", _("투표 전에 공개한 순서에서 앞에 있는 의제를 골라요")


class Viewpoint(models.TextChoices):
    """What is weighed at the open forum before the vote (AGENDA-8)."""

    IMPORTANCE = "importance", _("중요도")
    PUBLIC_INTEREST = "public_interest", _("공익성")
    URGENCY = "urgency", _("시급성")
    FEASIBILITY = "feasibility", _("단기 실행 가능성")


# The instructions that every ballot on a screen carries; paper ballots carry them when somebody says so (AGENDA-8).
INSTRUCTIONS = ("community_first", "both_sides_together")


class EntryState(models.TextChoices):
    """Whether somebody on the roll has voted."""

    OPEN = "open", _("투표 전")
    SPENT = "spent", _("투표함")


ELECTION = Life(
    name="election",
    states=(
        State("draft", _("준비 중"), _("준비하고 있어요"), ""),
        State("roll_frozen", _("명부 확정"), _("곧 열려요"), "info"),
        State("open", _("투표 중"), _("투표하고 있어요"), "now"),
        State("closed", _("마감·확인 중"), _("마감했고 결과를 확인하고 있어요"), "warn"),
        State("certified", _("결과 확정"), _("결과가 확정되었어요"), "ok"),
    ),
    moves=(
        Move("freeze_roll", ("draft",), "roll_frozen", "voting.prepare"),
        Move("thaw_roll", ("roll_frozen",), "draft", "voting.prepare"),
        Move("open", ("roll_frozen",), "open", "voting.open"),
        Move("close", ("open",), "closed", "voting.close"),
        Move("certify", ("closed",), "certified", "voting.certify"),
    ),
)
