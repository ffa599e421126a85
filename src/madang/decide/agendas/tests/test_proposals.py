from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.agendas.models import NumberRange, Proposal
from madang.decide.agendas.operations.numbers import give_number, give_numbers
from madang.decide.agendas.operations.proposals import (
    Source,
    UnableToProposeTwice,
    Words,
    decline,
    propose,
    withdraw,
    write_down,
)
from madang.decide.agendas.queries.proposals import find_proposal, proposal_events
from madang.decide.agendas.states import Origin
from madang.decide.agendas.texts import has_odd_characters, one_line, paragraphs
from madang.decide.forums.models import Forum
from madang.ground.audit.models import Entry
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.states import Participation
from madang.ground.notices.models import Notice
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong
from madang.ground.workflow import UnableTo, UnableToMove

pytestmark = pytest.mark.django_db
WORDS = Words(title="방학천에 불빛을", problem="밤에는 너무 어두워서 큰길로 돌아가요.")


@pytest.fixture
def dobong() -> District:
    return District.objects.get(slug="dobong")


@pytest.fixture
def year(dobong) -> DistrictYear:
    cycle = Cycle.objects.create(planning_year=2020)
    return DistrictYear.objects.create(
        cycle=cycle, district=dobong, participation=Participation.CARRYING_OUT, state="find"
    )


def send(dobong, actor, at, words=WORDS, key=None) -> Proposal:
    return propose(district=dobong, words=words, submission_key=key or uuid4(), actor=actor, at=at)


def note(dobong, actor, at, source=None, words=WORDS) -> Proposal:
    return write_down(
        district=dobong, words=words, source=source or Source(), submission_key=uuid4(), actor=actor, at=at
    )


def test_a_resident_proposes_and_gets_a_permanent_number_and_a_notice(dobong, year, at):
    actor = resident(at)
    made = send(dobong, actor, at)
    assert made.public_number == "도봉-2020-0001"
    assert (made.origin, made.state, made.proposer_id, made.proposed_at) == ("online", "received", actor.person_id, at)
    notice = Notice.objects.get(person=actor.person)
    assert "도봉-2020-0001" in notice.subject
    assert notice.link == "/districts/dobong/proposals/2020-0001/"


def test_the_notice_is_in_the_language_of_the_proposer(dobong, year, at):
    actor = resident(at)
    actor.person.language = "en"
    actor.person.save()
    send(dobong, actor, at)
    assert Notice.objects.get(person=actor.person).subject.startswith("We have your proposal")


def test_nobody_proposes_without_signing_in(dobong, year, at):
    with pytest.raises(NotAllowed, match="로그인"):
        send(dobong, NOBODY, at)


def test_numbers_go_on_and_are_never_given_again(dobong, year, at):
    first = send(dobong, resident(at), at)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agendas_proposal WHERE id = %s", [first.pk])
    assert send(dobong, resident(at), at).number == 2


def test_a_block_of_numbers_follows_the_last_one_and_kinds_are_counted_apart(dobong):
    assert give_number(dobong, 2020, "proposal") == 1
    assert list(give_numbers(dobong, 2020, "proposal", 3)) == [2, 3, 4]
    assert give_number(dobong, 2020, "agenda") == 1
    assert give_number(dobong, 2021, "proposal") == 1


def test_the_same_key_twice_is_one_proposal(dobong, year, at):
    actor, key = resident(at), uuid4()
    first = send(dobong, actor, at, key=key)
    again = send(dobong, actor, at, key=key, words=Words(title="다른 말", problem="다른 글"))
    assert again == first
    assert (Proposal.objects.count(), NumberRange.objects.get().last, Notice.objects.count()) == (1, 1, 1)


def test_the_same_key_still_answers_after_the_stage_has_closed(dobong, year, at):
    actor, key = resident(at), uuid4()
    first = send(dobong, actor, at, key=key)
    DistrictYear.objects.update(state="priorities")
    assert send(dobong, actor, at, key=key) == first


def test_the_key_of_somebody_else_shows_nothing_of_theirs(dobong, year, at):
    key = uuid4()
    send(dobong, resident(at), at, key=key)
    with pytest.raises(UnableTo, match="새로 열고"):
        send(dobong, resident(at), at, key=key)
    assert Proposal.objects.count() == 1


