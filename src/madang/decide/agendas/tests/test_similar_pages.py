from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.decide.agendas.models import Proposal
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db
NEW = "/districts/dobong/proposals/new/"
LAMP = {"title": "방학천 산책로에 가로등을", "problem": "방학천 산책로가 밤에는 너무 어두워서 무서워요."}
LAMP_TOO = {"title": "방학천 산책로 가로등", "problem": "방학천 산책로가 밤에는 너무 어두워요. 가로등을 놓아 주세요."}
OTHER = {"title": "초안산 입구에 의자", "problem": "어르신들이 쉬어 갈 의자가 초안산 입구에 없어요."}


@pytest.fixture(autouse=True)
def _on_the_day(settings, at) -> None:
    settings.MADANG_DAY = at.date()


@pytest.fixture
def neighbour(client, at):
    actor = resident(at)
    client.force_login(actor.person)
    return actor


def written(**changes: object) -> dict[str, object]:
    return {**LAMP_TOO, "wish": "", "place": "다리 앞", "submission_key": str(uuid4()), **changes}


def said(answer) -> str:
    return answer.content.decode()


class TestWhileWriting:
    def test_shows_similar_ones_with_link_state_and_marks(self, client, hall, neighbour):
        hall.proposal(**LAMP, state="declined"), hall.proposal(**OTHER)
        page = said(client.post(NEW + "similar/", written()))
        assert "비슷한 제안이 1건 있어요" in page
        assert 'href="/districts/dobong/proposals/2020-0001/"' in page
        assert "이번에는 함께하지 못했어요" in page
        assert '<mark class="m1">방학천 산책로' in page

    def test_stays_empty_without_a_similar_one_and_with_few_letters(self, client, hall, neighbour):
        hall.proposal(**OTHER)
        for words in ({}, {"title": "가", "problem": ""}):
            assert said(client.post(NEW + "similar/", written(**words))).strip() == ""

    def test_changes_nothing_while_the_same_ones_are_seen(self, client, hall, neighbour):
        hall.proposal(**LAMP)
        assert client.post(NEW + "similar/", written(seen="1")).status_code == 204
        assert client.post(NEW + "similar/", written(seen="2")).status_code == 200

    def test_says_nothing_when_proposals_are_not_taken(self, client, hall, neighbour):
        hall.proposal(**LAMP)
        hall.enter("priorities")
        assert said(client.post(NEW + "similar/", written())).strip() == ""

    def test_shows_a_script_as_text(self, client, hall, neighbour):
        hall.proposal(title=LAMP["title"], problem=LAMP["problem"] + "<script>alert(1)</script>")
        page = said(client.post(NEW + "similar/", written(problem=LAMP["problem"] + "<script>alert(1)</script>")))
        assert "<script>" not in page
        assert "script" in page

    def test_tells_no_name(self, client, hall, neighbour):
        hall.proposal(**LAMP, proposer_name="박창구")
        assert "박" not in said(client.post(NEW + "similar/", written()))

    def test_is_for_those_who_are_signed_in(self, client, hall):
        assert client.post(NEW + "similar/", written()).url.startswith("/accounts/login/")

    def test_is_only_asked_with_words(self, client, hall, neighbour):
        assert client.get(NEW + "similar/").status_code == 405

    def test_asks_the_database_no_more_for_many(self, client, hall, neighbour):
        counts = []
        for _turn in range(2):
            for _more in range(4):
                hall.proposal(**LAMP)
            with CaptureQueriesContext(connection) as queries:
                client.post(NEW + "similar/", written())
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 10


class TestSending:
    def test_asks_once_before_something_very_similar_is_sent_and_keeps_every_word(self, client, hall, neighbour):
        hall.proposal(**LAMP)
        answer = client.post(NEW, written(wish="낮은 불빛이면 좋겠어요"))
        page = said(answer)
        assert answer.status_code == 200
        assert "아직 보내지 않았어요" in page
        assert "그래도 내 제안 보내기" in page
        assert 'name="seen" value="1"' in page
        for kept in (LAMP_TOO["title"], LAMP_TOO["problem"], "낮은 불빛이면 좋겠어요", "다리 앞"):
            assert kept in page
        assert Proposal.objects.count() == 1

    def test_sends_it_when_the_similar_one_was_seen(self, client, hall, neighbour):
        hall.proposal(**LAMP)
        Proposal.objects.update(number=41)
        client.post(NEW, written(seen="41"))
        assert Proposal.objects.get(proposer=neighbour.person).title == LAMP_TOO["title"]

    def test_does_not_ask_about_something_else_nor_about_ones_own(self, client, hall, neighbour):
        hall.proposal(**OTHER)
        hall.proposal(neighbour, **LAMP)
        Proposal.objects.filter(number=1).update(number=41)
        Proposal.objects.filter(number=2).update(number=42)
        assert client.post(NEW, written()).status_code == 302

    def test_a_form_that_fails_shows_similar_ones_too(self, client, hall, neighbour):
        hall.proposal(**LAMP)
        page = said(client.post(NEW, written(title="")))
        assert "1곳을 고쳐 주세요" in page
        assert "비슷한 제안이 1건 있어요" in page
        assert "아직 보내지 않았어요" not in page

    def test_staff_who_write_down_are_shown_similar_ones_as_well(self, client, hall):
        client.force_login(holder(Role.SECRETARIAT, hall.at).person)
        assert 'hx-post="/districts/dobong/proposals/new/similar/"' in said(client.get(NEW[:-4] + "write-down/"))
