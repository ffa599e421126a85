from __future__ import annotations

import itertools
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.decide.agendas.models import Agenda, Difference, Proposal
from madang.decide.agendas.operations.differences import UnableToTellApart, take_back_difference, tell_apart
from madang.decide.agendas.queries import similar_desk
from madang.decide.agendas.queries.similar_desk import groups_page
from madang.engines.matching import Pair
from madang.ground.audit.models import Entry
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import OTHER_DISTRICT, NotAllowed
from madang.ground.people.testing import resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db
BASE = "/districts/dobong/agendas/merge/"
LAMP = {"title": "방학천 산책로에 가로등을", "problem": "방학천 산책로가 밤에는 너무 어두워서 무서워요."}
LAMP_TOO = {"title": "방학천 산책로 가로등", "problem": "방학천 산책로가 밤에는 너무 어두워요. 가로등을 놓아 주세요."}
BENCH = {"title": "초안산 입구에 의자", "problem": "어르신들이 쉬어 갈 의자가 초안산 입구에 없어요."}
WORDS = {"title": "밤길", "summary": "낮은 불빛을 놓아요.", "reason": "같은 길이에요."}


@pytest.fixture(autouse=True)
def _on_the_day(settings, at) -> None:
    settings.MADANG_DAY = at.date()


@pytest.fixture
def officer(client, hall):
    actor = hall.staff()
    client.force_login(actor.person)
    return actor


@pytest.fixture
def lamps(hall) -> list[Proposal]:
    return [hall.proposal(**LAMP), hall.proposal(**LAMP_TOO)]


def laid(hall) -> list[list[int]]:
    return [sorted(group.numbers) for group in groups_page(hall.district, hall.cycle, 1).groups]


def said(answer) -> str:
    return answer.content.decode()


class TestGroups:
    def test_hold_what_is_alike_the_largest_first(self, hall):
        (
            hall.proposal(**BENCH),
            hall.proposal(**BENCH),
            hall.proposal(title="도서관을 밤까지", problem="책을 읽고 싶어요."),
        )
        for words in (LAMP, LAMP_TOO, LAMP):
            hall.proposal(**words)
        assert laid(hall) == [[4, 5, 6], [1, 2]]

    def test_show_what_hangs_on_a_group_by_one_thread_as_a_pair(self, hall, monkeypatch):
        pairs = [Pair(f"{a:08d}", f"{b:08d}", 0.9) for a, b in itertools.combinations(range(1, 7), 2)]
        pairs.append(Pair("00000006", "00000007", 0.6))
        for _turn in range(7):
            hall.proposal()
        monkeypatch.setattr(similar_desk, "similar_pairs", lambda district, cycle: pairs)
        assert laid(hall) == [[1, 2, 3, 4, 5, 6], [6, 7]]

    def test_hold_only_what_waits(self, hall, lamps):
        for state in ("merged", "declined", "withdrawn"):
            Proposal.objects.filter(number=2).update(state=state)
            assert laid(hall) == []

    def test_are_of_one_district_and_year(self, hall):
        hall.proposal(**LAMP)
        hall.proposal(**LAMP, district=District.objects.get(slug="nowon"))
        hall.proposal(**LAMP, cycle=Cycle.objects.create(planning_year=2019))
        assert laid(hall) == []

    def test_come_by_pages(self, hall):
        places = "강낭닭댐랭맥뱀샘앵잠챔캔탱팽행"
        for place in places[:12]:
            for _turn in range(2):
                hall.proposal(title=f"{place}{place}골 놀이터", problem=f"{place * 3}마을 {place * 2}놀이터를 고쳐요.")
        first, second = (groups_page(hall.district, hall.cycle, number) for number in (1, 2))
        assert (first.total, first.last, len(first.groups), len(second.groups)) == (12, 2, 10, 2)
        assert groups_page(hall.district, hall.cycle, 99).number == 2


