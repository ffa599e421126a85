"""The walking board: opened, written on, typed from paper, closed, gathered into themes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.forums.models import Board, Note
from madang.decide.forums.operations import boards, notes, record_forum, themes
from madang.decide.forums.operations.boards import UnableToRunBoard
from madang.decide.forums.operations.notes import UnableToWriteNote
from madang.decide.forums.operations.themes import UnableToGroup
from madang.decide.forums.queries import board as walls
from madang.decide.forums.queries.numbers import numbers_of
from madang.decide.forums.testing import held
from madang.ground.audit.models import Entry
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.workflow import UnableToMove

pytestmark = pytest.mark.django_db
SETTING = {"title": "우리 골목", "topics": ["밤길", "쉴 곳"], "limit_each": 3, "minutes": 30}


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


@pytest.fixture
def strangers(at):
    return [resident(at), holder(Role.COUNCIL_MEMBER, at), holder(Role.SECRETARIAT, at, district="nowon")]


@pytest.fixture
def board(at, officer) -> Board:
    made = boards.prepare_board(forum=held(at, officer), **SETTING, actor=officer, at=at)
    boards.open_board(board=made, actor=officer, at=at)
    return walls.board_of(made.forum)


def write(board, at, text="가로등이 꺼져 있어요", token="phone", key: UUID | None = None, topic=1):
    return notes.write_note(board=board, topic=topic, text=text, key=key or uuid4(), token=token, actor=NOBODY, at=at)


def slip(board, at, officer, text="의자 하나만요", key: UUID | None = None, topic=2):
    return notes.enter_slip(board=board, topic=topic, text=text, key=key or uuid4(), actor=officer, at=at)


def test_a_note_sent_again_is_put_up_once(at, board):
    key = uuid4()
    first, new = write(board, at, key=key)
    again, new_again = write(board, at, key=key)
    assert (first.pk, new, new_again) == (again.pk, True, False)
    assert walls.notes_up(board).count() == 1


def test_an_old_key_with_other_words_loses_none_of_them(at, board):
    key = uuid4()
    write(board, at, "하나", key=key)
    write(board, at, "둘", key=key)
    assert list(walls.notes_up(board).values_list("text", flat=True)) == ["하나", "둘"]


def test_nobody_writes_more_than_the_limit_and_everybody_has_an_own_one(at, board):
    for number in range(3):
        write(board, at, f"생각 {number}")
    with pytest.raises(UnableToWriteNote, match="3장까지"):
        write(board, at, "넷째")
    write(board, at, "다른 사람", token="other phone")
    wall = walls.wall_of(board)
    assert (wall.notes, wall.people) == (4, 2)


def test_no_note_before_the_opening_after_the_time_or_on_a_closed_board(at, officer):
    made = boards.prepare_board(forum=held(at, officer), **SETTING, actor=officer, at=at)
    with pytest.raises(UnableToWriteNote, match="아직"):
        write(made, at)
    boards.open_board(board=made, actor=officer, at=at)
    with pytest.raises(UnableToWriteNote, match="시간이 끝났"):
        write(made, at + timedelta(minutes=30))
    write(made, at + timedelta(minutes=29))
    boards.close_board(board=made, actor=officer, at=at + timedelta(minutes=29))
    with pytest.raises(UnableToWriteNote, match="시간이 끝났"):
        write(made, at + timedelta(minutes=29))
    boards.open_board(board=made, actor=officer, at=at + timedelta(hours=1))
    assert write(made, at + timedelta(minutes=80))[1]


@given(text=st.text(max_size=120))
def test_a_note_holds_one_thought_of_at_most_eighty_letters(text):
    said = " ".join(text.split())
    if 0 < len(said) <= notes.LETTERS_ON_PHONE:
        assert notes._tidy(text, notes.LETTERS_ON_PHONE) == said
    else:
        with pytest.raises(UnableToWriteNote) as refusal:
            notes._tidy(text, notes.LETTERS_ON_PHONE)
        assert refusal.value.field == "text"


def test_a_note_under_no_topic_is_refused(at, board):
    with pytest.raises(UnableToWriteNote) as refusal:
        write(board, at, topic=9)
    assert refusal.value.field == "topic"


def test_slips_know_no_limit_and_no_end_of_time_but_the_record(at, board, officer):
    later = at + timedelta(hours=2)
    boards.close_board(board=board, actor=officer, at=at)
    for number in range(5):
        slip(board, later, officer, f"쪽지 {number}")
    key = uuid4()
    assert [slip(board, later, officer, key=key)[1] for _twice in range(2)] == [True, False]
    assert (walls.slips_of(board), walls.wall_of(board).people) == (6, 0)
    record_forum(forum=board.forum, counts=_people(), outcome="정했다.", actor=officer, at=later)
    with pytest.raises(UnableToWriteNote, match="마친"):
        slip(walls.board_of(board.forum), later, officer)


def test_nobody_else_runs_a_board(at, board, officer, strangers):
    note, _new = write(board, at)
    for other in strangers:
        who = {"actor": other, "at": at}
        for refused in (
            lambda who=who: boards.prepare_board(forum=board.forum, **SETTING, **who),
            lambda who=who: boards.open_board(board=board, **who),
            lambda who=who: boards.close_board(board=board, **who),
            lambda who=who: slip(board, at, who["actor"]),
            lambda who=who: notes.take_down(note=note, reason="말이 거칠어요", **who),
            lambda who=who: themes.group_notes(board=board, numbers=[note.pk], title="밤", **who),
            lambda who=who: themes.ungroup_notes(board=board, numbers=[note.pk], **who),
            lambda who=who: themes.mark_taken_up(board=board, numbers=[], **who),
        ):
            with pytest.raises(NotAllowed):
                refused()
    assert walls.wall_of(board).notes == 1


def test_a_board_is_set_up_until_it_is_opened_and_has_one_to_nine_topics(at, officer):
    forum = held(at, officer)
    for topics in ([], [str(number) for number in range(10)], ["같은", "같은"]):
        with pytest.raises(UnableToRunBoard) as refusal:
            boards.prepare_board(forum=forum, **{**SETTING, "topics": topics}, actor=officer, at=at)
        assert refusal.value.field == "topics"
    first = boards.prepare_board(forum=forum, **SETTING, actor=officer, at=at)
    second = boards.prepare_board(forum=forum, **{**SETTING, "topics": ["하나"]}, actor=officer, at=at)
    assert (first.code, [topic.title for topic in second.topics.all()]) == (second.code, ["하나"])
    boards.open_board(board=second, actor=officer, at=at)
    with pytest.raises(UnableToRunBoard):
        boards.prepare_board(forum=forum, **SETTING, actor=officer, at=at)
    with pytest.raises(UnableToMove):
        boards.open_board(board=second, actor=officer, at=at)


def test_a_note_taken_down_leaves_no_text_on_the_board_or_in_the_log(at, board, officer):
    note, _new = write(board, at, "옆집 박아무개가 시끄러워요")
    notes.take_down(note=note, actor=officer, at=at, reason="이름이 있어요")
    note.refresh_from_db()
    assert (note.text, walls.wall_of(board).notes) == ("", 0)
    for entry in Entry.objects.filter(subject_type="forums.note"):
        assert "박아무개" not in str(entry.before) + str(entry.after)
    assert Entry.objects.filter(subject_type="forums.note", actor_id=officer.person_id, reason="이름이 있어요").exists()


def test_a_note_is_nobodys_even_when_its_writer_is_signed_in(client, at, board, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    Board.objects.update(closes_at=at + timedelta(days=1))
    client.force_login(resident(at).person)
    client.post(f"/b/{board.code}/", {"topic": 1, "text": "몰래 쓴 말", "key": uuid4()})
    assert walls.notes_up(board).count() == 1
    assert not Entry.objects.filter(subject_type__in=("forums.note", "forums.writer")).exclude(actor_id=None).exists()


def _people():
    return {"origin": {"residents": 3}, "gender": {"female": 3}, "age": {"30s": 3}}


def test_notes_are_gathered_into_themes_that_become_part_of_the_outcome(at, board, officer):
    first, second, third = (write(board, at, text)[0] for text in ("어두워요", "가로등", "의자"))
    who = {"board": board, "actor": officer, "at": at}
    with pytest.raises(UnableToGroup, match="닫은 뒤"):
        themes.group_notes(numbers=[first.pk], title="밤길", **who)
    boards.close_board(board=board, actor=officer, at=at)
    for numbers, title, field in (([], "밤길", "notes"), ([first.pk], " ", "title")):
        with pytest.raises(UnableToGroup) as refusal:
            themes.group_notes(numbers=numbers, title=title, **who)
        assert refusal.value.field == field
    night = themes.group_notes(numbers=[first.pk, second.pk], title="밤길 밝히기", **who)
    themes.group_notes(numbers=[third.pk], title="앉을 곳", **who)
    themes.mark_taken_up(numbers=[night.pk], **who)
    themes.ungroup_notes(numbers=[third.pk], **who)
    assert [(theme.title, len(theme.gathered)) for theme in walls.themes_of(board)] == [("밤길 밝히기", 2)]
    numbers = numbers_of(board.forum)
    assert (numbers.opinions, numbers.taken_up, numbers.themes) == (3, 2, 1)


def test_the_wall_takes_as_many_queries_with_ninety_notes_as_with_three(at, board, django_assert_max_num_queries):
    for number in range(90):
        write(board, at, f"생각 {number}", token=f"phone {number}")
    with django_assert_max_num_queries(4):
        wall = walls.wall_of(board)
    assert [(len(sheet.notes), sheet.rest) for sheet in wall.sheets] == [(4, 86), (0, 0)]
    assert wall.sheets[0].notes[0].text == "생각 89"


def test_a_phone_joins_by_the_code_writes_and_is_told_when_it_cannot(client, at, board, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    Board.objects.update(closes_at=at + timedelta(days=1), limit_each=1)
    assert "번호의 판이 없어요" in client.post("/b/", {"code": "000"}).content.decode()
    assert client.post("/b/", {"code": f"{board.code[:3]} {board.code[3:]}"})["Location"] == f"/b/{board.code}/"
    client.get(f"/b/{board.code}/")
    sent = {"topic": 1, "text": "첫 생각", "key": uuid4()}
    assert client.post(f"/b/{board.code}/", sent).status_code == 302
    assert client.post(f"/b/{board.code}/", sent, headers={"Accept": "application/json"}).json() == {}
    page = client.post(f"/b/{board.code}/", {"topic": 1, "text": "둘째 <b>생각</b>", "key": uuid4()})
    assert page.status_code == 409
    assert "둘째 &lt;b&gt;생각" in page.content.decode()
    assert "첫 생각" in client.get(f"/districts/dobong/forums/{board.forum_id}/board/").content.decode()


def test_an_officer_types_slips_by_the_keyboard_and_undoes_one(client, at, board, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    client.force_login(officer.person)
    place = f"/districts/dobong/forums/{board.forum_id}/manage/board"
    sent = {"topic": 1, "text": "종이에 쓴 말", "key": uuid4()}
    for _twice in range(2):
        answer = client.post(f"{place}/slips/", sent, headers={"Accept": "application/json"})
        assert "종이에 쓴 말" in answer.json()["html"]
    assert walls.slips_of(board) == 1
    refused = client.post(f"{place}/slips/", {**sent, "topic": 7}, headers={"Accept": "application/json"})
    assert refused.status_code == 409
    page = client.post(f"{place}/notes/{Note.objects.get().pk}/down/", {"step": "undo"})
    assert 'value="종이에 쓴 말"' in page.content.decode()
    assert walls.slips_of(board) == 0