def test_the_same_words_of_the_same_person_lead_to_the_proposal_that_is_there(dobong, year, at):
    actor = resident(at)
    first = send(dobong, actor, at)
    with pytest.raises(UnableToProposeTwice, match="도봉-2020-0001") as refusal:
        send(dobong, actor, at, words=Words(title=" 방학천에  불빛을 ", problem=WORDS.problem + "\r\n"))
    assert refusal.value.proposal == first
    assert send(dobong, resident(at), at).number == 2


@pytest.mark.parametrize("stage", ["discuss", "survey", "vision", "find", "merge"])
def test_proposals_are_taken_until_agendas_are_merged(dobong, year, at, stage):
    DistrictYear.objects.update(state=stage)
    assert send(dobong, resident(at), at).number == 1


@pytest.mark.parametrize("stage", ["priorities", "detail", "draft", "final", "approval", "submitted"])
def test_later_stages_take_no_proposals_from_anybody_and_say_which_stage_it_is(dobong, year, at, stage):
    DistrictYear.objects.update(state=stage)
    with pytest.raises(UnableTo, match="단계라 제안을 받지 않아요"):
        send(dobong, resident(at), at)
    with pytest.raises(UnableTo, match="단계라 제안을 받지 않아요"):
        note(dobong, holder(Role.SUPPORT_OFFICER, at), at)
    assert not Proposal.objects.exists()


