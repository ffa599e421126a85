"""Invitations, exclusions of the ordinance and transferred proposals are recorded and judged (AGENDA-1 to 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.decide.agendas.models import Agenda, Invitation
from madang.decide.agendas.operations.criteria import conclude_criteria
from madang.decide.agendas.operations.judged import (
    UnableToExclude,
    UnableToInvite,
    invite_proposers,
    judge_exclusions,
    note_who_came,
)
from madang.decide.agendas.operations.proposals import decline, hand_over
from madang.decide.agendas.queries.judging import agenda_facts, judged, transferred_facts
from madang.decide.agendas.states import Criterion, Origin
from madang.engines.rulebook import Place
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.testing import resident
from madang.ground.workflow import UnableTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda(hall) -> Agenda:
    made = hall.answered()
    return Agenda.objects.select_related("district", "cycle").get(pk=made.pk)


def proposals_of(agenda):
    return [strand.proposal for strand in agenda.strands.all()]


def invite(hall, agenda, **changes):
    said = {
        "step": "deliberation",
        "proposals": proposals_of(agenda),
        "how": "전화와 문자",
        "invited_on": hall.at.date(),
    }
    invite_proposers(**{"agenda": agenda, "actor": hall.staff(), "at": hall.at, **said, **changes})


def rules(found) -> set[str]:
    return {one.rule for one in found}


class TestInvitations:
    def test_an_invited_proposer_is_told_and_the_missing_one_warns(self, hall, agenda):
        Agenda.objects.filter(pk=agenda.pk).update(state="fit")
        agenda.refresh_from_db()
        first, _second = proposals_of(agenda)
        invite(hall, agenda, proposals=[first])
        assert Notice.objects.filter(person=first.proposer, subject__contains="초대해요").count() == 1
        (found,) = judged(agenda).of("AGENDA-6")
        assert "숙의 1명" in found.message_ko
        invite(hall, agenda)
        assert not judged(agenda).of("AGENDA-6")

    def test_before_any_step_has_come_the_rule_says_so(self, agenda):
        assert "AGENDA-6" in rules(judged(agenda).not_judged)

    def test_an_agenda_in_a_plan_also_needs_the_invitation_to_the_planning(self, hall, agenda):
        (facts,) = agenda_facts([agenda], places={agenda.pk: Place("project", "S1", 1)})
        assert facts.invited == (("planning", 0),)

    def test_who_came_is_kept_and_everybody_else_stayed_away(self, hall, agenda):
        invite(hall, agenda)
        first, second = proposals_of(agenda)
        note_who_came(agenda=agenda, step="deliberation", came=[first], actor=hall.staff(), at=hall.at)
        assert dict(Invitation.objects.values_list("proposal_id", "came")) == {first.pk: True, second.pk: False}
        with pytest.raises(UnableToInvite, match="초대한 기록이 없어요"):
            note_who_came(agenda=agenda, step="planning", came=[], actor=hall.staff(), at=hall.at)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"proposals": []}, "proposals"),
            ({"step": "party"}, "step"),
            ({"how": " "}, "how"),
            ({"how": "가" * 121}, "how"),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, hall, agenda, changes, field):
        with pytest.raises(UnableTo) as refusal:
            invite(hall, agenda, **changes)
        assert refusal.value.field == field
        assert not Invitation.objects.exists()

    def test_a_day_to_come_and_somebody_elses_proposal_are_refused(self, hall, agenda):
        with pytest.raises(UnableToInvite, match="오지 않은 날"):
            invite(hall, agenda, invited_on=hall.at.date() + timedelta(days=1))
        with pytest.raises(UnableToInvite, match="이 의제의 제안자가 아니에요"):
            invite(hall, agenda, proposals=[hall.proposal()])

    def test_only_the_districts_staff_invites(self, hall, agenda):
        for actor in (resident(hall.at), hall.reviewer(), hall.staff("nowon")):
            with pytest.raises(NotAllowed):
                invite(hall, agenda, actor=actor)


class TestExclusions:
    def exclude(self, hall, agenda, *points, actor=None):
        return judge_exclusions(
            agenda=agenda, points=points, reason="조례를 살폈어요.", actor=actor or hall.reviewer(), at=hall.at
        )

    def test_nobody_looked_is_said_and_looking_settles_it(self, hall, agenda):
        assert "AGENDA-7" in rules(judged(agenda).not_judged)
        self.exclude(hall, agenda)
        assert "AGENDA-7" not in rules((*judged(agenda).not_judged, *judged(agenda).findings))

    def test_an_excluded_agenda_blocks_and_does_not_go_to_the_vote(self, hall, agenda):
        hall.judge(agenda)
        hall.judge(agenda)
        self.exclude(hall, agenda, 3)
        assert not judged(agenda).ok
        assert not conclude_criteria(agenda=agenda, reason="운영비라서 담지 못해요.", actor=hall.staff(), at=hall.at)

    def test_the_newest_judgement_counts(self, hall, agenda):
        self.exclude(hall, agenda, 3)
        self.exclude(hall, agenda)
        assert judged(agenda).ok

    def test_a_number_the_list_does_not_have_and_strangers_are_refused(self, hall, agenda):
        with pytest.raises(UnableToExclude, match="목록에 없는"):
            self.exclude(hall, agenda, 99)
        for actor in (resident(hall.at), hall.officer(), hall.reviewer("nowon")):
            with pytest.raises(NotAllowed):
                self.exclude(hall, agenda, actor=actor)


class TestCriteria:
    def test_a_criterion_that_most_found_missing_blocks_with_its_figures(self, hall, agenda):
        hall.judge(agenda, Criterion.OPENNESS)
        hall.judge(agenda)
        (found,) = judged(agenda).of("AGENDA-1")
        assert (found.measure.part, found.measure.whole) == (1, 2)

    def test_one_reviewer_alone_is_no_judgement(self, hall, agenda):
        hall.judge(agenda)
        assert {"AGENDA-1", "AGENDA-4"} <= rules(judged(agenda).not_judged)

    def test_without_a_recorded_forum_openness_and_deliberation_warn(self, hall, agenda):
        hall.judge(agenda)
        hall.judge(agenda)
        assert rules(judged(agenda).findings) == {"AGENDA-1", "AGENDA-2"}
        proposal = proposals_of(agenda)[0]
        proposal.forum = hall.forum()
        proposal.save(update_fields=["forum"])
        assert not judged(agenda).findings

    def test_facts_of_many_agendas_cost_the_same_queries(self, hall, django_assert_num_queries):
        agendas = [hall.agenda(), hall.agenda()]
        with django_assert_num_queries(4):
            agenda_facts(agendas)
        more = [*agendas, hall.agenda()]
        with django_assert_num_queries(4):
            agenda_facts(more)


class TestTransferred:
    def test_received_and_undecided_ones_are_open_and_each_outcome_settles(self, hall):
        given = [hall.proposal(origin=Origin.TRANSFERRED) for _ in range(4)]
        agenda = hall.agenda(given[0])
        decline(proposal=given[1], reason="다른 구의 일이에요.", actor=hall.staff(), at=hall.at)
        hand_over(proposal=given[2], reason="구 주민참여예산 심사에 올려요.", actor=hall.staff(), at=hall.at)
        facts = transferred_facts(hall.district, hall.cycle)
        assert (facts.total, facts.open) == (4, (given[0].public_number, given[3].public_number))
        Agenda.objects.filter(pk=agenda.pk).update(state="chosen")
        assert transferred_facts(hall.district, hall.cycle).open == (given[3].public_number,)

    def test_handing_over_tells_the_proposer_and_needs_words(self, hall):
        proposal = hall.proposal(origin=Origin.TRANSFERRED)
        with pytest.raises(UnableTo) as refusal:
            hand_over(proposal=proposal, reason=" ", actor=hall.staff(), at=hall.at)
        assert refusal.value.field == "reason"
        with pytest.raises(NotAllowed):
            hand_over(proposal=proposal, reason="올려요.", actor=resident(hall.at), at=hall.at)
        hand_over(proposal=proposal, reason="심사에 올려요.", actor=hall.staff(), at=hall.at)
        assert proposal.state == "handed_over"
        assert Notice.objects.filter(person=proposal.proposer, subject__contains="구 주민참여예산").exists()


class TestPages:
    @pytest.fixture(autouse=True)
    def _day(self, settings):
        settings.MADANG_DAY = date(2020, 5, 21)

    def url(self, name, agenda):
        return reverse(f"agendas:{name}", args=["dobong", agenda.page_number])

    def test_staff_record_an_invitation_and_the_public_reads_how_many(self, client, hall, agenda):
        client.force_login(hall.staff().person)
        page = client.get(self.url("invite", agenda)).content.decode()
        assert "초대한 것을 남기기" in page
        first, _second = proposals_of(agenda)
        sent = {"step": "deliberation", "proposals": [first.pk], "how": "문자", "invited_on": "2020-05-20"}
        assert client.post(self.url("invite", agenda), sent).status_code == 302
        assert client.post(self.url("invite", agenda), sent | {"how": ""}).status_code == 422
        client.post(self.url("invite", agenda), {"do": "came", "step": "deliberation", "came": [first.pk]})
        client.logout()
        shown = client.get(self.url("agenda", agenda)).content.decode()
        assert "1명 초대, 1명 옴" in shown
        assert first.proposer.name not in shown

    def test_a_reviewer_records_exclusions_and_the_agenda_shows_the_rule(self, client, hall, agenda):
        client.force_login(hall.reviewer().person)
        assert (
            client.post(self.url("exclusions", agenda), {"points": ["3"], "reason": "운영비예요."}).status_code == 302
        )
        client.force_login(hall.staff().person)
        shown = client.get(self.url("agenda", agenda)).content.decode()
        assert "AGENDA-7" in shown
        assert "운영비예요." in shown

    def test_residents_reach_neither_form(self, client, hall, agenda):
        client.force_login(resident(hall.at).person)
        assert client.get(self.url("invite", agenda)).status_code == 403
        assert client.get(self.url("exclusions", agenda)).status_code == 403
        assert "규칙으로 살핀 결과" not in client.get(self.url("agenda", agenda)).content.decode()

    def test_a_proposal_is_handed_over_from_its_page(self, client, hall):
        proposal = hall.proposal(origin=Origin.TRANSFERRED)
        client.force_login(hall.staff().person)
        url = reverse("proposals:hand_over", args=["dobong", proposal.page_number])
        assert "구 주민참여예산으로 넘기기" in client.get(url).content.decode()
        assert client.post(url, {"reason": "6월 심사에 올려요."}).status_code == 302
        client.logout()
        shown = client.get(reverse("proposals:proposal", args=["dobong", proposal.page_number])).content.decode()
        assert "6월 심사에 올려요." in shown
