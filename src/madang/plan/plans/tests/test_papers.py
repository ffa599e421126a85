from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils.translation import override

from madang.engines.papers import check_hwpx, to_docx, to_hwpx, to_pdf, to_xlsx
from madang.plan.plans import operations
from madang.plan.plans.models import PlanVersion
from madang.plan.plans.operations import LineInput
from madang.plan.plans.papers import UnableToFindProject, plan_paper, project_paper
from madang.plan.plans.papers.prose import prose
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.sections import SECTIONS
from madang.plan.plans.testing import chosen_agenda, ready_room
from madang.plan.plans.tests.reading_papers import (
    hwpx_tables,
    hwpx_words,
    number,
    pdf_words,
    table_of,
    tenths,
)

pytestmark = pytest.mark.django_db

MADE_AT = datetime(2020, 7, 3, tzinfo=UTC)
HOSTILE = "=1+1 </hp:t>&amp; <script>#let a = 「밤」 $x^2$ _꿈_ *별* \\n @이웃"
SOURCES = ("구비", "시비", "국비", "기타", "합계")
LINES = (
    LineInput("201-01", "주민 설계 6회 × 500,000원", city_kwon=3000),
    LineInput("201-01", "회의수당 10명 × 5회 × 50,000원", city_kwon=2000, district_kwon=500, flags=("meeting_fee",)),
    LineInput("307-02", "시민관리단 3회 × 500,000원", city_kwon=1500),
    LineInput("401-01", "바닥 조명 23곳 × 100,000원", city_kwon=1987, district_kwon=313),
    LineInput(
        "405-01",
        "이동식 안내판 5대 × 170,000원",
        district_kwon=700,
        national_kwon=100,
        other_kwon=50,
        flags=("durable_goods",),
        reason="걷는 길을 바꿀 때마다 옮겨 세운다.",
        register_of_goods=True,
    ),
)
TEXTS = {
    "one_line": "어두운 길에 낮은 불빛을 놓는 사업이다.",
    "need": "가로등이 없어 밤에 다니기 어렵다.\n\n쉴 곳도 부족하다.",
    "links": "하천 정비 예산과 겹치지 않는다.",
    "goals": "밤 이용 주민 30% 늘리기",
    "direction": "- 빛 공해를 줄인다.\n- 함께 돌본다.",
    "method": "낮은 불빛부터 놓는다.",
    "publicity": "동네 소식판에 알린다.",
    "monitoring": "분기마다 함께 센다.",
    "effects": "밤에도 걷는 동네가 된다.",
    "parties": [
        {"kind": "lead", "name": "공원녹지과", "role": "시설·안전"},
        {"kind": "partner", "name": "방학천사람들", "role": "시민관리단"},
    ],
    "schedule": [{"when": "1–3월", "what": "주민 설계", "private": "진행", "administration": "자료"}],
    "indicators": [{"name": "밤 9시 이후 이용", "now": "310명", "target": "400명", "method": "직접 세기"}],
    "joint_departments": ["공원녹지과"],
    "joint_partners": ["방학천사람들"],
    "joint_when": "매달 첫 목요일",
    "joint_how": "같은 점검표로 함께 돌본다.",
    "transfer_reason": "동네를 아는 주민이 이어서 맡아야 한다.",
}


@pytest.fixture
def room(at):
    """A plan of three projects: one with every source of money, one with a hostile title, one of foundation work."""
    found = ready_room(at)
    who = {"actor": found.staff, "at": at}
    texts = {(one.part.value, one.key): f"{one.part.value} {one.key}에 적은 글이다." for one in SECTIONS}
    operations.edit_plan(plan=found.plan, texts=texts, **who)
    project = found.project()
    operations.edit_project(project=project, **TEXTS, **who)
    operations.save_budget(project=project, lines=LINES, **who)
    agenda = chosen_agenda(found.plan.district, found.plan.cycle, at)
    hostile = operations.add_project_from_agenda(plan=found.plan, agenda=agenda, task=project.task, **who)
    operations.edit_project(project=hostile, title=HOSTILE, need=HOSTILE, **who)
    operations.save_budget(project=hostile, lines=[LineInput("201-03", "=2+3", city_kwon=901)], **who)
    return found


