from __future__ import annotations

from datetime import timedelta

import pytest

from madang.decide.agendas.models import Agenda
from madang.decide.forums.states import ForumKind
from madang.decide.voting import operations
from madang.decide.voting.models import Election
from madang.decide.voting.operations import UnableToOpen, UnableToPrepare
from madang.decide.voting.queries import waiting_for
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
