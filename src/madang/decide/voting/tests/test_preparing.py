from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.decide.agendas.models import Agenda
from madang.decide.forums.states import ForumKind
from madang.decide.voting import operations
from madang.decide.voting.models import Election
from madang.decide.voting.operations import UnableToOpen, UnableToPrepare
from madang.decide.voting.queries import waiting_for
from madang.decide.voting.queries.preparing import judged_vote
from madang.decide.voting.tests.scenes import fit_agendas, open_forum, opened, prepared, terms, voters
from madang.ground.audit.models import Entry
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(at):
    return holder(Role.SECRETARIAT, at)


def test_a_vote_begins_with_every_fit_agenda_of_the_year_and_its_summary(at, officer):
    forum = open_forum(at)
    agendas = fit_agendas(forum, at, 3)
    Agenda.objects.filter(pk=agendas[1].pk).update(state="in_review")
    election = operations.prepare_election(forum=forum, terms=terms(at), actor=officer, at=at)
    options = election.options.order_by("place").values_list("agenda_id", "material")
    assert list(options) == [(agendas[0].pk, agendas[0].summary), (agendas[2].pk, agendas[2].summary)]
    assert (election.slug, election.state) == ("2020-1", "draft")


@pytest.mark.parametrize("kind", [kind for kind in ForumKind.values if kind != "open"])
def test_only_an_open_forum_can_hold_a_priority_vote(at, officer, kind):
    with pytest.raises(UnableToPrepare, match="열린 공론장에서만"):
        operations.prepare_election(forum=open_forum(at, kind=kind), terms=terms(at), actor=officer, at=at)


def test_a_cancelled_forum_holds_no_vote(at, officer):
    forum = open_forum(at)
    forum.state = "cancelled"
    with pytest.raises(UnableToPrepare, match="취소된"):
        operations.prepare_election(forum=forum, terms=terms(at), actor=officer, at=at)


def test_only_staff_of_the_very_district_prepare(at, officer):
    forum = open_forum(at)
    for actor in (
        NOBODY,
        resident(at),
        holder(Role.DESK_OFFICER, at),
        holder(Role.SECRETARIAT, at, district="gangbuk"),
    ):
        with pytest.raises(NotAllowed):
            operations.prepare_election(forum=forum, terms=terms(at), actor=actor, at=at)
    assert operations.prepare_election(forum=forum, terms=terms(at), actor=officer, at=at)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"picks_most": 0}, "picks_most"), ({"seats": 0}, "seats"), ({"picks_most": 31}, "picks_most")],
)
def test_terms_that_make_no_vote_are_refused_at_their_field(at, officer, changes, field):
    with pytest.raises(UnableToPrepare) as refused:
        operations.prepare_election(forum=open_forum(at), terms=terms(at, **changes), actor=officer, at=at)
    assert refused.value.field == field


def test_the_end_lies_after_the_beginning_and_not_in_the_past(at, officer):
    for changes in ({"closes_at": at - timedelta(hours=2)}, {"opens_at": at - timedelta(days=9), "closes_at": at}):
        with pytest.raises(UnableToPrepare) as refused:
            operations.prepare_election(forum=open_forum(at), terms=terms(at, **changes), actor=officer, at=at)
        assert refused.value.field == "closes_at"


def test_options_take_the_order_and_material_they_are_given(at, officer):
    election = prepared(at, officer, agendas=3)
    first, second, third = Agenda.objects.order_by("number")
    operations.arrange_options(election=election, options=[(third, "셋 "), (first, "하나")], actor=officer, at=at)
    assert list(election.options.order_by("place").values_list("agenda_id", "material")) == [
        (third.pk, "셋"),
        (first.pk, "하나"),
    ]
    operations.arrange_options(
        election=election, options=[(second, "둘"), (first, "하나"), (third, "셋")], actor=officer, at=at
    )
    assert list(election.options.order_by("place").values_list("agenda_id", flat=True)) == [
        second.pk, first.pk, third.pk
    ]  # fmt: skip


