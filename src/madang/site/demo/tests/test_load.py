"""The example year, played by the operations, holds what the content says; it is loaded once, in three steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction

from madang.decide.agendas.models import Agenda, Proposal
from madang.decide.forums.models import Forum
from madang.decide.forums.queries.numbers import numbers_of
from madang.decide.voting.models import Ballot, Election, Option, RollEntry
from madang.decide.voting.queries.results import unequal_channels
from madang.engines.rulebook import Severity
from madang.ground.audit.models import Entry
from madang.ground.bodies.models import MotionVote
from madang.ground.cycles.models import DistrictYear
from madang.ground.people.models import Appointment, Person
from madang.ground.people.roles import Role
from madang.ground.places.models import District, Dong
from madang.plan.plans.models import Opinion, Plan
from madang.plan.plans.queries import judge_plan
from madang.plan.plans.queries.site_rules import partners_of
from madang.plan.plans.states import Answer, Way
from madang.plan.review.models import LateSubmission, Submission
from madang.site.demo import content
from madang.site.demo.load import accounts, end_of, load_example_year
from madang.site.demo.scenes import all_scenes
from madang.site.models import SceneRun

pytestmark = pytest.mark.django_db

STEPS = (date(2020, 6, 1), date(2020, 6, 18), date(2020, 7, 8))
CHANNELS = {"online": 1402, "on_site": 421, "paper": 183}
ROLES = {
    "hanjiwon@dobong.example": Role.SUPPORT_OFFICER,
    "seodaon@dobong.example": Role.COORDINATOR,
    "mungaram@dobong.example": Role.SECRETARIAT,
    "chuhanui@dobong.example": Role.DEPARTMENT_OFFICER,
    "yedasom@example.org": Role.SUBCOMMITTEE_MEMBER,
    "goeunbyeol@example.org": Role.COUNCIL_MEMBER,
    "yunseoha@example.org": Role.COUNCIL_CHAIR,
    "pyohangyeol@dobong.example": Role.DESK_OFFICER,
    "oserin@seoul.example": Role.CITY_OFFICER,
    "gangnuri@seoul.example": Role.BUDGET_OFFICER,
    "chamireu@seoul.example": Role.CITY_SUPPORT_OFFICER,
    "gukseonha@seoul.example": Role.MEDIATOR,
    "tangeunsol@seoul.example": Role.EVALUATOR,
    "yuharam@seoul.example": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Year:
    """The loaded year: how many scenes each step played, and how the draft of 18 June was judged that evening."""

    played: tuple[int, ...]
    plans_on_1_june: int
    findings_on_18_june: list[str]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        first = load_example_year(end_of(STEPS[0]))
        plans = Plan.objects.count()
        second = load_example_year(end_of(STEPS[1]))
        judged = judge_plan(dobongs_plan(), day=STEPS[1])
        findings = [found.rule for found in judged.findings if found.severity is Severity.BLOCK]
        third = load_example_year(end_of(STEPS[2]))
        yield Year((first, second, third), plans, findings)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def year(loaded, db) -> Year:
    return loaded


def dobongs_plan() -> Plan:
    return Plan.objects.get(district__slug="dobong")


def dobongs_election() -> Election:
    return Election.objects.get(district__slug="dobong")


class TestLoading:
    def test_every_scene_up_to_the_day_was_played_once_in_the_order_of_the_year(self, year):
        names = [scene.name for scene in all_scenes() if scene.at <= end_of(STEPS[-1])]
        assert list(SceneRun.objects.order_by("id").values_list("name", flat=True)) == names
        assert sum(year.played) == len(names)
        assert min(year.played) > 0

    def test_names_of_scenes_are_unique(self):
        assert max(Counter(scene.name for scene in all_scenes()).values()) == 1

    def test_loading_again_adds_nothing(self):
        entries = Entry.objects.count()
        assert load_example_year(end_of(STEPS[-1])) == 0
        assert Entry.objects.count() == entries

    def test_an_earlier_day_is_told_to_begin_afresh_and_changes_nothing(self):
        said: list[str] = []
        assert load_example_year(end_of(date(2020, 6, 5)), say=said.append) == 0
        assert len(said) == 1
        assert "--fresh" in said[0]

    def test_every_row_was_changed_by_an_operation(self):
        assert not Entry.objects.filter(operation="direct").exclude(subject_type__startswith="places.").exists()

    def test_nothing_happens_after_the_day(self):
        assert Proposal.objects.filter(proposed_at__gt=end_of(STEPS[-1])).count() == 0
        assert LateSubmission.objects.count() == 0


class TestPlacesAndPeople:
    def test_25_districts_take_part_as_the_guide_lists_them(self):
        parts = Counter(DistrictYear.objects.values_list("participation", flat=True))
        assert parts == {"carrying_out": 19, "planning": 4, "other_type": 1, "not_taking_part": 1}

    def test_there_are_424_dongs_on_the_day(self):
        assert Dong.objects.on(STEPS[-1]).count() == 424

    def test_everybody_one_can_enter_as_holds_the_role(self):
        for _label, email, name in accounts():
            person = Person.objects.get(email=email)
            assert person.name == name
            roles = set(Appointment.objects.on(STEPS[-1]).filter(person=person).values_list("role", flat=True))
            assert not ROLES.get(email) or ROLES[email] in roles, email
        assert {email for _label, email, _name in accounts()} - set(ROLES) == {"kimhaneul@example.org"}

    def test_residents_who_proposed_live_in_a_dong_of_the_district(self):
        for proposal in Proposal.objects.filter(proposer__isnull=False).select_related("proposer__dong"):
            if proposal.proposer.dong is not None:
                assert proposal.proposer.dong.district_id == proposal.district_id
        assert Proposal.objects.filter(proposer__dong__isnull=True, proposer__isnull=False).count() == 0

    def test_each_district_that_takes_part_has_a_support_officer(self):
        posts = Appointment.objects.filter(role=Role.SUPPORT_OFFICER).values_list("district_id", flat=True)
        assert sorted(posts) == sorted(District.objects.values_list("pk", flat=True))


class TestDobong:
    def test_proposals_carry_the_numbers_and_words_of_the_content(self):
        stored = {row.number: (row.title, row.origin) for row in Proposal.objects.filter(district__slug="dobong").all()}
        assert stored == {entry["number"]: (entry["title"], entry["source"]) for entry in content.proposals()}

    def test_the_sentence_of_the_thread_is_number_42_and_belongs_to_its_proposer(self):
        proposal = Proposal.objects.get(district__slug="dobong", number=42)
        assert proposal.proposer.email == "kimhaneul@example.org"
        assert (proposal.page_number, proposal.state) == ("2020-0042", "merged")
        assert proposal.strands.get().agenda.title == "밤에도 걷고 싶은 방학천"

    def test_agendas_hold_the_proposals_of_the_content(self):
        for entry in content.agendas():
            agenda = Agenda.objects.get(district__slug="dobong", number=int(entry["number"].removeprefix("의")))
            assert list(agenda.strands.values_list("proposal__number", flat=True)) == entry["proposals"]
            assert agenda.department_reviews.exclude(verdict="").count() == len(entry["reviews"])

    def test_forums_are_recorded_with_the_people_who_came_but_for_the_last_evening_and_one_to_come(self):
        forums = Forum.objects.filter(district__slug="dobong", state="recorded")
        recorded = {forum.title: sum(row.people for row in forum.counts.filter(dimension="age")) for forum in forums}
        assert recorded == {
            entry["title"]: sum(entry["origin"].values()) for entry in content.forums() if "origin" in entry
        }
        planned = Forum.objects.filter(district__slug="dobong", state="planned").order_by("starts_at")
        assert [forum.starts_at.date().isoformat() for forum in planned] == ["2020-07-07", "2020-07-16"]

    def test_the_open_forum_has_its_list_its_board_in_themes_its_decisions_and_answers(self):
        forum = Forum.objects.get(district__slug="dobong", kind="open")
        numbers = numbers_of(forum)
        assert (numbers.registered, numbers.arrived, numbers.material_given) == (22, 20, 22)
        assert (numbers.people, numbers.opinions, numbers.themes, numbers.taken_up) == (335, 412, 6, 31)
        assert (numbers.decisions, numbers.feedback.answers) == (3, 8)


class TestVote:
    def test_2006_ballots_came_through_three_channels(self):
        channels = Counter(Ballot.objects.filter(election=dobongs_election()).values_list("channel", flat=True))
        assert channels == CHANNELS
        assert channels.total() == 2006

    def test_the_roll_is_spent_exactly_as_often_as_there_are_ballots(self):
        spent = RollEntry.objects.filter(election=dobongs_election(), state="spent")
        assert Counter(spent.values_list("channel", flat=True)) == CHANNELS
        assert all(unequal_channels(election) == [] for election in Election.objects.all())

    def test_banghakcheon_is_second_with_767_votes_and_nine_are_chosen(self):
        options = Option.objects.filter(election=dobongs_election())
        assert options.get(agenda__number=12).votes == 767
        assert options.get(agenda__number=12).rank == 2
        assert {option.agenda.number: option.votes for option in options.select_related("agenda")} == {
            int(entry["agenda"].removeprefix("의")): entry["chosen_by"] for entry in content.vote()["option"]
        }
        states = Counter(Agenda.objects.filter(district__slug="dobong").values_list("state", flat=True))
        assert states == {"chosen": 9, "not_chosen": 2, "kept": 1}

    def test_every_vote_that_was_opened_is_certified_with_a_result(self):
        assert set(Election.objects.values_list("state", flat=True)) == {"certified"}
        assert not Option.objects.filter(chosen=None).exists()


class TestPlan:
    def test_there_was_no_plan_on_the_first_of_june(self, year):
        assert year.plans_on_1_june == 0

    def test_every_opinion_on_the_draft_has_an_answer_and_every_partner_has_signed(self):
        plan = dobongs_plan()
        assert set(plan.rounds.values_list("way", flat=True)) == set(Way.values)
        assert {one.answer for one in Opinion.objects.filter(round__plan=plan)} == set(Answer.values)
        assert plan.agreements.count() == len(partners_of(plan.submitted_version.content))
        assert plan.handouts.count() == len(content.plan()["handout"])

    def test_the_draft_of_18_june_broke_exactly_two_rules(self, year):
        assert sorted(year.findings_on_18_june) == ["BUDGET-5", "BUDGET-8"]

    def test_the_mended_plan_breaks_none(self):
        assert judge_plan(dobongs_plan(), day=STEPS[-1]).findings == ()

    def test_the_council_approved_exactly_the_version_that_was_submitted(self):
        plan = dobongs_plan()
        submission = Submission.objects.get(plan=plan)
        motion = submission.version.approval.motion
        assert plan.state == "submitted"
        assert plan.submitted_version == submission.version
        assert (motion.state, motion.subject_sha256) == ("carried", submission.version.sha256)
        assert Counter(MotionVote.objects.filter(motion=motion).values_list("ballot", flat=True)) == {
            "yes": 22,
            "abstain": 1,
        }

    def test_the_city_has_received_several_valid_plans_in_time(self):
        slugs = set(Submission.objects.values_list("plan__district__slug", flat=True))
        assert slugs == {"dobong", "geumcheon", "seongbuk", "gangseo"}
        for submission in Submission.objects.select_related("plan__district", "plan__cycle"):
            assert judge_plan(submission.plan, day=STEPS[-1]).ok, submission.plan.district

    def test_a_late_plan_is_refused_and_kept_when_the_day_is_later(self):
        load_example_year(end_of(date(2020, 7, 14)))
        late = LateSubmission.objects.get()
        assert late.plan.district.slug == "seodaemun"
        assert late.plan.state == "approved"
        assert late.public_head
