from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.decide.agendas.models import Agenda, CriteriaReview, DepartmentReview, Proposal
from madang.decide.agendas.operations.criteria import conclude_criteria
from madang.decide.agendas.operations.merging import undo_merge
from madang.decide.agendas.queries.agendas import waiting_for
from madang.decide.agendas.states import Criterion
from madang.decide.agendas.views.lanes import MOST_LANES, lanes_of
from madang.ground.people.testing import resident

pytestmark = pytest.mark.django_db
BASE = "/districts/dobong/agendas/"
WORDS = {"title": "밤길 불빛", "summary": "낮은 불빛을 놓아요.", "reason": "같은 길이에요."}


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.MADANG_DAY = date(2020, 5, 21)


def as_(client, actor):
    client.force_login(actor.person)
    return client


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


class TestTheList:
    def test_shows_number_title_state_proposals_and_answers_to_anyone(self, hall, client):
        hall.answered(verdict="conditional")
        page = text(client.get(BASE))
        for words in ("도봉-2020-의1", "밤에도 걷고 싶은 방학천", "제안 2건", "조건부", "공원녹지과"):
            assert words in page

    def test_asks_the_database_no_more_when_there_is_more_to_show(self, hall, client):
        hall.answered()
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(BASE)
        for _turn in range(5):
            hall.answered(hall.agenda())
        with CaptureQueriesContext(connection) as many:
            client.get(BASE)
        assert len(many) == len(few) <= 10

    def test_shows_one_state_and_leaves_undone_ones_to_their_own(self, hall, client):
        undo_merge(agenda=hall.agenda(title="되돌린 것"), reason="다른 길", actor=hall.staff(), at=hall.at)
        hall.agenda(title="남은 것")
        assert "되돌린 것" not in text(client.get(BASE))
        assert "되돌린 것" in text(client.get(BASE, {"state": "undone"}))
        assert "남은 것" in text(client.get(BASE, {"state": "nonsense", "before": "x", "year": "x"}))

    def test_goes_on_by_pages_without_losing_or_repeating_one(self, hall, client):
        rows = [
            Agenda(
                district=hall.district, cycle=hall.cycle, number=n, title=f"의제 {n}", summary="", created_at=hall.at
            )
            for n in range(1, 60)
        ]
        Agenda.objects.bulk_create(rows)
        seen, address = [], BASE
        while address:
            page = client.get(address).context
            seen += [agenda.number for agenda in page["page"].rows]
            address = page["older"] and BASE + page["older"]
        assert seen == list(range(59, 0, -1))