@pytest.fixture
def version(room) -> PlanVersion:
    return room.freeze()


def pdf(paper) -> str:
    return pdf_words(to_pdf(paper, fonts=settings.MADANG_PDF_FONTS, at=MADE_AT))


def tight(text: str) -> str:
    return "".join(text.split())


def test_every_section_of_both_plans_is_in_the_paper_whole(version) -> None:
    told, words = pdf(plan_paper(version)), hwpx_words(to_hwpx(plan_paper(version)))
    for section in SECTIONS:
        text = f"{section.part.value} {section.key}에 적은 글이다."
        assert text in words
        assert tight(text) in told


def test_every_text_of_a_project_is_in_its_sheet_whole(version) -> None:
    told, words = pdf(project_paper(version, "S1")), hwpx_words(to_hwpx(project_paper(version, "S1")))
    texts = [line.strip("- ") for text in TEXTS.values() if isinstance(text, str) for line in text.split("\n") if line]
    texts += ["공원녹지과(시설·안전)", "방학천사람들(시민관리단)", "주민 설계", "직접 세기"]
    texts += ["걷는 길을 바꿀 때마다 옮겨 세운다.", "등재", *(line.basis for line in LINES)]
    for text in texts:
        assert text in words
        assert tight(text) in told


def test_a_projects_lines_add_up_to_its_groups_and_its_total(version) -> None:
    table = table_of(to_hwpx(project_paper(version, "S1")), "통계목", *SOURCES)
    places = [table.column(title) for title in SOURCES]
    sums, group, counted = [0] * 5, [0] * 5, 0
    for row in table.rows[1:]:
        amounts = [number(row[place]) for place in places]
        assert sum(amounts[:4]) == amounts[4]
        if row[0] == "소계":
            assert amounts == group
        elif row[0] == "합계":
            assert amounts == sums
        else:
            counted += 1
            group = amounts if row[0] else [a + b for a, b in zip(group, amounts, strict=True)]
            sums = [a + b for a, b in zip(sums, amounts, strict=True)]
    assert (counted, sums) == (len(LINES), [1513, 8487, 100, 50, 10150])


