from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class ForumKind(models.TextChoices):
    """The kinds of forums of the guide (glossary)."""

    FOCUS_GROUP = "focus_group", _("초점집단 공론장")
    SECTOR = "sector", _("분야별 공론장")
    NEIGHBOURHOOD = "neighbourhood", _("근린 공론장")
    DONG = "dong", _("동 공론장")
    ZONE = "zone", _("권역 공론장")
    OPEN = "open", _("열린 공론장")
    GENERATION = "generation", _("세대별 공론장")
    COMMITTEE = "committee", _("위원회 공론장")
    ONLINE = "online", _("온라인 공론장")
    OTHER = "other", _("그 밖의 공론장")


class Dimension(models.TextChoices):
    """By what the people at a forum are counted."""

    ORIGIN = "origin", _("속한 곳")
    GENDER = "gender", _("성별")
    AGE = "age", _("나이대")


COUNTED = {
    Dimension.ORIGIN: (
        ("residents", _("주민")),
        ("institutions", _("기관")),
        ("groups", _("단체")),
        ("district_assembly", _("구의회")),
        ("administration", _("행정")),
        ("committees", _("기존 위원회")),
        ("other", _("그 밖")),
    ),
    Dimension.GENDER: (
        ("female", _("여성")),
        ("male", _("남성")),
        ("other", _("그 밖")),
        ("unknown", _("밝히지 않음")),
    ),
    Dimension.AGE: (
        ("10s", _("10대까지")),
        ("20s", _("20대")),
        ("30s", _("30대")),
        ("40s", _("40대")),
        ("50s", _("50대")),
        ("60s", _("60대부터")),
        ("unknown", _("밝히지 않음")),
    ),
}

FORUM = Life(
    name="forum",
    states=(
        State("planned", _("예정"), _("예정"), "info"),
        State("recorded", _("기록함"), _("마침"), "ok"),
        State("cancelled", _("취소"), _("취소"), "warn"),
    ),
    moves=(
        Move("record", ("planned",), "recorded", "forums.record"),
        Move("cancel", ("planned",), "cancelled", "forums.plan"),
    ),
)


class Way(models.TextChoices):
    """How somebody came onto the list of a forum."""

    ONLINE = "online", _("누리집")
    PHONE = "phone", _("전화")
    WALK_IN = "walk_in", _("현장")


class GivenBy(models.TextChoices):
    """How material reached somebody."""

    NOTICE = "notice", _("알림과 편지")
    HAND = "hand", _("직접 건넴")


REGISTRATION = Life(
    name="forum_registration",
    states=(
        State("registered", _("접수"), _("신청함"), "ok"),
        State("waiting", _("대기"), _("기다리는 중"), "now"),
        State("withdrawn", _("취소"), _("취소함"), "warn"),
    ),
    moves=(
        Move("move_up", ("waiting",), "registered", "forums.register"),
        Move("withdraw", ("registered", "waiting"), "withdrawn", "forums.withdraw"),
    ),
)

BOARD = Life(
    name="forum_board",
    states=(
        State("prepared", _("준비"), _("곧 열려요"), "info"),
        State("open", _("열림"), _("쓰는 중"), "now"),
        State("closed", _("닫음"), _("마침"), "ok"),
    ),
    moves=(
        Move("open", ("prepared", "closed"), "open", "forums.board"),
        Move("close", ("open",), "closed", "forums.board"),
    ),
)

# The four rules of brainstorming and how one walks (guide, 브레인스토밍 · 거닐며 의견적기).
BRAINSTORMING = (
    _("한 장에 하나"),
    _("비판하지 않기"),
    _("질보다 양"),
    _("엉뚱한 생각 환영"),
    _("남의 의견에 얹기"),
    _("앉지 말고 거닐기"),
)

# What everyone who was there is asked, each answered from 1 to 5.
QUESTIONS = (
    ("heard", _("내 이야기를 할 수 있었어요")),
    ("informed", _("미리 받은 자료가 도움이 되었어요")),
    ("time_enough", _("이야기할 시간이 넉넉했어요")),
    ("come_again", _("다음에도 오고 싶어요")),
)
