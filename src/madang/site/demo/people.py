"""The people of the demo that one can sign in as: one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Account:
    """One person to enter the demo as."""

    role: str | Promise
    email: str
    name: str


ACCOUNTS = (
    Account(_("주민"), "kimhaneul@example.org", "김하늘"),
    Account(_("협치지원관"), "hanjiwon@dobong.example", "한지원"),
    Account(_("협치조정관"), "seodaon@dobong.example", "서다온"),
    Account(_("사무국"), "mungaram@dobong.example", "문가람"),
    Account(_("부서 담당자(공원녹지과)"), "chuhanui@dobong.example", "추하늬"),
    Account(_("분과위원"), "yedasom@example.org", "예다솜"),
    Account(_("협치회의 위원"), "goeunbyeol@example.org", "고은별"),
    Account(_("협치회의 공동의장"), "yunseoha@example.org", "윤서하"),
    Account(_("현장 투표 담당자"), "pyohangyeol@dobong.example", "표한결"),
    Account(_("서울협치담당관"), "oserin@seoul.example", "오세린"),
    Account(_("숙의예산담당관"), "gangnuri@seoul.example", "강누리"),
    Account(_("서울시 협치지원관"), "chamireu@seoul.example", "차미르"),
    Account(_("협의·조정위원"), "gukseonha@seoul.example", "국선하"),
    Account(_("평가위원"), "tangeunsol@seoul.example", "탄은솔"),
    Account(_("시스템 관리자"), "yuharam@seoul.example", "유하람"),
)