class TestTellingApart:
    def test_is_remembered_with_who_and_when_and_signed(self, hall, lamps):
        staff = hall.staff()
        tell_apart(proposal=lamps[1], others=[lamps[0]], actor=staff, at=hall.at)
        kept = Difference.objects.get()
        assert (kept.first, kept.second) == (lamps[0], lamps[1])
        assert (kept.told_by_id, kept.told_at) == (staff.person_id, hall.at)
        assert Entry.objects.filter(operation="agendas.tell_apart", actor_id=staff.person_id).exists()
        assert laid(hall) == []

    def test_of_one_in_a_group_leaves_the_others_together(self, hall, lamps):
        third = hall.proposal(**LAMP)
        tell_apart(proposal=third, others=lamps, actor=hall.staff(), at=hall.at)
        assert laid(hall) == [[1, 2]]

    def test_of_two_keeps_them_apart_in_a_larger_group_too(self, hall, lamps):
        tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff(), at=hall.at)
        hall.proposal(**LAMP)
        assert sorted(laid(hall)) == [[1, 3], [2, 3]]

    def test_the_second_of_two_officers_who_say_the_same_changes_nothing(self, hall, lamps):
        for _officer in range(2):
            tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff(), at=hall.at)
        assert Difference.objects.count() == 1

    def test_can_be_taken_back_once_and_stays_on_record(self, hall, lamps):
        tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff(), at=hall.at)
        kept = Difference.objects.get()
        take_back_difference(difference=kept, actor=hall.staff(), at=hall.at)
        assert laid(hall) == [[1, 2]]
        assert Difference.objects.get().taken_back_at == hall.at
        with pytest.raises(UnableToTellApart):
            take_back_difference(difference=kept, actor=hall.staff(), at=hall.at)
        tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff(), at=hall.at)
        assert laid(hall) == []

    def test_needs_two_of_one_district_and_year(self, hall, lamps):
        other_year = hall.proposal(cycle=Cycle.objects.create(planning_year=2019))
        for others in ([], [lamps[0]], [other_year]):
            with pytest.raises(UnableToTellApart):
                tell_apart(proposal=lamps[0], others=others, actor=hall.staff(), at=hall.at)
        assert not Difference.objects.exists()

    def test_is_refused_to_residents_other_roles_and_other_districts(self, hall, lamps):
        for actor in (resident(hall.at), NOBODY, hall.officer(), hall.reviewer()):
            with pytest.raises(NotAllowed):
                tell_apart(proposal=lamps[0], others=[lamps[1]], actor=actor, at=hall.at)
        with pytest.raises(NotAllowed) as refusal:
            tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff("nowon"), at=hall.at)
        assert refusal.value.reason == OTHER_DISTRICT
        tell_apart(proposal=lamps[0], others=[lamps[1]], actor=hall.staff(), at=hall.at)
        with pytest.raises(NotAllowed):
            take_back_difference(difference=Difference.objects.get(), actor=hall.staff("nowon"), at=hall.at)


