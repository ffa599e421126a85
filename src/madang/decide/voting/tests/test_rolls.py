from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from madang.decide.voting import operations
from madang.decide.voting.codes import code_hash
from madang.decide.voting.models import RollEntry, RollFile
from madang.decide.voting.operations import UnableToIdentify, UnableToTakeRoll
from madang.decide.voting.rolls import Voter, born_by, check_roll, dong_key, read_roll
from madang.decide.voting.tests.scenes import cast, dong, opened, prepared, voters
from madang.ground.audit.models import Entry
from madang.ground.files.tables import UnableToReadTable
from madang.ground.people.actors import NOBODY
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

CLOSING = date(2020, 5, 27)
HEAD = "number,name,birth,dong\n"


def check(body: str, known: tuple[Voter, ...] = (), age: int = 14):
    table = read_roll((HEAD + body).encode(), "roll.csv")
    return check_roll(table, dongs={"쌍문1동": 1, "창1동": 2}, known=known, age_least=age, closing_on=CLOSING)


def test_good_rows_are_read_in_every_spelling_of_day_and_dong():
    found = check("1,김이웃,1980-01-02,쌍문1동\nA-2,박 이웃,1980. 1. 3.,쌍문제1동\n3,최이웃,19800104,창 1동\n")
    assert found.rejected == ()
    assert found.new == (
        Voter("1", "김이웃", date(1980, 1, 2), 1),
        Voter("A-2", "박 이웃", date(1980, 1, 3), 1),
        Voter("3", "최이웃", date(1980, 1, 4), 2),
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",김이웃,1980-01-02,창1동", "번호는"),
        ("가나다,김이웃,1980-01-02,창1동", "번호는"),
        ("=1+1,김이웃,1980-01-02,창1동", "번호는"),
        ("1,,1980-01-02,창1동", "이름이"),
        ("1,=cmd(),1980-01-02,창1동", "이름이"),
        ("1,김이웃,1980-13-02,창1동", "생년월일을"),
        ("1,김이웃,어제,창1동", "생년월일을"),
        ("1,김이웃,1780-01-02,창1동", "해를 다시"),
        ("1,김이웃,2006-05-28,창1동", "만 14살이 안 돼요"),
        ("1,김이웃,1980-01-02,역삼동", "역삼동"),
        ("1,김이웃,1980-01-02,창1동,또", "칸이 많아요"),
    ],
)
def test_each_bad_row_is_rejected_with_its_number_and_cause(row, words):
    found = check(row + "\n2,박이웃,1980-01-02,창1동\n")
    assert [number for number, _reference, _cause in found.rejected] == [2]
    assert words in found.rejected[0][2]
    assert [voter.reference for voter in found.new] == ["2"]


def test_somebody_whose_birthday_is_the_closing_day_may_vote():
    assert check("1,김이웃,2006-05-27,창1동\n").rejected == ()


def test_a_number_or_a_person_cannot_stand_twice():
    same_number = check("1,김이웃,1980-01-02,창1동\n1,박이웃,1980-01-03,창1동\n")
    same_person = check("1,김이웃,1980-01-02,창1동\n2,김이웃,1980-01-02,창1동\n")
    assert "2번째 줄에도" in same_number.rejected[0][2]
    assert "1번과 같아요" in same_person.rejected[0][2]


def test_a_number_that_belongs_to_somebody_else_on_the_roll_is_rejected():
    known = (Voter("1", "김이웃", date(1980, 1, 2), 2),)
    assert "다른 사람이 이미" in check("1,박이웃,1980-01-03,창1동\n", known).rejected[0][2]
    again = check("1,김이웃,1980-01-02,창1동\n", known)
    assert (again.known, again.new, again.rejected) == (1, (), ())


def test_korean_headings_are_understood_and_missing_ones_named():
    table = read_roll("선거인번호,성명,생년월일,행정동\n1,김이웃,1980-01-02,창1동\n".encode("cp949"), "roll.csv")
    assert table.rows[0][1] == {"number": "1", "name": "김이웃", "birth": "1980-01-02", "dong": "창1동"}
    with pytest.raises(UnableToReadTable, match=r"birth\(생년월일\), dong\(동\)"):
        read_roll("number,name\n1,김이웃\n".encode(), "roll.csv")


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 90))
def test_the_last_day_of_birth_has_the_age_and_the_day_after_has_not(day, age):
    last = born_by(day, age)
    years = day.year - last.year - ((day.month, day.day) < (last.month, last.day))
    assert years == age
    after = date.fromordinal(last.toordinal() + 1)
    assert day.year - after.year - ((day.month, day.day) < (after.month, after.day)) < age or age == 0


@given(st.text(max_size=12))
def test_spaces_never_matter_in_the_name_of_a_dong(name):
    assert dong_key(f" {name} ") == dong_key(name)


@pytest.fixture
def officer(at):
    return holder(Role.SECRETARIAT, at)


def rows(number: int, place: str) -> str:
    return HEAD + "".join(f"{n},주민{n},1980-01-01,{place}\n" for n in range(1, number + 1))


@pytest.mark.django_db
def test_the_same_file_again_adds_nobody_and_its_content_is_gone(at, officer):
    election = prepared(at, officer)
    content = rows(3, dong().name).encode()
    for added in (3, 0):
        file, _check = operations.hand_in_roll(
            election=election, content=content, name="roll.csv", actor=officer, at=at
        )
        assert operations.take_roll(file=file, actor=officer, at=at) == added
    assert RollEntry.objects.count() == 3
    assert not RollFile.objects.exclude(content=b"").exists()
    with pytest.raises(UnableToTakeRoll, match="다시 올려"):
        operations.take_roll(file=file, actor=officer, at=at)