def test_agendas_that_are_not_fit_or_of_another_district_stay_off_the_ballot(at, officer):
    election = prepared(at, officer, agendas=2)
    agenda = Agenda.objects.first()
    agenda.state = "kept"
    with pytest.raises(UnableToPrepare, match="적격이 아닌"):
        operations.arrange_options(election=election, options=[(agenda, "자료")], actor=officer, at=at)
    agenda.state, agenda.district = "fit", District.objects.get(slug="gangbuk")
    with pytest.raises(UnableToPrepare, match="다른 구"):
        operations.arrange_options(election=election, options=[(agenda, "자료")], actor=officer, at=at)


def test_the_freeze_needs_voters_material_and_enough_options(at, officer):
    election = prepared(at, officer, agendas=3)
    with pytest.raises(UnableToPrepare, match="명부가 비어"):
        operations.freeze_roll(election=election, actor=officer, at=at)
    voters(election, 2)
    option = election.options.first()
    election.options.filter(pk=option.pk).update(material="")
    with pytest.raises(UnableToPrepare, match=option.agenda.title):
        operations.freeze_roll(election=election, actor=officer, at=at)
    election.options.update(material="자료")
    Election.objects.update(seats=4)
    with pytest.raises(UnableToPrepare, match="의제가 3개예요"):
        operations.freeze_roll(election=election, actor=officer, at=at)
    Election.objects.update(seats=2)
    operations.freeze_roll(election=election, actor=officer, at=at)
    assert (election.state, election.roll_size) == ("roll_frozen", 2)


def test_a_roll_that_is_too_young_for_changed_terms_is_not_frozen(at, officer):
    election = prepared(at, officer)
    voters(election, 2)
    operations.change_election(election=election, terms=terms(at, age_least=60), actor=officer, at=at)
    with pytest.raises(UnableToPrepare, match="만 60살이 안 되는 사람이 명부에 2명"):
        operations.freeze_roll(election=election, actor=officer, at=at)


def test_nothing_changes_after_the_freeze_until_it_is_taken_back_with_a_reason(at, officer):
    election = prepared(at, officer)
    voters(election, 2)
    operations.freeze_roll(election=election, actor=officer, at=at)
    with pytest.raises(UnableToPrepare, match="확정한 뒤"):
        operations.change_election(election=election, terms=terms(at, seats=1), actor=officer, at=at)
    with pytest.raises(UnableToPrepare, match="확정한 뒤"):
        operations.arrange_options(election=election, options=[], actor=officer, at=at)
    with pytest.raises(UnableToPrepare, match="까닭"):
        operations.thaw_roll(election=election, actor=officer, at=at, reason=" ")
    operations.thaw_roll(election=election, actor=officer, at=at, reason="명부에 빠진 동이 있음")
    assert Entry.objects.filter(operation="voting.thaw_roll").first().reason == "명부에 빠진 동이 있음"
    operations.change_election(election=election, terms=terms(at, seats=1), actor=officer, at=at)


def test_a_vote_opens_only_within_its_dates_and_only_once(at, officer):
    election = prepared(at, officer, opens_at=at + timedelta(days=1))
    voters(election, 2)
    with pytest.raises(UnableToMove):
        operations.open_election(election=election, actor=officer, at=election.opens_at)
    operations.freeze_roll(election=election, actor=officer, at=at)
    with pytest.raises(UnableToOpen, match=r"5\. 22\. 10:00부터"):
        operations.open_election(election=election, actor=officer, at=at)
    with pytest.raises(UnableToOpen, match="지났어요"):
        operations.open_election(election=election, actor=officer, at=election.closes_at)
    operations.open_election(election=election, actor=officer, at=election.opens_at)
    with pytest.raises(UnableToMove):
        operations.open_election(election=election, actor=officer, at=election.opens_at)


def test_an_agenda_that_lost_its_fitness_keeps_the_vote_shut(at, officer):
    election = prepared(at, officer)
    voters(election, 2)
    operations.freeze_roll(election=election, actor=officer, at=at)
    Agenda.objects.filter(number=1).update(state="kept")
    with pytest.raises(UnableToPrepare, match="의제 1"):
        operations.open_election(election=election, actor=officer, at=at)


