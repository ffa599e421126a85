from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from madang.decide.agendas.models import Agenda, Proposal, Strand
from madang.decide.agendas.operations.merging import UnableToMerge, add_to_agenda, merge, undo_merge
from madang.decide.agendas.queries.agendas import agenda_events
from madang.decide.agendas.queries.stages import MERGING_STAGES
from madang.ground.audit.models import Entry
from madang.ground.cycles.models import Cycle
from madang.ground.cycles.states import STAGES
from madang.ground.notices.models import Notice, OutboxLetter
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import OTHER_DISTRICT, NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo, UnableToMove

WORDS = {"title": "밤에도 걷고 싶은 방학천", "summary": "불빛과 의자", "reason": "같은 길을 말씀하셨어요."}


@pytest.mark.django_db
class TestMerging:
    def test_gives_the_agenda_the_next_permanent_number(self, hall):
        assert [hall.agenda().public_number, hall.agenda().public_number] == ["도봉-2020-의1", "도봉-2020-의2"]

    def test_keeps_every_proposal_with_who_when_and_why(self, hall):
        staff, proposals = hall.staff(), [hall.proposal(), hall.proposal()]
        agenda = merge(proposals=proposals, **WORDS, actor=staff, at=hall.at)
        kept = {(row.proposal_id, row.merged_by_id, row.merged_at, row.reason) for row in agenda.strands.all()}
        assert kept == {(proposal.pk, staff.person_id, hall.at, WORDS["reason"]) for proposal in proposals}

    def test_leaves_the_words_of_the_proposals_as_they_were(self, hall):
        proposal = hall.proposal(problem="의자가 모자라요.")
        hall.agenda(proposal)
        kept = Proposal.objects.get(pk=proposal.pk)
        assert (kept.problem, kept.state) == ("의자가 모자라요.", "merged")

    def test_tells_each_proposer_once_with_a_letter_and_a_link(self, hall):
        ahn = resident(hall.at, "안이웃")
        agenda = hall.agenda(hall.proposal(ahn), hall.proposal(ahn), hall.proposal())
        told = Notice.objects.filter(key__startswith=f"agenda-{agenda.pk}-merged")
        assert told.filter(person=ahn.person).count() == 1
        assert told.count() == OutboxLetter.objects.count() == 2
        assert told.first().link == "/districts/dobong/agendas/2020-1/"

    def test_writes_the_news_in_the_language_of_its_reader(self, hall):
        reader = resident(hall.at)
        reader.person.language = "en"
        reader.person.save()
        hall.agenda(hall.proposal(reader))
        assert Notice.objects.get(person=reader.person).subject.startswith("Your proposal")

    def test_passes_over_proposals_of_nobody_who_could_be_told(self, hall):
        hall.agenda(hall.proposal(proposer_name="박창구"))
        assert not Notice.objects.filter(body__contains="박창구").exists()

    def test_signs_every_changed_row_with_the_reason(self, hall):
        staff = hall.staff()
        agenda = merge(proposals=[hall.proposal()], **WORDS, actor=staff, at=hall.at)
        signed = Entry.objects.filter(operation="agendas.merge", actor_id=staff.person_id, reason=WORDS["reason"])
        assert {"agendas.agenda", "agendas.strand", "agendas.proposal"} <= set(
            signed.values_list("subject_type", flat=True)
        )
        assert agenda.state == "gathered"

    def test_counts_a_proposal_that_is_named_twice_once(self, hall):
        proposal = hall.proposal()
        assert hall.agenda(proposal, proposal).strands.count() == 1

    def test_is_refused_to_residents_and_to_nobody(self, hall):
        for actor in (resident(hall.at), NOBODY, hall.officer(), hall.reviewer()):
            with pytest.raises(NotAllowed):
                merge(proposals=[hall.proposal()], **WORDS, actor=actor, at=hall.at)
        assert not Agenda.objects.exists()

    def test_is_refused_to_staff_of_another_district_with_the_reason(self, hall):
        with pytest.raises(NotAllowed) as refusal:
            merge(proposals=[hall.proposal()], **WORDS, actor=hall.staff("nowon"), at=hall.at)
        assert refusal.value.reason == OTHER_DISTRICT

    def test_is_allowed_to_every_role_of_the_districts_staff(self, hall):
        for role in (Role.SUPPORT_OFFICER, Role.COORDINATOR, Role.SECRETARIAT):
            merge(proposals=[hall.proposal()], **WORDS, actor=holder(role, hall.at), at=hall.at)
        assert Agenda.objects.count() == 3

    def test_does_not_mix_districts_nor_years(self, hall):
        other_place = hall.proposal(district=District.objects.get(slug="nowon"))
        other_year = hall.proposal(cycle=Cycle.objects.create(planning_year=2019))
        with pytest.raises(NotAllowed):
            merge(proposals=[hall.proposal(), other_place], **WORDS, actor=hall.staff(), at=hall.at)
        with pytest.raises(UnableToMerge):
            merge(proposals=[hall.proposal(), other_year], **WORDS, actor=hall.staff(), at=hall.at)

    @pytest.mark.parametrize("state", ["declined", "withdrawn", "merged"])
    def test_takes_nothing_when_one_proposal_is_not_waiting(self, hall, state):
        waiting, closed = hall.proposal(), hall.proposal(state=state)
        with pytest.raises(UnableToMerge) as refusal:
            merge(proposals=[waiting, closed], **WORDS, actor=hall.staff(), at=hall.at)
        assert closed.public_number in str(refusal.value.reason)
        assert Proposal.objects.get(pk=waiting.pk).state == "received"
        assert not Agenda.objects.exists()
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("stage", [stage.key for stage in STAGES])
    def test_is_done_only_while_agendas_are_sought_and_reviewed(self, hall, stage):
        hall.enter(stage)
        if stage in MERGING_STAGES:
            assert hall.agenda().pk
        else:
            with pytest.raises(UnableToMerge):
                hall.agenda()

    @pytest.mark.parametrize("missing", ["title", "summary", "reason"])
    def test_names_the_words_that_are_missing(self, hall, missing):
        with pytest.raises(UnableTo) as refusal:
            merge(proposals=[hall.proposal()], **(WORDS | {missing: " \u200b"}), actor=hall.staff(), at=hall.at)
        assert refusal.value.field == missing

    def test_needs_at_least_one_proposal(self, hall):
        with pytest.raises(UnableToMerge):
            merge(proposals=[], **WORDS, actor=hall.staff(), at=hall.at)


