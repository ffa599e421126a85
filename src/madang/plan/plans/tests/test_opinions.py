"""The draft goes round, every opinion gets an answer, and the approved plan is handed out (PLAN-1, 12 and 13)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.engines.rulebook import Severity
from madang.ground.bodies.models import Body
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.plan.plans import operations
from madang.plan.plans.models import Opinion, Plan
from madang.plan.plans.operations import (
    UnableToAnswer,
    UnableToFreeze,
    UnableToGiveOpinion,
    UnableToShare,
    UnableToSpread,
)
from madang.plan.plans.queries import judge_plan
from madang.plan.plans.queries.waiting import waiting_for
from madang.plan.plans.testing import ready_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(at):
    return ready_room(at)


def share(ready, way="online", **changes):
    today = ready.at.date()
    said = {"how": "누리집에 올려요", "starts_on": today, "ends_on": today + timedelta(days=7)}
    return operations.share_draft(
        **{"plan": ready.plan, "way": way, "actor": ready.staff, "at": ready.at, **said, **changes}
    )


def give(ready, found, text="밤에도 켜 주세요", actor=None, at=None, **more):
    return operations.give_opinion(round=found, text=text, actor=actor or resident(ready.at), at=at or ready.at, **more)


def answer(ready, opinion, **changes):
    said = {"answer": "taken_up", "reason": "산책로 조명 시간을 늘렸어요.", "actor": ready.staff, "at": ready.at}
    operations.answer_opinion(opinion=opinion, **(said | changes))


def group(ready, name="밤길 워킹그룹", kind="working_group", district=None):
    return Body.objects.create(
        district=district or ready.district, kind=kind, name=name, since_on=ready.at.date() - timedelta(days=90)
    )


def found(ready, rule):
    return judge_plan(ready.plan, day=ready.at.date()).of(rule)


class TestRounds:
    def test_a_draft_that_never_went_round_warns_and_can_be_frozen(self, ready):
        assert [one.severity for one in found(ready, "PLAN-12")] == [Severity.WARN]
        assert ready.freeze().number == 1

    def test_a_draft_that_went_to_everybody_leaves_nothing_to_say(self, ready):
        share(ready, "working_group", body=group(ready))
        for way in ("neighbourhood", "dong", "district", "online", "experts"):
            share(ready, way)
        assert not found(ready, "PLAN-12")

    def test_a_missing_group_missing_ways_and_missing_experts_warn_each(self, ready):
        group(ready)
        share(ready, "dong")
        said = " ".join(one.message_ko for one in found(ready, "PLAN-12"))
        assert "밤길 워킹그룹" in said
        assert "근린, 구, 온라인" in said
        assert "전문가" in said

    def test_an_online_round_keeps_the_draft_of_that_moment(self, ready):
        shared = share(ready)
        operations.edit_plan(plan=ready.plan, vision="바뀐 비전", actor=ready.staff, at=ready.at)
        assert shared.content["base"]["vision"] == "곁에서 함께 정하는 마을"
        assert share(ready, "dong").content is None

    @pytest.mark.parametrize(
        ("way", "changes", "field"),
        [
            ("somewhere", {}, "way"),
            ("dong", {"how": " "}, "how"),
            ("dong", {"how": "가" * 201}, "how"),
            ("dong", {"ends_on": date(2020, 5, 1)}, "ends_on"),
            ("online", {"starts_on": date(2020, 5, 20)}, "starts_on"),
            ("working_group", {}, "body"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, ready, way, changes, field):
        with pytest.raises(UnableToShare) as refusal:
            share(ready, way, **changes)
        assert refusal.value.field == field

    def test_only_a_working_group_of_the_district_is_a_working_group(self, ready):
        with pytest.raises(UnableToShare):
            share(ready, "working_group", body=ready.council)
        with pytest.raises(UnableToShare):
            share(ready, "dong", body=group(ready))

    def test_residents_and_other_districts_do_not_send_it_round(self, ready, at):
        for actor in (
            resident(at),
            holder(Role.COUNCIL_MEMBER, at),
            holder(Role.SUPPORT_OFFICER, at, district="nowon"),
        ):
            with pytest.raises(NotAllowed):
                share(ready, actor=actor)

    def test_a_round_with_opinions_stays_and_an_empty_one_can_go(self, ready):
        shared = share(ready)
        give(ready, shared)
        with pytest.raises(UnableToShare, match="지울 수 없어요"):
            operations.remove_round(round=shared, actor=ready.staff, at=ready.at)
        operations.remove_round(round=share(ready, "dong"), actor=ready.staff, at=ready.at)
        assert ready.plan.rounds.count() == 1

    def test_a_submitted_plan_goes_round_no_more(self, ready):
        version = ready.approve()
        Plan.objects.update(state="submitted", submitted_version=version)
        with pytest.raises(UnableToShare, match="서울시에 낸"):
            share(ready)


class TestOpinions:
    def test_an_open_opinion_blocks_until_it_is_answered_and_its_author_is_told(self, ready):
        author = resident(ready.at)
        opinion = give(ready, share(ready), actor=author, project=ready.project())
        (block,) = [one for one in found(ready, "PLAN-12") if one.severity is Severity.BLOCK]
        assert "1건 가운데 1건" in block.message_ko
        with pytest.raises(UnableToFreeze, match="PLAN-12"):
            ready.freeze()
        answer(ready, opinion)
        assert ready.freeze().number == 1
        assert Notice.objects.filter(person=author.person, subject__contains="반영했어요").count() == 1

    def test_officers_write_down_what_was_said_at_a_meeting(self, ready):
        shared = share(ready, "dong")
        opinion = operations.enter_opinion(round=shared, text="의자가 모자라요", actor=ready.staff, at=ready.at)
        assert opinion.author_id is None
        with pytest.raises(NotAllowed):
            operations.enter_opinion(round=shared, text="의자", actor=resident(ready.at), at=ready.at)

    def test_the_same_words_twice_are_one_opinion(self, ready):
        shared, author = share(ready), resident(ready.at)
        assert give(ready, shared, actor=author) == give(ready, shared, actor=author)
        assert Opinion.objects.count() == 1

    def test_many_or_quick_opinions_of_one_person_are_refused(self, ready):
        shared, author = share(ready), resident(ready.at)
        give(ready, shared, actor=author)
        with pytest.raises(UnableToGiveOpinion, match="조금 뒤에"):
            give(ready, shared, "다른 말", actor=author, at=ready.at + timedelta(seconds=29))
        for number in range(1, 10):
            give(ready, shared, f"말 {number}", actor=author, at=ready.at + timedelta(minutes=number))
        with pytest.raises(UnableToGiveOpinion, match="10건까지"):
            give(ready, shared, "한 번 더", actor=author, at=ready.at + timedelta(hours=1))
        give(ready, shared, "다른 사람의 말")

    @pytest.mark.parametrize("text", ["", "  \n", "가" * 1001])
    def test_nothing_and_too_much_are_refused(self, ready, text):
        with pytest.raises(UnableToGiveOpinion) as refusal:
            give(ready, share(ready), text)
        assert refusal.value.field == "text"

    def test_a_thousand_characters_are_taken(self, ready):
        assert give(ready, share(ready), "가" * 1000).pk

    def test_outside_its_days_and_to_a_meeting_nobody_writes_online(self, ready):
        shared = share(ready)
        assert give(ready, shared, at=ready.at + timedelta(days=7)).pk
        with pytest.raises(UnableToGiveOpinion, match="받는 때가 아니에요"):
            give(ready, shared, "늦은 말", at=ready.at + timedelta(days=8))
        with pytest.raises(UnableToGiveOpinion, match="받는 때가 아니에요"):
            give(ready, share(ready, "dong"))

    def test_an_answer_needs_its_kind_and_a_reason_and_an_officer(self, ready):
        opinion = give(ready, share(ready))
        with pytest.raises(UnableToAnswer):
            answer(ready, opinion, answer="maybe")
        with pytest.raises(UnableToAnswer):
            answer(ready, opinion, reason=" ")
        with pytest.raises(NotAllowed):
            answer(ready, opinion, actor=resident(ready.at))
        answer(ready, opinion, answer="not_taken_up")
        assert Opinion.objects.get().tone == "warn"

    def test_the_staffs_home_says_that_opinions_wait(self, ready):
        opinion = give(ready, share(ready))
        titles = [one.title for one in waiting_for(ready.staff, ready.district, ready.at.date())]
        assert "초안에 들어온 의견에 답하기" in titles
        answer(ready, opinion)
        titles = [one.title for one in waiting_for(ready.staff, ready.district, ready.at.date())]
        assert "초안에 들어온 의견에 답하기" not in titles


class TestSpreading:
    def partners(self, ready, *names):
        rows = [{"kind": "partner", "name": name, "role": ""} for name in names]
        operations.edit_project(project=ready.project(), parties=rows, actor=ready.staff, at=ready.at)

    def handout(self, ready, **changes):
        said = {"place": "동주민센터", "handed_on": ready.at.date(), "actor": ready.staff, "at": ready.at}
        return operations.record_handout(plan=ready.plan, **(said | changes))

    def agree(self, ready, *partners, **changes):
        said = {"signed_on": ready.at.date(), "actor": ready.staff, "at": ready.at}
        return operations.record_agreements(plan=ready.plan, partners=partners, **(said | changes))

    def test_before_the_approval_the_rule_is_not_judged_and_nothing_is_recorded(self, ready):
        assert "PLAN-13" in {one.rule for one in judge_plan(ready.plan, day=ready.at.date()).not_judged}
        with pytest.raises(UnableToSpread, match="승인한 다음"):
            self.handout(ready)

    def test_after_it_what_is_missing_warns_and_recording_mends_it(self, ready):
        self.partners(ready, "밤길지킴이", "마을학교")
        ready.approve()
        assert [one.severity for one in found(ready, "PLAN-13")] == [Severity.WARN, Severity.WARN]
        self.handout(ready)
        self.agree(ready, "밤길지킴이")
        (rest,) = found(ready, "PLAN-13")
        assert "마을학교" in rest.message_ko
        self.agree(ready, "마을학교")
        assert not found(ready, "PLAN-13")

    def test_strangers_second_signatures_and_wrong_days_are_refused(self, ready):
        self.partners(ready, "밤길지킴이")
        ready.approve()
        with pytest.raises(UnableToSpread, match="실행 주체"):
            self.agree(ready, "모르는 곳")
        self.agree(ready, "밤길지킴이")
        with pytest.raises(UnableToSpread, match="이미 협약"):
            self.agree(ready, "밤길지킴이")
        for day in (ready.at.date() + timedelta(days=1), ready.at.date() - timedelta(days=1)):
            with pytest.raises(UnableToSpread) as refusal:
                self.handout(ready, handed_on=day)
            assert refusal.value.field == "handed_on"
        with pytest.raises(NotAllowed):
            self.handout(ready, actor=resident(ready.at))

    def test_it_can_still_be_recorded_once_the_city_has_the_plan(self, ready):
        version = ready.approve()
        Plan.objects.update(state="submitted", submitted_version=version)
        ready.plan.refresh_from_db()
        assert self.handout(ready).pk


class TestProcessStatement:
    def test_without_it_the_plan_lacks_a_part(self, ready):
        operations.edit_plan(plan=ready.plan, texts={("process", "planning"): ""}, actor=ready.staff, at=ready.at)
        (block,) = found(ready, "PLAN-1")
        assert "과정설명서" in block.message_ko
        with pytest.raises(UnableToFreeze, match="PLAN-1"):
            ready.freeze()


class TestPages:
    @pytest.fixture(autouse=True)
    def _day(self, settings):
        settings.MADANG_DAY = date(2020, 5, 21)

    def url(self, name, *numbers):
        return reverse(f"plans:{name}", args=["dobong", 2021, *numbers])

    def test_nobody_outside_sees_rounds_before_one_is_online(self, client, ready):
        share(ready, "dong")
        assert client.get(self.url("opinions")).status_code == 404
        client.force_login(ready.staff.person)
        assert client.get(self.url("opinions")).status_code == 200

    def test_a_resident_reads_the_draft_and_writes_and_the_text_is_kept_when_refused(self, client, ready):
        shared = share(ready)
        listed = client.get(reverse("plans:plans", args=["dobong"])).content.decode()
        assert "읽고 의견 쓰기" in listed
        assert "들어와서 의견 쓰기" in client.get(self.url("opinions")).content.decode()
        assert "곁에서 함께 정하는 마을" in client.get(self.url("shared_draft", shared.pk)).content.decode()
        author = resident(ready.at)
        client.force_login(author.person)
        assert client.post(self.url("give_opinion"), {"text": "밤에도 켜 주세요"}).status_code == 302
        again = client.post(self.url("give_opinion"), {"text": "다른 말도 있어요"})
        assert again.status_code == 422
        assert "다른 말도 있어요" in again.content.decode()
        shown = client.get(self.url("opinions")).content.decode()
        assert "밤에도 켜 주세요" in shown
        assert author.person.name not in shown.split("<main")[1]
        assert client.get(self.url("share_draft")).status_code == 403

    def test_somebody_not_signed_in_is_sent_to_sign_in(self, client, ready):
        share(ready)
        answered = client.post(self.url("give_opinion"), {"text": "말"})
        assert answered.status_code in (302, 403)
        assert not Opinion.objects.exists()

    def test_officers_share_enter_and_answer_on_the_pages(self, client, ready):
        client.force_login(ready.staff.person)
        days = {"starts_on": "2020-05-20", "ends_on": "2020-05-20"}
        assert client.post(self.url("share_draft"), {"way": "dong", "how": "", **days}).status_code == 422
        assert client.post(self.url("share_draft"), {"way": "dong", "how": "설명회", **days}).status_code == 302
        shared = ready.plan.rounds.get()
        sent = {"round": shared.pk, "text": "의자가 모자라요"}
        assert client.post(self.url("enter_opinion"), sent).status_code == 302
        opinion = Opinion.objects.get()
        assert "답을 기다려요" in client.get(self.url("opinions") + "?waiting").content.decode()
        assert client.post(self.url("answer_opinion", opinion.pk), {"answer": "partly"}).status_code == 422
        told = {"answer": "partly", "reason": "두 자리를 더 놓아요."}
        assert client.post(self.url("answer_opinion", opinion.pk), told).status_code == 302
        client.logout()
        ready.approve()
        shown = client.get(self.url("opinions")).content.decode()
        assert "두 자리를 더 놓아요." in shown
        assert "초안에 들은 의견" in client.get(self.url("plan")).content.decode()

    def test_handing_out_and_agreements_are_recorded_and_read_by_everybody(self, client, ready):
        rows = [{"kind": "partner", "name": "밤길지킴이", "role": ""}]
        operations.edit_project(project=ready.project(), parties=rows, actor=ready.staff, at=ready.at)
        ready.approve()
        client.force_login(ready.staff.person)
        assert client.post(self.url("handout"), {"place": "", "handed_on": "2020-05-21"}).status_code == 422
        assert client.post(self.url("handout"), {"place": "누리집", "handed_on": "2020-05-21"}).status_code == 302
        paper = SimpleUploadedFile("협약서.pdf", b"%PDF signed")
        sent = {"partners": ["밤길지킴이"], "signed_on": "2020-05-21", "document": paper}
        assert client.post(self.url("agreement"), sent).status_code == 302
        kept = ready.plan.agreements.get()
        answered = client.get(self.url("agreement_document", kept.pk))
        assert answered.content == b"%PDF signed"
        client.logout()
        shown = client.get(self.url("spreading")).content.decode()
        assert "누리집" in shown
        assert "밤길지킴이" in shown
        assert "협약서.pdf" not in shown
        assert client.get(self.url("agreement_document", kept.pk)).status_code in (302, 403, 404)