class TestThePage:
    def test_tells_every_sentence_with_number_dong_and_the_short_name_only(self, hall, client):
        ahn = resident(hall.at, "안순이")
        agenda = hall.agenda(hall.proposal(ahn), hall.proposal(proposer_name="박창구"))
        page = text(client.get(f"{BASE}{agenda.page_number}/"))
        for words in ("도봉-2020-0001", "산책로가 어두워서", "안○○", "박○○", "같은 길의 어두움을"):
            assert words in page
        for private in ("안순이", "박창구", ahn.person.email):
            assert private not in page

    def test_shows_no_question_before_it_is_answered(self, hall, client):
        review = hall.asked(None, "치수과")[0]
        address = f"{BASE}{review.agenda.page_number}/"
        assert "치수과" not in text(client.get(address))
        hall.answer(review)
        assert "치수과" in text(client.get(address))

    def test_shows_judgements_only_once_concluded_and_never_by_whom(self, hall, client):
        agenda, reviewers = hall.answered(), [hall.reviewer(), hall.reviewer()]
        for reviewer in reviewers:
            hall.judge(agenda, actor=reviewer)
        address = f"{BASE}{agenda.page_number}/"
        assert "함께 이야기한 기록" not in text(client.get(address))
        conclude_criteria(agenda=agenda, reason="", actor=hall.staff(), at=hall.at)
        page = text(client.get(address))
        assert "함께 이야기한 기록" in page
        assert "기록된 공론장 없이" in page
        assert reviewers[0].person.name not in page

    def test_asks_the_database_no_more_for_more_proposals(self, hall, client):
        few, many = hall.agenda(hall.proposal()), hall.agenda(*[hall.proposal() for _turn in range(8)])
        counts = []
        for agenda in (few, many):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{BASE}{agenda.page_number}/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 14

    def test_offers_each_reader_only_the_steps_they_may_take(self, hall, client):
        agenda = hall.agenda()
        address = f"{BASE}{agenda.page_number}/"
        ask = reverse("agendas:ask", args=["dobong", agenda.page_number])
        assert ask not in text(client.get(address))
        assert ask not in text(as_(client, hall.staff("nowon")).get(address))
        assert ask in text(as_(client, hall.staff()).get(address))

    def test_stays_readable_when_the_merge_was_undone(self, hall, client):
        agenda = hall.agenda()
        undo_merge(agenda=agenda, reason="서로 다른 길이었어요.", actor=hall.staff(), at=hall.at)
        page = text(client.get(f"{BASE}{agenda.page_number}/"))
        assert "서로 다른 길이었어요." in page
        assert "도봉-2020-0001" in page

    @pytest.mark.parametrize("number", ["2020-9", "2020-01", "2019-1", "2020-", "x", "20200-1"])
    def test_is_404_for_a_number_that_was_not_given(self, hall, client, number):
        hall.agenda()
        assert client.get(f"{BASE}{number}/").status_code == 404

    def test_is_404_in_another_district(self, hall, client):
        agenda = hall.agenda()
        assert client.get(f"/districts/nowon/agendas/{agenda.page_number}/").status_code == 404

    def test_draws_a_lane_a_proposal_and_one_for_the_rest(self, hall):
        agenda = hall.agenda(*[hall.proposal() for _turn in range(6)])
        lanes = lanes_of(list(agenda.strands.all()))
        assert [len(lane.strands) for lane in lanes] == [1, 1, 1, 3]
        assert len(lanes) == MOST_LANES


