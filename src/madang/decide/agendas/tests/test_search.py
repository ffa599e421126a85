from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.decide.agendas.models import Agenda
from madang.decide.agendas.queries.search import SearchedYear, search
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.testing import resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
PAGE = "/districts/dobong/proposals/search/"
LAMP = {"title": "방학천 산책로에 가로등을", "problem": "산책로가 밤에는 너무 어두워서 무서워요."}
BENCH = {"title": "초안산 입구에 의자", "problem": "어르신들이 쉬어 갈 의자가 없어요."}


@pytest.fixture(autouse=True)
def _on_the_day(settings, at) -> None:
    settings.MADANG_DAY = at.date()


def titles(hall, words: str) -> list[str]:
    return [found.record.title for found in search(hall.district, hall.cycle, words).found]


def said(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("words", ["가로등", "방학천산책로", "산책 로 가로등", "가로듬", "어두워서"])
def test_finds_through_spaces_and_typing_errors(hall, words):
    hall.proposal(**LAMP), hall.proposal(**BENCH)
    assert titles(hall, words)[0] == LAMP["title"]


def test_finds_nothing_for_words_that_nobody_wrote(hall):
    hall.proposal(**LAMP)
    assert titles(hall, "수영장 온도") == []


def test_finds_agendas_and_what_became_of_proposals(hall):
    agenda = hall.agenda(hall.proposal(**LAMP), title="밤에도 걷는 방학천 가로등")
    found = search(hall.district, hall.cycle, "방학천 가로등").found
    assert {(one.is_agenda, one.record.state) for one in found} == {(True, "gathered"), (False, "merged")}
    assert any(one.url.endswith(f"/agendas/{agenda.page_number}/") for one in found)


def test_marks_what_was_searched(hall):
    hall.proposal(**LAMP)
    found = search(hall.district, hall.cycle, "가로등").found[0]
    assert [piece.text for piece in found.title if piece.marked] == ["가로등"]


def test_finds_what_another_process_has_added_since(hall):
    ours = SearchedYear(hall.district.pk, hall.cycle.pk)
    for number in (1, 2):
        hall.proposal(**LAMP)
        assert len(ours.search("가로등", 10)) == number
    Agenda.objects.create(
        district=hall.district, cycle=hall.cycle, number=1, title="가로등", summary="밤길", created_at=hall.at
    )
    assert len(ours.search("가로등", 10)) == 3


def test_keeps_the_newest_of_very_many(hall):
    for _turn in range(4):
        hall.proposal(**LAMP)
    year = SearchedYear(hall.district.pk, hall.cycle.pk, most=3)
    assert sorted(hit.id for hit in year.search("가로등", 10)) == ["p00000002", "p00000003", "p00000004"]
    assert year.cut


def test_never_shows_another_district_or_year(hall):
    hall.proposal(**LAMP, district=District.objects.get(slug="nowon"))
    hall.proposal(**LAMP, cycle=Cycle.objects.create(planning_year=2019))
    assert titles(hall, "가로등") == []


class TestThePage:
    def test_is_open_to_everybody_and_leads_on(self, hall, client):
        hall.proposal(**LAMP)
        page = said(client.get(PAGE, {"q": "가로등"}))
        assert 'href="/districts/dobong/proposals/2020-0001/"' in page
        assert '<mark class="m1">가로등</mark>' in page
        assert f'action="{PAGE}"' in said(client.get("/districts/dobong/proposals/"))

    def test_searches_another_year_when_asked(self, hall, client):
        last = Cycle.objects.create(planning_year=2019)
        DistrictYear.objects.create(district=hall.district, cycle=last, participation="carrying_out", state="find")
        hall.proposal(**LAMP, cycle=last)
        assert "찾는 글이 없어요" in said(client.get(PAGE, {"q": "가로등"}))
        assert "2019-0001" in said(client.get(PAGE, {"q": "가로등", "year": "2019"}))

    def test_takes_any_words(self, hall, client):
        hall.proposal(**LAMP)
        for words in ("", " ", "가" * 500, "<script>alert(1)</script>", "%_'\"\\", "\x00", "ㄱ"):
            answer = client.get(PAGE, {"q": words})
            assert answer.status_code == 200
            assert "<script>alert" not in said(answer)

    def test_finds_no_name(self, hall, client):
        hall.proposal(**LAMP, proposer_name="박창구")
        hall.proposal(resident(hall.at, "박은별"), **BENCH)
        assert "찾는 글이 없어요" in said(client.get(PAGE, {"q": "박창구"}))
        assert "박" not in said(client.get(PAGE, {"q": "가로등"}))

    def test_asks_the_database_no_more_for_many(self, hall, client):
        counts = []
        for _turn in range(2):
            for _more in range(4):
                hall.agenda(hall.proposal(**LAMP), title="가로등")
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE, {"q": "가로등"})
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 10