class TestThePages:
    def test_are_for_staff_of_the_district(self, hall, client):
        for name in ("similar/", "apart/"):
            client.logout()
            assert client.get(BASE + name).status_code == 302
            for actor in (resident(hall.at), hall.staff("nowon"), hall.officer()):
                client.force_login(actor.person)
                assert client.get(BASE + name).status_code == 403
            client.force_login(hall.staff().person)
            assert client.get(BASE + name).status_code == 200

    def test_show_a_pair_with_marks_and_lead_to_both_side_by_side(self, client, officer, lamps):
        page = said(client.get(BASE + "similar/"))
        assert "비슷한 제안 2건" in page
        assert re.search('<mark class="m[123]">방학천 산책로가 밤에는 너무 어두워<sup>', page)
        assert f'href="{BASE}side-by-side/?pick=1&amp;pick=2"' in page
        beside = said(client.get(BASE + "side-by-side/", {"pick": ["1", "2"]}))
        assert beside.count("<mark") >= 4
        assert "같은 이야기가 아니에요" in beside

    def test_merge_the_pair_from_there(self, client, officer, lamps):
        answer = client.post(BASE + "side-by-side/", {"pick": ["1", "2"], **WORDS})
        assert Agenda.objects.get().strands.count() == 2
        assert answer.status_code == 302
        assert "지금은 닮은 제안이 없어요" in said(client.get(BASE + "similar/"))

    def test_tell_the_slower_of_two_officers_who_merge_the_same_pair(self, hall, client, officer, lamps):
        client.get(BASE + "side-by-side/", {"pick": ["1", "2"]})
        hall.agenda(*lamps)
        page = said(client.post(BASE + "side-by-side/", {"pick": ["1", "2"], **WORDS}))
        assert "그사이 누가 바꾸었어요" in page
        assert "낮은 불빛을 놓아요." in page
        assert Agenda.objects.count() == 1

    def test_take_what_is_not_the_same_away_and_bring_it_back(self, client, officer, lamps):
        answer = client.post(BASE + "similar/apart/", {"pick": ["1", "2"], "one": "1"}, follow=True)
        assert "도봉-2020-0001 제안은 다른 이야기라고 적어 두었어요" in said(answer)
        assert "지금은 닮은 제안이 없어요" in said(answer)
        listed = said(client.get(BASE + "apart/"))
        assert officer.person.name in listed
        assert LAMP_TOO["title"] in listed
        address = reverse("agendas:take_back_difference", args=["dobong", Difference.objects.get().pk])
        assert "두 제안을 다시 함께 보아요" in said(client.post(address, follow=True))
        assert "이미 되돌렸어요" in said(client.post(address, follow=True))
        assert "비슷한 제안 2건" in said(client.get(BASE + "similar/"))

    def test_say_so_when_nothing_or_something_unknown_was_chosen(self, client, officer, lamps):
        for data in ({}, {"pick": ["1", "2"]}, {"pick": ["1"], "one": "1"}, {"pick": ["1", "2"], "one": "99"}):
            answer = client.post(BASE + "similar/apart/", data, follow=True)
            assert "둘 이상 골라 주세요" in said(answer)
        assert not Difference.objects.exists()

    def test_hide_what_another_district_told_apart(self, hall, client, officer, lamps):
        nowon = District.objects.get(slug="nowon")
        theirs = [hall.proposal(district=nowon), hall.proposal(district=nowon)]
        tell_apart(proposal=theirs[0], others=theirs[1:], actor=hall.staff("nowon"), at=hall.at)
        address = reverse("agendas:take_back_difference", args=["dobong", Difference.objects.get().pk])
        assert client.post(address).status_code == 404
        assert "다르다고 한 제안이 없어요" in said(client.get(BASE + "apart/"))

    def test_show_a_script_as_text(self, hall, client, officer):
        for _turn in range(3):
            hall.proposal(title="불빛을 놓아요 <script>", problem="<script>alert(1)</script> 산책로가 어두워요.")
        for address in ("similar/", "side-by-side/?pick=1&pick=2", "side-by-side/?pick=1&pick=2&pick=3"):
            page = said(client.get(BASE + address))
            assert "<script>" not in page.replace("<script src", "")

    def test_ask_the_database_no_more_for_many(self, hall, client, officer):
        counts: list[tuple[int, ...]] = []
        for _turn in range(2):
            for words in (LAMP, BENCH, LAMP_TOO):
                hall.proposal(**words), hall.proposal(**words, forum=hall.forum())
            new = [hall.proposal(title=f"서로 다른 글 {n}", problem="가나다") for n in range(2)]
            tell_apart(proposal=new[0], others=new[1:], actor=officer, at=hall.at)
            asked = []
            for name in ("similar/", "apart/", "side-by-side/?pick=1&pick=2"):
                with CaptureQueriesContext(connection) as queries:
                    client.get(BASE + name)
                asked.append(len(queries))
            counts.append(tuple(asked))
        assert counts[0] == counts[1]
        assert max(counts[0]) <= 13