@pytest.mark.django_db
def test_one_bad_row_keeps_the_whole_file_out(at, officer):
    election = prepared(at, officer)
    content = (rows(3, dong().name) + "4,어린이,2015-01-01," + dong().name).encode()
    file, found = operations.hand_in_roll(election=election, content=content, name="r.csv", actor=officer, at=at)
    assert len(found.new) == 3
    with pytest.raises(UnableToTakeRoll, match="1개 있어서 아무것도"):
        operations.take_roll(file=file, actor=officer, at=at)
    assert not RollEntry.objects.exists()


@pytest.mark.django_db
def test_a_workbook_is_a_roll_too(at, officer):
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate([["number", "name", "birth", "dong"], [7, "김이웃", date(1980, 1, 2), dong().name]]):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    election = prepared(at, officer)
    file, _check = operations.hand_in_roll(
        election=election, content=kept.getvalue(), name="roll.xlsx", actor=officer, at=at
    )
    operations.take_roll(file=file, actor=officer, at=at)
    assert RollEntry.objects.values_list("reference", "birth_on").get() == ("7", date(1980, 1, 2))


@pytest.mark.django_db
def test_names_births_and_codes_are_not_in_the_log(at, officer):
    election = prepared(at, officer)
    content = (HEAD + f"1,남다른이름,1977-07-17,{dong().name}\n").encode()
    file, _check = operations.hand_in_roll(election=election, content=content, name="r.csv", actor=officer, at=at)
    operations.take_roll(file=file, actor=officer, at=at)
    operations.freeze_roll(election=election, actor=officer, at=at)
    operations.issue_codes(election=election, actor=officer, at=at)
    logged = str(list(Entry.objects.values()))
    stored = RollEntry.objects.get().access_code_hash
    assert "voting.take_roll" in logged
    for secret in ("남다른이름", "1977-07-17", stored, content.hex()):
        assert secret not in logged


@pytest.mark.django_db
def test_the_roll_is_closed_to_others_and_after_the_freeze(at, officer):
    election = prepared(at, officer)
    content = rows(2, dong().name).encode()
    for actor in (
        NOBODY,
        resident(at),
        holder(Role.DESK_OFFICER, at),
        holder(Role.SECRETARIAT, at, district="gangbuk"),
    ):
        with pytest.raises(NotAllowed):
            operations.hand_in_roll(election=election, content=content, name="r.csv", actor=actor, at=at)
    file, _check = operations.hand_in_roll(election=election, content=content, name="r.csv", actor=officer, at=at)
    operations.take_roll(file=file, actor=officer, at=at)
    operations.freeze_roll(election=election, actor=officer, at=at)
    with pytest.raises(UnableToTakeRoll, match="확정한 뒤"):
        operations.hand_in_roll(election=election, content=content, name="r.csv", actor=officer, at=at)


@pytest.mark.django_db
def test_codes_are_given_once_and_again_only_with_a_reason_that_ends_the_former(at, officer):
    election = opened(at, officer, people=3)
    cast(election, 3, [1], at)
    first = {number: code for number, _name, code in operations.issue_codes(election=election, actor=officer, at=at)}
    assert set(first) == {"1", "2"}
    with pytest.raises(UnableToTakeRoll, match="이미 내려받았어요"):
        operations.issue_codes(election=election, actor=officer, at=at)
    operations.issue_codes(election=election, actor=officer, at=at, reason="파일을 잃어버림")
    with pytest.raises(UnableToIdentify, match="맞지 않아요"):
        operations.identify_voter(election=election, reference="1", code=first["1"], visitor="v", actor=NOBODY, at=at)


@pytest.mark.django_db
def test_a_code_is_stored_only_as_a_keyed_hash_of_its_own_voter(at, officer):
    election = opened(at, officer, people=2)
    issued = operations.issue_codes(election=election, actor=officer, at=at)
    number, _name, code = issued[0]
    entry = RollEntry.objects.get(reference=number)
    assert entry.access_code_hash == code_hash(election.pk, number, code)
    assert code_hash(election.pk, "2", code) != entry.access_code_hash
    assert code.replace("-", "") not in entry.access_code_hash


@pytest.mark.django_db
def test_codes_do_not_exist_before_the_freeze(at, officer):
    election = prepared(at, officer)
    voters(election, 1)
    with pytest.raises(UnableToTakeRoll, match="확정한 뒤부터"):
        operations.issue_codes(election=election, actor=officer, at=at)
    with pytest.raises(UnableToIdentify):
        operations.identify_voter(election=election, reference="1", code="", visitor="v", actor=NOBODY, at=at)


@pytest.mark.django_db
def test_an_account_is_linked_to_one_voter_and_a_voter_to_one_account(at, officer):
    election = opened(at, officer, people=2)
    codes = {number: code for number, _name, code in operations.issue_codes(election=election, actor=officer, at=at)}
    person = resident(at)

    def claim(number: str, actor):
        return operations.identify_voter(
            election=election, reference=number, code=codes[number], visitor="v", actor=actor, at=at, claim=True
        )

    assert claim("1", person).person_id == person.person_id
    assert claim("1", person).person_id == person.person_id
    for number, actor in (("2", person), ("1", resident(at))):
        with pytest.raises(UnableToIdentify, match="이미 다른 곳에"):
            claim(number, actor)


@pytest.mark.speed
@pytest.mark.django_db
def test_twelve_thousand_voters_are_taken_in(at, officer):
    election = prepared(at, officer)
    content = rows(12_000, dong().name).encode()
    file, found = operations.hand_in_roll(election=election, content=content, name="r.csv", actor=officer, at=at)
    assert found.rejected == ()
    assert operations.take_roll(file=file, actor=officer, at=at) == 12_000