def test_home_pages_say_what_waits(at, officer):
    election = opened(at, officer)
    district, day = election.district, at.date()
    person = resident(at)
    assert [item.due_on for item in waiting_for(person, district, day)] == [election.closes_at.date()]
    election.roll.filter(reference="1").update(person=person.person, state="spent", channel="online", spent_at=at)
    assert waiting_for(person, district, day) == []
    assert waiting_for(officer, district, day) == []
    last_day = waiting_for(officer, district, election.closes_at.date())
    assert ["마감해 주세요" in item.title for item in last_day] == [True]
    operations.close_election(election=election, actor=officer, at=election.closes_at)
    assert waiting_for(officer, district, election.closes_at.date()) == []
    other = holder(Role.SUPPORT_OFFICER, at)
    assert ["확정해 주세요" in item.title for item in waiting_for(other, district, day)] == [True]
    assert waiting_for(NOBODY, district, day) == []
    assert waiting_for(person, None, day) == []


class TestOpenForumRecord:
    """AGENDA-8: what the open forum did before the vote is recorded and judged."""

    def told(self, at, **changes):
        said = {
            "material_given_on": at.date(),
            "material_how": "누리집과 동주민센터",
            "viewpoints": ("importance", "public_interest", "urgency", "feasibility"),
            "paper_instructions": True,
        }
        return operations.Prepared(**said | changes)

    def record(self, election, at, actor=None, **changes):
        staff = actor or holder(Role.SECRETARIAT, at)
        return operations.record_preparation(election=election, prepared=self.told(at, **changes), actor=staff, at=at)

    def test_without_a_record_the_rule_says_that_it_did_not_judge(self, at):
        judged = judged_vote(prepared(at))
        assert not judged.findings
        assert {entry.rule for entry in judged.not_judged} == {"AGENDA-8"}

    def test_a_complete_record_leaves_nothing_open(self, at):
        election = prepared(at)
        self.record(election, at)
        judged = judged_vote(election)
        assert not judged.findings
        assert not judged.not_judged

    def test_the_roll_is_not_fixed_while_the_record_breaks_the_rule(self, at):
        election = prepared(at)
        voters(election, 3)
        staff = holder(Role.SECRETARIAT, at)
        self.record(election, at, viewpoints=("importance",))
        with pytest.raises(operations.UnableToPrepare, match="시급성"):
            operations.freeze_roll(election=election, actor=staff, at=at)
        self.record(election, at)
        operations.freeze_roll(election=election, actor=staff, at=at)
        self.record(election, at, paper_instructions=False)
        with pytest.raises(operations.UnableToPrepare, match="종이 투표용지"):
            operations.open_election(election=election, actor=staff, at=at)

    def test_material_after_the_opening_is_found(self, at):
        election = prepared(at, opens_at=at - timedelta(days=2))
        self.record(election, at)
        (found,) = judged_vote(election).findings
        assert "2일" in found.message_ko

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"material_how": " "}, "material_how"),
            ({"viewpoints": ("beauty",)}, "viewpoints"),
            ({"material_given_on": date(2030, 1, 1)}, "material_given_on"),
        ],
    )
    def test_what_cannot_be_recorded_is_said_at_its_field(self, at, changes, field):
        with pytest.raises(operations.UnableToRecord) as refusal:
            self.record(prepared(at), at, **changes)
        assert refusal.value.field == field

    def test_residents_and_other_districts_do_not_record(self, at):
        election = prepared(at)
        for actor in (resident(at), holder(Role.SECRETARIAT, at, district="nowon")):
            with pytest.raises(NotAllowed):
                self.record(election, at, actor=actor)

    def test_staff_record_it_on_the_votes_page_and_voters_read_it(self, at, client, settings):
        settings.MADANG_DAY = at.date()
        election = prepared(at)
        voters(election, 3)
        client.force_login(holder(Role.SECRETARIAT, at).person)
        url = reverse("voting:preparation", args=["dobong", election.slug])
        assert client.post(url, {"material_given_on": "2020-05-21", "material_how": ""}).status_code == 422
        sent = {"material_given_on": "2020-05-21", "material_how": "누리집", "viewpoints": ["urgency"]}
        assert client.post(url, sent | {"paper_instructions": "on"}).status_code == 302
        page = client.get(reverse("voting:manage", args=["dobong", election.slug])).content.decode()
        assert "함께 이야기하지 않은 것이 있어요" in page
        assert "시급성" in client.get(reverse("voting:election", args=["dobong", election.slug])).content.decode()