def test_a_district_that_does_not_plan_takes_no_proposals(dobong, at):
    with pytest.raises(UnableTo, match="협치 계획을 세우지 않아서"):
        send(dobong, resident(at), at)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words(title=" ​ ", problem="글"), "title"),
        (Words(title="가" * 201, problem="글"), "title"),
        (Words(title="제목", problem=" \n "), "problem"),
        (Words(title="제목", problem="글", wish="\x07"), "wish"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_at_their_field(dobong, year, at, words, field):
    with pytest.raises(UnableTo) as refusal:
        send(dobong, resident(at), at, words=words)
    assert refusal.value.field == field


def test_a_dong_of_another_district_is_refused(dobong, year, at):
    elsewhere = Dong.objects.exclude(district=dobong).first()
    with pytest.raises(UnableTo) as refusal:
        send(dobong, resident(at), at, words=Words(title="제목", problem="글", dong=elsewhere))
    assert refusal.value.field == "dong"


@pytest.mark.parametrize("role", [Role.SUPPORT_OFFICER, Role.SECRETARIAT, Role.COORDINATOR, Role.DESK_OFFICER])
def test_staff_write_down_a_proposal_and_the_name_stays_out_of_public_and_log(dobong, year, at, role):
    made = note(dobong, holder(role, at), at, Source(origin=Origin.DESK, proposer_name="박창구"))
    assert (made.origin, made.proposer_id, made.public_proposer) == ("desk", None, "박○○")
    entry = Entry.objects.get(subject_type="agendas.proposal", subject_id=str(made.pk))
    assert entry.after["proposer_name"] == "***"


def test_residents_and_other_districts_officers_write_nothing_down(dobong, year, at):
    with pytest.raises(NotAllowed, match="협치지원관"):
        note(dobong, resident(at), at)
    with pytest.raises(NotAllowed, match="다른 구"):
        note(dobong, holder(Role.SUPPORT_OFFICER, at, district="nowon"), at)


def test_a_proposal_from_a_forum_names_a_forum_of_the_district(dobong, year, at):
    nowon = District.objects.get(slug="nowon")
    officer = holder(Role.SUPPORT_OFFICER, at)
    here, there = (
        Forum.objects.create(
            district=place,
            cycle=year.cycle,
            kind="dong",
            title="방학1동 공론장",
            place="동주민센터",
            starts_at=at - timedelta(days=2),
            ends_at=at - timedelta(days=2) + timedelta(hours=2),
        )
        for place in (dobong, nowon)
    )
    made = note(dobong, officer, at, Source(origin=Origin.FORUM, forum=here))
    assert proposal_events(made)[0].title == "「방학1동 공론장」에서 나온 말이에요"
    for forum in (there, None):
        with pytest.raises(UnableTo) as refusal:
            note(dobong, officer, at, Source(origin=Origin.FORUM, forum=forum))
        assert refusal.value.field == "forum"


def test_nobody_writes_down_what_claims_to_come_from_the_site_or_a_file(dobong, year, at):
    for origin in (Origin.ONLINE, Origin.IMPORTED):
        with pytest.raises(UnableTo) as refusal:
            note(dobong, holder(Role.SUPPORT_OFFICER, at), at, Source(origin=origin))
        assert refusal.value.field == "origin"


def test_a_withdrawn_proposal_keeps_its_text_and_loses_its_name(dobong, year, at):
    actor = resident(at)
    made = send(dobong, actor, at)
    withdraw(proposal=made, actor=actor, at=at + timedelta(days=1))
    kept = Proposal.objects.get(pk=made.pk)
    assert (kept.state, kept.title, kept.proposer, kept.public_proposer) == ("withdrawn", WORDS.title, None, "")
    assert [event.kind for event in proposal_events(kept)] == ["proposed", "withdrawn"]


def test_only_the_proposer_withdraws_and_only_once(dobong, year, at):
    actor = resident(at)
    made = send(dobong, actor, at)
    for other in (resident(at), holder(Role.SUPPORT_OFFICER, at)):
        with pytest.raises(NotAllowed, match="제안한 사람만"):
            withdraw(proposal=made, actor=other, at=at)
    with pytest.raises(NotAllowed, match="로그인"):
        withdraw(proposal=made, actor=NOBODY, at=at)
    withdraw(proposal=made, actor=actor, at=at)
    with pytest.raises(NotAllowed, match="이미 거둔"):
        withdraw(proposal=made, actor=actor, at=at)


def test_staff_withdraw_for_somebody_without_an_account_in_their_own_district_only(dobong, year, at):
    officer = holder(Role.SUPPORT_OFFICER, at)
    made = note(dobong, officer, at, Source(proposer_name="박창구"))
    with pytest.raises(NotAllowed):
        withdraw(proposal=made, actor=holder(Role.SUPPORT_OFFICER, at, district="nowon"), at=at)
    withdraw(proposal=made, actor=officer, at=at)
    assert Proposal.objects.get(pk=made.pk).proposer_name == ""


def test_a_declined_proposal_says_why_and_tells_its_proposer(dobong, year, at):
    actor = resident(at)
    made = send(dobong, actor, at)
    decline(proposal=made, reason="이미 올해 고치고 있어요.", actor=holder(Role.SECRETARIAT, at), at=at)
    last = proposal_events(made)[-1]
    assert (last.kind, last.text) == ("declined", "이미 올해 고치고 있어요.")
    assert "이미 올해 고치고 있어요." in Notice.objects.filter(person=actor.person).first().body


def test_declining_needs_a_reason_a_role_the_own_district_and_a_proposal_that_waits(dobong, year, at):
    officer = holder(Role.SUPPORT_OFFICER, at)
    made = send(dobong, resident(at), at)
    with pytest.raises(NotAllowed):
        decline(proposal=made, reason="까닭", actor=resident(at), at=at)
    with pytest.raises(NotAllowed, match="다른 구"):
        decline(proposal=made, reason="까닭", actor=holder(Role.SUPPORT_OFFICER, at, district="nowon"), at=at)
    with pytest.raises(UnableTo, match="까닭"):
        decline(proposal=made, reason="  ", actor=officer, at=at)
    Proposal.objects.update(state="merged")
    with pytest.raises(UnableToMove, match="의제로 모음"):
        decline(proposal=made, reason="까닭", actor=officer, at=at)


def test_a_number_that_is_not_written_as_given_finds_nothing(dobong, year, at):
    made = send(dobong, resident(at), at)
    assert find_proposal(dobong, "2020-0001") == made
    for wrong in ("2020-1", "2020-00001", "2019-0001", "2020-99999999", "도봉", ""):
        assert find_proposal(dobong, wrong) is None
    assert find_proposal(District.objects.get(slug="nowon"), "2020-0001") is None


@given(st.text())
def test_kept_text_has_no_invisible_blanks_and_is_kept_the_same_again(text):
    line, body = one_line(text), paragraphs(text)
    assert line == one_line(line)
    assert body == paragraphs(body)
    assert "\n" not in line
    assert "\u200b" not in line + body
    assert line == line.strip()


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\ud800", "\u202e", "\x85"])
def test_what_is_no_writing_is_found(odd):
    assert has_odd_characters(f"글{odd}자")
    assert not has_odd_characters("글자 abc\n\t“”…👪")