class TestTheMergeDesk:
    def test_is_for_staff_of_the_district(self, hall, client):
        assert client.get(BASE + "merge/").status_code == 302
        for actor in (resident(hall.at), hall.staff("nowon"), hall.officer()):
            assert as_(client, actor).get(BASE + "merge/").status_code == 403
        assert as_(client, hall.staff()).get(BASE + "merge/").status_code == 200

    def test_carries_what_was_chosen_from_page_to_page_and_shows_it_once(self, hall, client):
        proposals = [hall.proposal() for _turn in range(40)]
        as_(client, hall.staff())
        first = client.get(BASE + "merge/", {"pick": ["1", "40", "x"]})
        assert [proposal.number for proposal in first.context["picked"]] == [1, 40]
        second = client.get(BASE + "merge/", {"pick": ["1", "40"], "before": first.context["page"].older})
        listed = [row.number for row in [*first.context["page"].rows, *second.context["page"].rows]]
        assert sorted(listed) == [proposal.number for proposal in proposals][1:-1]

    def test_finds_by_words_dong_and_forum(self, hall, client):
        forum = hall.forum()
        hall.proposal(problem="의자가 모자라요."), hall.proposal(forum=forum), hall.proposal(state="declined")
        as_(client, hall.staff())
        for query, count in (
            ({}, 2),
            ({"q": "의자"}, 1),
            ({"forum": forum.pk}, 1),
            ({"q": "의자", "forum": forum.pk}, 0),
        ):
            assert len(client.get(BASE + "merge/", query).context["page"].rows) == count

    def test_asks_the_database_no_more_for_a_full_page(self, hall, client):
        as_(client, hall.staff())
        counts = []
        for _turn in range(2):
            [hall.proposal(forum=hall.forum()) for _more in range(12)]
            with CaptureQueriesContext(connection) as queries:
                client.get(BASE + "merge/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12

    def test_says_beforehand_what_a_merge_will_do(self, hall, client):
        ahn = resident(hall.at)
        for proposer in (ahn, ahn, resident(hall.at)):
            hall.proposal(proposer)
        page = text(as_(client, hall.staff()).get(BASE + "merge/side-by-side/", {"pick": ["1", "2", "3"]}))
        assert "제안 3건이 하나로 모여요" in page
        assert "제안자 2분에게 알려요" in page

    def test_merges_and_goes_to_the_new_agenda(self, hall, client):
        hall.proposal(), hall.proposal()
        answer = as_(client, hall.staff()).post(BASE + "merge/side-by-side/", {"pick": ["1", "2"], **WORDS})
        assert answer.url == f"{BASE}2020-1/"
        assert set(Proposal.objects.values_list("state", flat=True)) == {"merged"}

    def test_adds_to_a_gathered_agenda(self, hall, client):
        agenda, late = hall.agenda(), hall.proposal()
        data = {"pick": [late.number], "do": "add", "agenda": agenda.pk, "reason": "같은 길이에요."}
        assert as_(client, hall.staff()).post(BASE + "merge/side-by-side/", data).status_code == 302
        assert agenda.strands.count() == 3

    def test_loses_no_word_when_somebody_else_was_quicker(self, hall, client):
        taken, free = hall.proposal(), hall.proposal()
        hall.agenda(taken)
        page = text(as_(client, hall.staff()).post(BASE + "merge/side-by-side/", {"pick": ["1", "2"], **WORDS}))
        assert "낮은 불빛을 놓아요." in page
        assert taken.public_number in page
        assert Proposal.objects.get(pk=free.pk).state == "received"

    def test_sends_back_a_choice_of_nothing_or_of_too_many(self, hall, client):
        for _turn in range(13):
            hall.proposal()
        as_(client, hall.staff())
        for picks in ([], ["999"], [str(number) for number in range(1, 14)]):
            answer = client.get(BASE + "merge/side-by-side/", {"pick": picks})
            assert answer.status_code == 302
            assert answer.url.startswith(BASE + "merge/")

    def test_says_why_it_is_closed_once_the_vote_has_its_turn(self, hall, client):
        hall.proposal()
        hall.enter("priorities")
        assert "우선순위 결정" in text(as_(client, hall.staff()).get(BASE + "merge/"))
        answer = client.post(BASE + "merge/side-by-side/", {"pick": ["1"], **WORDS})
        assert "우선순위 결정" in text(answer)
        assert not Agenda.objects.exists()


class TestReviewing:
    def test_a_department_sees_what_reached_it_and_answers(self, hall, client):
        review = hall.asked(None, "공원녹지과")[0]
        as_(client, hall.officer("공원녹지과"))
        assert "D-7" in text(client.get(BASE + "reviews/"))
        answer = client.post(f"{BASE}reviews/{review.pk}/", {"verdict": "feasible", "reason": "할 수 있어요."})
        assert answer.status_code == 302
        assert DepartmentReview.objects.get().verdict == "feasible"

    def test_another_department_or_district_sees_and_answers_nothing(self, hall, client):
        review = hall.asked(None, "공원녹지과")[0]
        as_(client, hall.officer("치수과"))
        assert review.agenda.title not in text(client.get(BASE + "reviews/"))
        assert client.get(f"{BASE}reviews/{review.pk}/").status_code == 403
        as_(client, hall.officer("공원녹지과", "nowon"))
        assert client.get(BASE + "reviews/").status_code == 403
        assert client.get(f"/districts/nowon/agendas/reviews/{review.pk}/").status_code == 404

    def test_a_conditional_answer_without_conditions_keeps_its_words(self, hall, client):
        review = hall.asked()[0]
        as_(client, hall.officer())
        page = text(client.post(f"{BASE}reviews/{review.pk}/", {"verdict": "conditional", "reason": "점용허가 안에서"}))
        assert "점용허가 안에서" in page
        assert "어떤 조건이면 할 수 있는지 써 주세요." in page

    def test_staff_ask_and_remind(self, hall, client):
        officer = hall.officer("공원녹지과")
        agenda = hall.agenda()
        [department] = officer.departments()
        as_(client, hall.staff())
        ask = f"{BASE}{agenda.page_number}/ask/"
        assert "2020-06-04" in text(client.get(ask))
        assert client.post(ask, {"departments": [department], "due_on": "2020-05-29"}).status_code == 302
        review = DepartmentReview.objects.get()
        assert client.get(f"{BASE}reviews/{review.pk}/remind/").status_code == 405
        assert client.post(f"{BASE}reviews/{review.pk}/remind/").status_code == 302

    def test_a_reviewer_judges_and_is_warned_without_a_forum(self, hall, client):
        agenda = hall.answered()
        address = f"{BASE}{agenda.page_number}/judge/"
        as_(client, hall.reviewer())
        assert "공론장 기록이 없어요" in text(client.get(address))
        data = dict.fromkeys(Criterion.values, "yes") | {f"{key}_reason": "그래요." for key in Criterion.values}
        page = text(client.post(address, data | {"openness_reason": ""}))
        assert "그렇게 판단한 까닭을 써 주세요." in page
        assert client.post(address, data).status_code == 302
        assert CriteriaReview.objects.filter(passed=True, forums_seen=0).count() == 4
        assert "이미 판단을 남겼어요" in text(client.get(address))

    def test_staff_conclude_with_a_reason_where_one_is_needed(self, hall, client):
        agenda = hall.answered()
        for _turn in range(2):
            hall.judge(agenda, Criterion.OPENNESS)
        address = f"{BASE}{agenda.page_number}/conclude/"
        as_(client, hall.staff())
        assert "까닭을 써 주세요." in text(client.post(address, {"reason": ""}))
        assert client.post(address, {"reason": "더 알려야 해요."}).status_code == 302
        assert Agenda.objects.get().state == "kept"

    @pytest.mark.parametrize("step", ["undo", "keep", "ask", "conclude", "reopen", "judge"])
    def test_every_step_is_closed_to_residents_and_other_districts(self, hall, client, step):
        address = f"{BASE}{hall.agenda().page_number}/{step}/"
        assert client.post(address, {"reason": "까닭"}).status_code == 302
        for actor in (resident(hall.at), hall.staff("nowon"), hall.reviewer("nowon")):
            assert as_(client, actor).post(address, {"reason": "까닭"}).status_code == 403
        assert Agenda.objects.get().state == "gathered"

    def test_staff_undo_with_a_reason(self, hall, client):
        address = f"{BASE}{hall.agenda().page_number}/undo/"
        as_(client, hall.staff())
        assert "까닭을 써 주세요." in text(client.post(address, {"reason": " "}))
        assert client.post(address, {"reason": "다른 길이었어요."}).status_code == 302
        assert Agenda.objects.get().state == "undone"


class TestWhatWaits:
    def test_a_department_officer_waits_for_its_own_answers_with_their_day(self, hall):
        review = hall.asked(None, "공원녹지과")[0]
        officer = hall.officer("공원녹지과")
        assert [item.due_on for item in waiting_for(officer, hall.district, hall.at.date())] == [review.due_on]
        assert waiting_for(hall.officer("치수과"), hall.district, hall.at.date()) == []
        hall.answer(review)
        assert waiting_for(officer, hall.district, hall.at.date()) == []

    def test_a_reviewer_is_asked_once_every_department_has_answered_and_not_again(self, hall):
        reviewer, review = hall.reviewer(), hall.asked()[0]
        assert waiting_for(reviewer, hall.district, hall.at.date()) == []
        hall.answer(review)
        assert len(waiting_for(reviewer, hall.district, hall.at.date())) == 1
        hall.judge(review.agenda, actor=reviewer)
        assert waiting_for(reviewer, hall.district, hall.at.date()) == []

    def test_staff_see_proposals_to_merge_and_late_answers(self, hall):
        staff, review = hall.staff(), hall.asked()[0]
        hall.proposal(), hall.proposal()
        day = review.due_on + timedelta(days=1)
        titles = " ".join(item.title for item in waiting_for(staff, hall.district, day))
        assert "제안 2건" in titles
        assert "공원녹지과" in titles
        hall.enter("priorities")
        assert "제안 2건" not in " ".join(item.title for item in waiting_for(staff, hall.district, day))

    def test_nothing_waits_for_residents_for_staff_elsewhere_and_without_a_district(self, hall):
        hall.asked()
        for actor in (resident(hall.at), hall.staff("nowon"), hall.reviewer("nowon")):
            assert waiting_for(actor, hall.district, hall.at.date()) == []
        assert waiting_for(hall.staff(), None, hall.at.date()) == []