def test_the_projects_add_up_to_the_parts_and_the_plan(version) -> None:
    data = to_hwpx(plan_paper(version))
    table = table_of(data, "의제별 실행계획", *SOURCES)
    places = [table.column(title) for title in SOURCES]
    rows = [(row[0], [number(row[place]) for place in places], row[-1]) for row in table.rows[1:] if row[0] != row[2]]
    projects = [amounts for label, amounts, _share in rows if label[:1] in "SF"]
    parts = [amounts for label, amounts, _share in rows if label == "소계"]
    (total,) = [amounts for label, amounts, _share in rows if label == "총사업비"]
    assert len(projects) == 3
    assert [sum(column) for column in zip(*projects, strict=True)] == total
    assert [sum(column) for column in zip(*parts, strict=True)] == total
    assert total == [1513, 11388, 100, 50, 13051]
    assert all(tenths(share) == amounts[4] * 1000 // total[4] for _label, amounts, share in rows)


def test_a_projects_own_sheet_and_the_plan_say_the_same_amounts(version) -> None:
    whole = table_of(to_hwpx(plan_paper(version)), "의제별 실행계획", *SOURCES)
    for number_ in ("S1", "S2", "F1"):
        sheet = table_of(to_hwpx(project_paper(version, number_)), "통계목", *SOURCES)
        amounts = {title: sheet.row("합계")[sheet.column(title)] for title in SOURCES}
        assert {title: whole.row(number_)[whole.column(title)] for title in SOURCES} == amounts


def test_current_and_capital_money_make_the_whole_and_state_their_share_of_the_grant(version) -> None:
    table = table_of(to_hwpx(plan_paper(version)), "시 보조금 대비")
    kinds = [table.row("경상보조"), table.row("자본보조")]
    total = table.row("합계")
    for title in SOURCES:
        place = table.column(title)
        assert sum(number(row[place]) for row in kinds) == number(total[place])
    city, share = table.column("시비"), table.column("시 보조금 대비")
    assert [tenths(row[share]) for row in kinds] == [number(row[city]) * 1000 // 1_000_000 for row in kinds]
    assert number(table.row("자본보조")[city]) == 1987
    words = hwpx_words(to_hwpx(plan_paper(version)))
    assert "경상보조 9,401 / 1,000,000 = 0.94%" in words


def test_items_add_up_with_their_shares_of_the_whole(version) -> None:
    table = table_of(to_hwpx(plan_paper(version)), "예산과목", "총 사업비")
    rows = table.rows[2:]
    total = rows[-1]
    assert number(total[8]) == 13051
    items = [row for row in rows[:-1] if row[0] != "소계"]
    for place in (2, 4, 6, 8):
        assert sum(number(row[place]) for row in items) == number(total[place])
        for row in rows:
            assert tenths(row[place + 1]) == number(row[place]) * 1000 // number(total[8])
    assert all(number(row[2]) + number(row[4]) + number(row[6]) == number(row[8]) for row in rows)


def test_a_ratio_stands_with_its_division_its_limit_and_its_clause(version) -> None:
    words = hwpx_words(to_hwpx(project_paper(version, "S1")))
    assert "시설비 및 부대비·자산취득비 3,150 / 10,150 = 31.03% (기준: 사업비, 한도 70%, 운영지침 3.2.2(2)③)" in words
    assert "민간이전 1,500 / 10,150 = 14.77%" in words
    assert "경상 7,000 (69.0%) · 자본 3,150 (31.0%)" in words


def test_a_hostile_title_stays_text_in_every_format(version) -> None:
    paper = project_paper(version, "S2")
    data = to_hwpx(paper)
    assert check_hwpx(data) == []
    assert hwpx_words(data).count(HOSTILE) == 2
    assert tight(HOSTILE) in pdf(paper)
    assert to_docx(paper)[:2] == to_xlsx(paper)[:2] == b"PK"


def test_the_hwpx_of_the_whole_plan_has_nothing_to_complain_about(version) -> None:
    data = to_hwpx(plan_paper(version, mark="예시"), at=MADE_AT)
    assert check_hwpx(data) == []
    assert len(hwpx_tables(data)) > 10


def test_the_paper_is_korean_whatever_the_readers_language(version) -> None:
    with override("en"):
        english = plan_paper(version), project_paper(version, "S1")
    assert english == (plan_paper(version), project_paper(version, "S1"))


def test_a_paper_says_whether_the_council_approved_it(room, version) -> None:
    assert plan_paper(version, mark="예시").status_mark == "초안 · 예시"
    assert "아직 승인되지 않은 초안이다." in hwpx_words(to_hwpx(plan_paper(version)))
    room.approve(version)
    approved = PlanVersion.objects.get(pk=version.pk)
    assert plan_paper(approved).status_mark == project_paper(approved, "S1").status_mark == "승인본"
    words = hwpx_words(to_hwpx(plan_paper(approved)))
    assert "2020. 5. 21. 도봉구 협치회의" in words
    assert tight(version.sha256) in tight(words)


def test_an_empty_plan_is_a_paper_that_says_what_is_not_written(room, at) -> None:
    plan = room.plan
    for project in plan.projects.all():
        project.delete()
    plan.texts.all().delete()
    content = draft_content(plan)
    draft = PlanVersion(plan=plan, number=1, content=content, sha256=content_hash(content), frozen_at=at)
    data = to_hwpx(plan_paper(draft))
    assert check_hwpx(data) == []
    assert hwpx_words(data).count("적은 내용이 없다.") > 10
    assert "지난 계획의 성과와 한계" not in hwpx_words(data)


def test_a_project_that_the_version_does_not_have_is_refused(version) -> None:
    with pytest.raises(UnableToFindProject):
        project_paper(version, "S9")


def test_lines_that_begin_with_a_sign_become_a_list_and_a_minus_stays() -> None:
    first, listed, last = prose("앞글\n- 하나\n○둘\n\n-5도까지 내려간다.")
    assert (first.text, listed.items, last.text) == ("앞글", ("하나", "둘"), "-5도까지 내려간다.")
