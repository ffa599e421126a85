"""What the papers of a submission say: the letter (form 3-1) and the list of the council (form 3-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import override

from madang.engines import rulebook
from madang.engines.papers import (
    Block,
    Column,
    Field,
    FieldTable,
    Note,
    Paper,
    Row,
    Signatory,
    Signatures,
    Table,
    figure,
)
from madang.ground.bodies.models import Body, Member
from madang.ground.bodies.queries import Composition, Share, composition, members_on
from madang.ground.bodies.states import BodyKind, Gender, MemberClass
from madang.plan.plans.papers import frame
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.overview import view_of
from madang.plan.plans.states import PartyKind
from madang.plan.review.models import Submission

TO_THE_CITY = "서울특별시장 귀하"
NONE = "–"
ORDER = (MemberClass.PRIVATE, MemberClass.DISTRICT_COUNCILLOR, MemberClass.CITY_COUNCILLOR, MemberClass.ADMINISTRATION)
GENDERS = {Gender.FEMALE: "여", Gender.MALE: "남", Gender.OTHER: "그 밖", Gender.UNKNOWN: "밝히지 않음"}
SHARES = {
    "private": "민간위원",
    "appointed_female": "위촉직 가운데 여성",
    "appointed_male": "위촉직 가운데 남성",
}


@override("ko")
def submission_paper(submission: Submission, *, mark: str = "") -> Paper:
    """Return the letter with which a plan goes to the city (form 3-1), its costs summed from the submitted version."""
    version = submission.version
    content = version.content
    body = version.approval.motion.meeting.body
    district = content["plan"]["district"]
    blocks: tuple[Block, ...] = (
        FieldTable(((Field("자치구명", district),), (Field("제출 주체", submitting_body(body)),))),
        FieldTable(
            (
                (Field("협의 구조", submission.consultation),),
                (Field("민", ", ".join(names_of(content, PartyKind.PARTNER, PartyKind.EXPERT)) or NONE),),
                (Field("관", ", ".join(names_of(content, PartyKind.LEAD, PartyKind.COOPERATING)) or NONE),),
            )
        ),
        FieldTable(
            (
                (Field("목표", submission.goal),),
                (Field("배경", submission.background),),
                (Field("내용", submission.content),),
                (Field("일정", submission.schedule),),
                (Field("사업비", cost_words(content)),),
            )
        ),
        FieldTable(
            (
                (Field("민간대표", submission.private_head), Field("행정대표", submission.public_head)),
                (Field("실무자(민)", submission.private_staff), Field("실무자(관)", submission.public_staff)),
                (Field("연락처", submission.contacts or NONE),),
            )
        ),
        Signatures(
            date=frame.day_words(submission.submitted_at),
            parties=(Signatory(f"제출자 {body.name}", f"{district}청장"),),
            to=TO_THE_CITY,
        ),
        Note("붙임: 협치회의 명단(서식 3-2), 지역사회혁신계획(구단위계획형)"),
    )
    return Paper(
        title=f"{content['plan']['fiscal_year']} 지역사회혁신계획(구단위계획형) 신청서",
        kicker="서식 3-1",
        running=frame.running(content),
        record_number=f"{version.number}판",
        status_mark=mark,
        blocks=blocks,
    )


def submitting_body(body: Body) -> str:
    """Write who submits as the form does: a mark at the task force or at the council."""
    council = "" if body.kind == BodyKind.TASK_FORCE else "√"
    name = body.name if council else "협치회의"
    return f"민·관 합동 TFT( {'' if council else '√'} ), {name}( {council} )"


def names_of(content: Document, *kinds: PartyKind) -> list[str]:
    """Return who takes part in the plan's projects in these ways, each once, in the order of the projects."""
    found = {
        party["name"]: None
        for entry in content["plan"]["projects"]
        for kind in kinds
        for party in content["projects"][entry["id"]]["parties"]
        if party.get("kind") == kind
    }
    return list(found)


def cost_words(content: Document) -> str:
    """Write the costs of a content: the total, then city, district and any other money in thousand won."""
    total = rulebook.summary(rulebook.plan_from_dict(content["plan"]), view_of(content)).total
    parts = [("시비", total.city), ("구비", total.district)]
    parts += [(name, part) for name, part in (("국비", total.national), ("기타", total.other)) if part]
    by_source = ", ".join(f"{name}: {figure(part)}천원" for name, part in parts)
    return f"총 {figure(total.total)}천원({by_source})"


@override("ko")
def council_list_paper(body: Body, day: date, *, mark: str = "") -> Paper:
    """Return the list of a council's members on a day (form 3-2): totals by class, members, shares with the division.

    The list holds names, affiliations and genders: it is for those who may read the submission.
    """
    whole = composition(body, day)
    district = body.district.name if body.district else ""
    return Paper(
        title=f"{district} 협치회의 명단".strip(),
        kicker="서식 3-2",
        running=body.name,
        record_number=f"{frame.day_words(day)} 현재",
        status_mark=mark,
        blocks=(totals(whole), member_table(members_on(body, day)), *share_notes(whole)),
    )


def totals(whole: Composition) -> Table:
    """Return the head of the form: how many of each class, district and city councillors told apart."""
    counts = dict(whole.by_class)
    columns = tuple(Column(str(of.label), "number", width=1) for of in ORDER)
    return Table(
        columns=(*columns, Column("총 인원", "number", width=1, strong=True)),
        rows=(Row((*(counts[of] for of in ORDER), whole.total)),),
        unit="명",
    )


def member_table(members: Iterable[Member]) -> Table:
    """Return the members in the order in which they were entered."""
    rows = tuple(
        Row(
            (
                place,
                member.name,
                member.affiliation,
                member.field,
                member.position,
                str(MemberClass(member.member_class).label),
                GENDERS[Gender(member.gender)],
            )
        )
        for place, member in enumerate(members, 1)
    )
    titles = ("성명", "소속/직위", "주요활동분야", "회의 내 역할", "구분", "성별")
    return Table(columns=(Column("연번", "number"), *(Column(title) for title in titles)), rows=rows)


def share_notes(whole: Composition) -> list[Block]:
    """Return the notes of the form on the 70 % of private members and the 60 % of one gender, with the division."""
    blocks: list[Block] = [Note(share_words(share)) for share in whole.shares if share.kind in SHARES]
    if blocks:
        blocks.append(
            Note("선출직 공무원은 행정위원으로 본다. 특정 성별의 비율은 위촉직을 기준으로 한다(운영지침 2.1.1).")
        )
    return blocks


def share_words(share: Share) -> str:
    """Write a share with its division, limit and clause."""
    percent = "" if share.percent is None else f" = {share.percent}%"
    limit = f"{share.limit}% {'이상' if share.floor else '이하'}"
    return f"{SHARES[share.kind]} {share.part} / {share.whole}{percent} ({limit}, {frame.clause_words(share.clause)})"
