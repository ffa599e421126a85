from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.workflow import Life, Move, State


class Heading(models.TextChoices):
    """The headings of a local survey in the order of the guide's table (C3); the last is for what a district adds."""

    GENERAL = "general", _("일반현황")
    PEOPLE = "people", _("인적자원")
    ORGANISATIONS = "organisations", _("관련 기관")
    SPACES = "spaces", _("공간자원")
    GOVERNANCE = "governance", _("협치현황")
    PLANS = "plans", _("관련 계획과 제도 검토")
    DEMANDS = "demands", _("주요과제와 정책수요")
    OTHER = "other", _("기타")


ASKED = {
    Heading.GENERAL: _("위치와 면적, 인구와 가구, 고령화처럼 동네 문제를 읽는 수치, 언론에 나온 현안"),
    Heading.PEOPLE: _("위원회와 사업에 함께한 사람, 재능과 경험이 있는 주민"),
    Heading.ORGANISATIONS: _("민간위탁 단체, 사회적기업, 협동조합, 작은 주민모임"),
    Heading.SPACES: _("구의 재산과 공유 공간, 쓰지 않는 땅, 주민이 아끼는 곳"),
    Heading.GOVERNANCE: _("민관협력사업, 위원회와 주민조직, 협치를 어떻게 생각하는지"),
    Heading.PLANS: _("관련 조례와 제도, 상위계획과 관련계획에서 담아야 할 것"),
    Heading.DEMANDS: _("주민이 바라는 사업과 서비스, 설문과 면담, 민원"),
    Heading.OTHER: _("그 밖에 우리 동네에 필요해서 더 알아본 것"),
}
NEEDED = tuple(heading for heading in Heading if heading != Heading.OTHER)


class Way(models.TextChoices):
    """The three ways of running a survey (C3, cases 1 to 3)."""

    TASK_FORCE = "task_force", _("민관TFT가 직접")
    JOINT = "joint", _("민관TFT와 외부용역이 함께")
    CONTRACTOR = "contractor", _("외부용역이 설계하고 실행")


class DoerKind(models.TextChoices):
    """Who takes part in a survey."""

    TASK_FORCE = "task_force", _("민관TFT")
    CONTRACTOR = "contractor", _("외부용역")
    COUNCIL = "council", _("협치회의")
    DEPARTMENT = "department", _("부서")
    RESIDENTS = "residents", _("주민 조사단")
    OTHER = "other", _("그 밖")


class MethodKind(models.TextChoices):
    """Where a survey looks: in documents or in the field."""

    DOCUMENTS = "documents", _("문헌조사")
    FIELD = "field", _("현장조사")


SURVEY = Life(
    name="survey",
    states=(
        State("draft", _("작성 중"), _("조사하는 중"), "info"),
        State("published", _("공개"), _("공개"), "ok"),
    ),
    moves=(Move("publish", ("draft",), "published", "survey.publish"),),
)


class ResourceKind(models.TextChoices):
    """What the guide counts as resources of a district (C3): people, organisations, spaces."""

    PERSON = "person", _("사람")
    ORGANISATION = "organisation", _("기관·단체")
    SPACE = "space", _("공간")


class Theme(models.TextChoices):
    """What a resource is good for."""

    CARE = "care", _("돌봄·복지")
    CULTURE = "culture", _("문화·배움")
    GREEN = "green", _("환경·생태")
    SAFETY = "safety", _("안전·걷기")
    ECONOMY = "economy", _("일·지역경제")
    YOUTH = "youth", _("아이·청년")
    GOVERNANCE = "governance", _("협치·마을")
    OTHER = "other", _("그 밖")


class ConsentWay(models.TextChoices):
    """How somebody agreed that their name and contact are shown."""

    PAPER = "paper", _("동의서")
    ONLINE = "online", _("마당에서 본인이")
    LETTER = "letter", _("전자우편이나 문자")


RESOURCE = Life(
    name="resource",
    states=(
        State("suggested", _("추천, 확인 전"), _("확인하는 중"), "info"),
        State("listed", _("공개"), _("공개"), "ok"),
        State("declined", _("올리지 않음"), _("올리지 않음"), "warn"),
        State("hidden", _("내림"), _("내림"), "warn"),
    ),
    moves=(
        Move("list", ("suggested", "hidden"), "listed", "survey.keep_resources"),
        Move("decline", ("suggested",), "declined", "survey.keep_resources"),
        Move("hide", ("listed",), "hidden", "survey.keep_resources"),
    ),
)


class QuestionnaireKind(models.TextChoices):
    """What a questionnaire asks after (C3)."""

    PERCEPTION = "perception", _("인식조사")
    DEMAND = "demand", _("수요조사")


class Access(models.TextChoices):
    """Who may answer: anybody without a name, or the signed in, once each."""

    ANONYMOUS = "anonymous", _("누구나, 이름 없이")
    VERIFIED = "verified", _("로그인한 사람, 한 번씩")


class QuestionKind(models.TextChoices):
    """The kinds of questions."""

    SINGLE = "single", _("하나 고르기")
    MULTIPLE = "multiple", _("여럿 고르기")
    SCALE = "scale", _("1–5점")
    NUMBER = "number", _("숫자")
    TEXT = "text", _("글로 쓰기")


class Channel(models.TextChoices):
    """How an answer came in."""

    ONLINE = "online", _("온라인")
    PAPER = "paper", _("종이")


QUESTIONNAIRE = Life(
    name="questionnaire",
    states=(
        State("draft", _("만드는 중"), _("만드는 중"), "info"),
        State("announced", _("알렸어요"), _("알렸어요"), "info"),
        State("results", _("결과 공개"), _("결과 공개"), "ok"),
        State("cancelled", _("취소"), _("취소"), "warn"),
    ),
    moves=(
        Move("announce", ("draft",), "announced", "survey.ask"),
        Move("publish", ("announced",), "results", "survey.ask"),
        Move("cancel", ("draft", "announced"), "cancelled", "survey.ask"),
    ),
)


class PlanKind(models.TextChoices):
    """What bears on a district's plan (C3): plans above and beside it, ordinances and rules."""

    HIGHER = "higher", _("상위계획")
    RELATED = "related", _("관련계획")
    ORDINANCE = "ordinance", _("조례")
    RULE = "rule", _("규칙·지침")
