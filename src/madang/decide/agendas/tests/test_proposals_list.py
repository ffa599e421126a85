from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.decide.agendas.models import NumberRange, Proposal
from madang.decide.agendas.operations.proposals import Words, propose
from madang.decide.agendas.queries.proposals import proposals_page
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong

pytestmark = pytest.mark.django_db
ADDRESS = "/districts/dobong/proposals/"


@pytest.fixture
def dobong() -> District:
    return District.objects.get(slug="dobong")


@pytest.fixture
def year(dobong) -> DistrictYear:
    cycle = Cycle.objects.create(planning_year=2020)
    return DistrictYear.objects.create(cycle=cycle, district=dobong, participation="carrying_out", state="find")


def make_many(dobong, year, at, many: int, first: int = 1) -> None:
    # Seven share each instant, so that a page ends in the middle of one.
    Proposal.objects.bulk_create(
        Proposal(
            district=dobong,
            cycle=year.cycle,
            number=number,
            title=f"제안 {number}",
            problem="글",
            origin="online",
            proposed_at=at - timedelta(minutes=number // 7),
        )
        for number in range(first, first + many)
    )


def test_walking_to_the_end_and_back_meets_every_proposal_once(dobong, year, at):
    make_many(dobong, year, at, 95)
    pages = [proposals_page(dobong, year.cycle)]
    while pages[-1].older:
        pages.append(proposals_page(dobong, year.cycle, older_than=pages[-1].older))
    numbers = [row.number for page in pages for row in page.rows]
    assert [len(page.rows) for page in pages] == [30, 30, 30, 5]
    assert sorted(numbers) == list(range(1, 96))
    back = [pages[-1]]
    while back[-1].newer:
        back.append(proposals_page(dobong, year.cycle, newer_than=back[-1].newer))
    assert [row.number for page in reversed(back) for row in page.rows] == numbers


@pytest.mark.parametrize("cursor", ["x", "1-", "9" * 17 + "-1", "-1-1", "1-1-1"])
def test_a_cursor_that_nobody_gave_is_the_first_page(dobong, year, at, cursor):
    make_many(dobong, year, at, 31)
    first = proposals_page(dobong, year.cycle)
    assert proposals_page(dobong, year.cycle, older_than=cursor).rows == first.rows


def test_filters_narrow_the_list(dobong, year, at):
    dong = Dong.objects.on(at.date()).filter(district=dobong).first()
    words = Words(title="동 이야기", problem="글", dong=dong)
    here = propose(district=dobong, words=words, submission_key=uuid4(), actor=resident(at), at=at)
    make_many(dobong, year, at - timedelta(days=1), 3, first=10)
    assert proposals_page(dobong, year.cycle, dong_id=dong.pk).rows == [here]
    assert proposals_page(dobong, year.cycle, state="declined").rows == []
    assert len(proposals_page(dobong, year.cycle, state="received").rows) == 4


def queries_for(client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["nobody", "officer"])
def test_the_list_asks_the_same_few_questions_at_30_and_at_300_proposals(client, dobong, year, at, settings, who):
    settings.MADANG_DAY = at.date()
    if who == "officer":
        client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    make_many(dobong, year, at, 30)
    few = queries_for(client, ADDRESS)
    make_many(dobong, year, at, 270, first=31)
    assert queries_for(client, ADDRESS) == few
    assert few <= 10


def test_the_list_counts_no_rows_and_skips_none(client, dobong, year, at, settings):
    settings.MADANG_DAY = at.date()
    make_many(dobong, year, at, 61)
    older = proposals_page(dobong, year.cycle).older
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESS, {"older": older, "state": "received"})
    said = " ".join(query["sql"].upper() for query in asked)
    assert "COUNT(" not in said
    assert "OFFSET" not in said


def test_the_pages_lead_on_with_the_filter_kept(client, dobong, year, at, settings):
    settings.MADANG_DAY = at.date()
    make_many(dobong, year, at, 31)
    page = client.get(ADDRESS, {"state": "received"})
    older = page.context["older"]
    assert older.startswith("?state=received&older=")
    assert [row.number for row in client.get(ADDRESS + older).context["page"].rows] == [28]


def test_the_figure_at_the_top_is_how_many_numbers_were_given(client, dobong, year, at, settings):
    settings.MADANG_DAY = at.date()
    NumberRange.objects.create(district=dobong, year=2020, kind="proposal", last=4790)
    assert "올해 4,790건을 받았어요" in client.get(ADDRESS).content.decode()


def test_an_empty_list_says_what_would_be_here(client, year, at, settings):
    settings.MADANG_DAY = at.date()
    assert "아직 제안이 없어요" in client.get(ADDRESS).content.decode()
    assert "고른 것에 맞는 제안이 없어요" in client.get(ADDRESS, {"state": "declined"}).content.decode()


def test_what_is_typed_into_the_address_breaks_nothing(client, year, at, settings):
    settings.MADANG_DAY = at.date()
    for query in ({"state": "x"}, {"dong": "x"}, {"dong": "999999"}, {"older": "\0"}, {"year": "1"}, {"newer": "1-1"}):
        assert client.get(ADDRESS, query).status_code == 200


def test_signed_out_visitors_are_told_to_sign_in_and_staff_see_their_tools(client, year, at, settings):
    settings.MADANG_DAY = at.date()
    page = client.get(ADDRESS).content.decode()
    assert "로그인하고 제안하기" in page
    assert "파일로 가져오기" not in page
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    assert "파일로 가져오기" in client.get(ADDRESS).content.decode()
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    assert "파일로 가져오기" not in client.get(ADDRESS).content.decode()


def test_a_closed_stage_is_named_and_no_button_leads_nowhere(client, year, at, settings):
    settings.MADANG_DAY = at.date()
    DistrictYear.objects.update(state="priorities")
    client.force_login(resident(at).person)
    page = client.get(ADDRESS).content.decode()
    assert "「우선순위 결정」 단계라 제안을 받지 않아요" in page
    assert "제안하기" not in page.replace("로그인하고 제안하기", "")