@pytest.mark.django_db
class TestAddingToAnAgenda:
    def test_adds_a_strand_and_tells_the_new_proposer(self, hall):
        agenda, late = hall.agenda(), resident(hall.at, "이늦은")
        proposal = hall.proposal(late)
        later = hall.at + timedelta(hours=1)
        add_to_agenda(agenda=agenda, proposals=[proposal], reason="같은 길이에요.", actor=hall.staff(), at=later)
        assert agenda.strands.count() == 3
        assert Notice.objects.filter(person=late.person).count() == 1

    def test_is_refused_once_departments_were_asked(self, hall):
        agenda = hall.asked()[0].agenda
        with pytest.raises(UnableToMerge) as refusal:
            add_to_agenda(agenda=agenda, proposals=[hall.proposal()], reason="같은 길", actor=hall.staff(), at=hall.at)
        assert refusal.value.field == "agenda"

    def test_is_refused_for_an_agenda_of_another_year(self, hall):
        other = Agenda.objects.create(
            district=hall.district,
            cycle=Cycle.objects.create(planning_year=2019),
            number=1,
            title="지난 의제",
            summary="지난해",
            created_at=hall.at,
        )
        with pytest.raises(UnableToMerge):
            add_to_agenda(agenda=other, proposals=[hall.proposal()], reason="같은 길", actor=hall.staff(), at=hall.at)


@pytest.mark.django_db
class TestUndoing:
    def test_lets_the_proposals_wait_again_and_keeps_the_record(self, hall):
        agenda = hall.agenda()
        undo_merge(agenda=agenda, reason="서로 다른 길이었어요.", actor=hall.staff(), at=hall.at)
        assert set(Proposal.objects.values_list("state", flat=True)) == {"received"}
        assert {row.undone_reason for row in Strand.objects.all()} == {"서로 다른 길이었어요."}
        assert Agenda.objects.get().state == "undone"
        assert [event.kind for event in agenda_events(agenda)] == ["merged", "undone"]

    def test_tells_the_proposers_why(self, hall):
        agenda = hall.agenda()
        undo_merge(agenda=agenda, reason="서로 다른 길이었어요.", actor=hall.staff(), at=hall.at)
        told = Notice.objects.filter(key=f"agenda-{agenda.pk}-undone")
        assert told.count() == 2
        assert "서로 다른 길이었어요." in told.first().body

    def test_lets_the_proposals_flow_into_another_agenda(self, hall):
        proposal = hall.proposal()
        undo_merge(agenda=hall.agenda(proposal), reason="잘못 골랐어요.", actor=hall.staff(), at=hall.at)
        again = hall.agenda(Proposal.objects.get(pk=proposal.pk))
        assert list(proposal.strands.filter(undone_at=None).values_list("agenda", flat=True)) == [again.pk]

    def test_leaves_a_proposal_that_was_withdrawn_meanwhile(self, hall):
        proposal = hall.proposal()
        agenda = hall.agenda(proposal)
        Proposal.objects.filter(pk=proposal.pk).update(state="withdrawn")
        undo_merge(agenda=agenda, reason="거두셨어요.", actor=hall.staff(), at=hall.at)
        assert Proposal.objects.get(pk=proposal.pk).state == "withdrawn"

    def test_is_refused_without_a_reason_twice_and_after_departments_were_asked(self, hall):
        agenda, staff = hall.agenda(), hall.staff()
        with pytest.raises(UnableTo):
            undo_merge(agenda=agenda, reason="", actor=staff, at=hall.at)
        with pytest.raises(UnableToMove):
            undo_merge(agenda=hall.asked()[0].agenda, reason="다른 길", actor=staff, at=hall.at)
        undo_merge(agenda=agenda, reason="다른 길", actor=staff, at=hall.at)
        with pytest.raises(UnableToMove):
            undo_merge(agenda=agenda, reason="다른 길", actor=staff, at=hall.at)

    def test_is_refused_to_residents_and_other_districts(self, hall):
        agenda = hall.agenda()
        for actor in (resident(hall.at), hall.staff("nowon")):
            with pytest.raises(NotAllowed):
                undo_merge(agenda=agenda, reason="다른 길", actor=actor, at=hall.at)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_officers_who_merge_the_same_proposal_at_once_cannot_both_succeed(hall):
    shared, own = hall.proposal(), [hall.proposal(), hall.proposal()]
    officers = [hall.staff(), hall.staff()]
    start, outcomes = threading.Barrier(2), []

    def take(place: int) -> None:
        chosen = list(Proposal.objects.filter(pk__in=[shared.pk, own[place].pk]))
        start.wait()
        try:
            merge(proposals=chosen[:: 1 - 2 * place], **WORDS, actor=officers[place], at=hall.at)
            outcomes.append("merged")
        except UnableToMerge as refusal:
            outcomes.append(str(refusal.reason))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [outcome for outcome in outcomes if outcome != "merged"]
    assert len(told) == 1
    assert shared.public_number in told[0]
    assert Strand.objects.filter(proposal=shared).count() == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["merged", "merged", "received"]
