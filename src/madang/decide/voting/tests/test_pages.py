from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.decide.voting import operations
from madang.decide.voting.models import Ballot, RollEntry
from madang.decide.voting.tests.scenes import cast, dong, open_forum, opened, option_ids, prepared, voters
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db
TRIAL = "시험 삼아 하는 투표예요"


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.MADANG_DAY = date(2020, 5, 22)


def page(name: str, *arguments: object) -> str:
    return reverse(f"voting:{name}", args=["dobong", *arguments])


def codes_of(election, officer, at) -> dict[str, str]:
    return {n: code for n, _name, code in operations.issue_codes(election=election, actor=officer, at=at)}


@pytest.fixture
def officer(at):
    return holder(Role.SECRETARIAT, at)


def enter(client, election, number: str, code: str):
    return client.post(page("identify", election.slug), {"reference": number, "code": code})


def test_somebody_without_an_account_votes_from_number_and_code_to_the_receipt(client, at, officer):
    election = opened(at, officer)
    codes = codes_of(election, officer, at)
    assert enter(client, election, "1", codes["1"].lower().replace("-", " ")).url == page("ballot", election.slug)
    ballot = client.get(page("ballot", election.slug))
    for words in (TRIAL, "내 일보다 동네의 일", "주민과 행정이 함께", "의제 1에서 함께할 일"):
        assert words in ballot.content.decode()
    options = option_ids(election)
    review = client.post(page("ballot", election.slug), {"step": "review", "choice": options[:2], "key": "k" * 20})
    assert "2개를 골랐어요" in review.content.decode()
    assert not Ballot.objects.exists()
    done = client.post(page("ballot", election.slug), {"step": "cast", "choice": options[:2], "key": "k" * 20})
    assert done.url == page("receipt", election.slug)
    receipt = client.get(done.url).content.decode()
    stored = Ballot.objects.get()
    assert (sorted(stored.choices), stored.channel) == (options[:2], "online")
    assert stored.receipt[:4] in receipt
    assert "아직 아무것도 증명하지 못해요" in receipt
    assert "의제 1" not in receipt
    again = client.post(page("ballot", election.slug), {"step": "cast", "choice": options[:2], "key": "k" * 20})
    assert again.url == done.url
    assert client.get(page("ballot", election.slug)).url == done.url
    assert "voters" not in client.session or not client.session["voters"]
    assert Ballot.objects.count() == 1


def test_a_phone_counts_as_mobile(client, at, officer):
    election = opened(at, officer)
    enter(client, election, "1", codes_of(election, officer, at)["1"])
    data = {"step": "cast", "choice": option_ids(election)[:1], "key": "k" * 20}
    client.post(page("ballot", election.slug), data, headers={"user-agent": "Mozilla/5.0 (Linux; Android 10) Mobile"})
    assert Ballot.objects.get().channel == "mobile"


def test_too_many_picks_come_back_with_the_picks_and_a_word(client, at, officer):
    election = opened(at, officer)
    enter(client, election, "1", codes_of(election, officer, at)["1"])
    answer = client.post(page("ballot", election.slug), {"step": "review", "choice": option_ids(election)})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "3개까지 고를 수 있어요. 2개를 빼 주세요." in body
    assert body.count(" checked") == 5


@pytest.mark.parametrize("choice", [["x"], ["99999999999999999999"], ["-1"], ["1", "1"]])
def test_a_forged_choice_is_refused_in_words(client, at, officer, choice):
    election = opened(at, officer)
    enter(client, election, "1", codes_of(election, officer, at)["1"])
    answer = client.post(page("ballot", election.slug), {"step": "cast", "choice": choice, "key": "k" * 20})
    assert answer.status_code == 422
    assert not Ballot.objects.exists()


def test_five_wrong_codes_end_guessing_for_ten_minutes_even_with_the_right_one(client, at, officer):
    election = opened(at, officer)
    right = codes_of(election, officer, at)["1"]
    for _try in range(5):
        assert "맞지 않아요" in enter(client, election, "1", "WRONGWRONG").content.decode()
    assert "잠시 쉬어 갈게요" in enter(client, election, "1", right).content.decode()
    assert "잠시 쉬어 갈게요" in enter(client, election, "2", right).content.decode()
    client.session.flush()
    client.cookies.clear()
    assert "잠시 쉬어 갈게요" in enter(client, election, "1", right).content.decode()
    assert RollEntry.objects.filter(state="spent").count() == 0


def test_nobody_reaches_a_ballot_without_having_said_who_they_are(client, at, officer):
    election = opened(at, officer)
    assert client.get(page("ballot", election.slug)).url == page("identify", election.slug)
    cast_blind = client.post(page("ballot", election.slug), {"step": "cast", "choice": option_ids(election)[:1]})
    assert cast_blind.url == page("identify", election.slug)
    assert not Ballot.objects.exists()


def test_a_linked_account_goes_on_with_one_press(client, at, officer):
    election = opened(at, officer)
    person = resident(at)
    client.force_login(person.person)
    code = codes_of(election, officer, at)["3"]
    client.post(page("identify", election.slug), {"reference": "3", "code": code, "claim": "on"})
    assert RollEntry.objects.get(reference="3").person_id == person.person_id
    assert "선거인 번호 <b>3</b>" in client.get(page("identify", election.slug)).content.decode()
    assert client.post(page("identify", election.slug), {"use_linked": "1"}).url == page("ballot", election.slug)


def test_the_public_page_shows_turnout_while_open_and_never_a_result(client, at, officer):
    election = opened(at, officer)
    cast(election, 1, [1], at)
    body = client.get(page("election", election.slug)).content.decode()
    assert "10.0" in body
    assert TRIAL in body
    assert "어떻게 셌나요" not in body


def test_a_vote_being_prepared_does_not_exist_for_the_public_and_for_other_districts(client, at, officer):
    election = prepared(at, officer)
    assert client.get(page("election", election.slug)).status_code == 404
    client.force_login(holder(Role.SECRETARIAT, at, district="gangbuk").person)
    assert client.get(page("election", election.slug)).status_code == 404
    assert client.get(page("manage", election.slug)).status_code == 404
    client.force_login(officer.person)
    assert client.get(page("election", election.slug)).status_code == 200


def test_the_desk_finds_by_number_or_by_name_and_birth_and_takes_the_ballot(client, at, officer):
    election = opened(at, officer)
    client.force_login(holder(Role.DESK_OFFICER, at).person)
    found = client.post(page("desk", election.slug), {"name": "주민4", "birth_on": "1980-01-01"}).content.decode()
    assert "주민4" in found
    assert "주민5" not in found
    voter = RollEntry.objects.get(reference="4")
    address = page("desk_ballot", election.slug, voter.pk)
    data = {"step": "cast", "choice": option_ids(election)[:1], "key": "k" * 20, "channel": "paper"}
    done = client.post(address, data)
    assert "표가 담겼어요" in client.get(done.url).content.decode()
    assert Ballot.objects.get().channel == "paper"
    assert (
        "이미 투표하셨어요 (5. 22. 종이)"
        in client.post(page("desk", election.slug), {"reference": "4"}).content.decode()
    )


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER])
def test_the_desk_and_the_staff_pages_are_closed_to_others(client, at, officer, role):
    election = opened(at, officer)
    client.force_login((holder(role, at) if role else resident(at)).person)
    for name in ("desk", "manage", "roll", "options", "terms"):
        assert client.get(page(name, election.slug)).status_code == 403
    for name in ("freeze", "open", "close", "certify", "codes", "take_roll", "thaw"):
        assert client.post(page(name, election.slug)).status_code == 403


def test_a_desk_officer_of_another_district_is_refused(client, at, officer):
    election = opened(at, officer)
    client.force_login(holder(Role.DESK_OFFICER, at, district="gangbuk").person)
    assert client.get(page("desk", election.slug)).status_code == 403


def test_staff_go_from_forum_to_certified_result_through_the_pages(client, at, officer):
    forum = open_forum(at)
    from madang.decide.voting.tests.scenes import fit_agendas

    agendas = fit_agendas(forum, at, 4)
    client.force_login(officer.person)
    made = client.post(
        page("prepare"),
        {"forum": forum.pk, "title": "우선순위 투표", "opens_at": "2020-05-22T00:00", "closes_at": "2020-05-22T23:59",
         "picks_most": 2, "seats": 1, "age_least": 14, "tie_rule": "decide"},
    )  # fmt: skip
    slug = "2020-1"
    assert made.url == page("manage", slug)
    order = {f"place_{agenda.pk}": 4 - n for n, agenda in enumerate(agendas)}
    material = {f"material_{agenda.pk}": f"자료 {agenda.pk}" for agenda in agendas}
    client.post(page("options", slug), {**order, **material})
    roll = f"number,name,birth,dong\n1,김이웃,1980-01-01,{dong().name}\n2,박이웃,1981-01-01,{dong().name}\n"
    client.post(page("roll", slug), {"file": SimpleUploadedFile("roll.csv", roll.encode("cp949"))})
    assert "CP949" in client.get(page("roll", slug)).content.decode()
    client.post(page("take_roll", slug))
    client.post(page("freeze", slug))
    codes = client.post(page("codes", slug)).content.decode("utf-8-sig")
    assert codes.splitlines()[0] == "number,name,code"
    assert "까닭을 적어 주세요" in client.post(page("codes", slug)).content.decode()
    client.post(page("open", slug))
    entry = RollEntry.objects.get(reference="1")
    option = entry.election.options.get(agenda=agendas[0])
    assert option.place == 4
    client.post(page("desk_ballot", slug, entry.pk), {"step": "cast", "choice": [option.pk], "key": "k" * 20})
    assert "까닭" in client.post(page("close", slug)).content.decode()
    client.post(page("close", slug), {"reason": "모두 투표함"})
    assert client.post(page("certify", slug)).status_code == 403
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    assert client.post(page("certify", slug)).url == page("manage", slug)
    agendas[0].refresh_from_db()
    assert agendas[0].state == "chosen"
    assert "투표 결과" in client.get(page("election", slug)).content.decode()


def test_a_roll_file_with_bad_rows_names_each_and_adds_nobody(client, at, officer):
    election = prepared(at, officer)
    client.force_login(officer.person)
    roll = f"number,name,birth,dong\n1,김이웃,2015-01-01,{dong().name}\n2,박이웃,1981-01-01,강남동\n"
    client.post(page("roll", election.slug), {"file": SimpleUploadedFile("roll.csv", roll.encode())})
    body = client.get(page("roll", election.slug)).content.decode()
    assert "만 14살이 안 돼요" in body
    assert "강남동" in body
    client.post(page("take_roll", election.slug))
    assert not RollEntry.objects.exists()
    lines = client.get(page("rejected_rows", election.slug)).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "박이웃" not in "".join(lines)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no,header\n1,2\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_roll_is_refused_at_its_field(client, at, officer, content):
    election = prepared(at, officer)
    client.force_login(officer.person)
    answer = client.post(page("roll", election.slug), {"file": SimpleUploadedFile("roll.csv", content)})
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()


def test_the_list_takes_the_same_few_queries_however_many_votes_there_are(
    client, at, officer, django_assert_max_num_queries
):
    opened(at, officer)
    opened(at, officer)
    with django_assert_max_num_queries(4):
        assert client.get(page("elections")).status_code == 200


def test_the_public_page_takes_few_queries(client, at, officer, django_assert_max_num_queries):
    election = opened(at, officer)
    with django_assert_max_num_queries(7):
        client.get(page("election", election.slug))


def test_every_page_says_that_it_is_a_trial(client, at, officer):
    election = opened(at, officer)
    voters_page = [page("elections"), page("election", election.slug), page("identify", election.slug)]
    client.force_login(officer.person)
    own = [page(name, election.slug) for name in ("desk", "manage", "roll", "options", "terms")] + [page("prepare")]
    for address in voters_page + own:
        assert TRIAL in client.get(address).content.decode(), address


def test_an_unknown_vote_is_not_found(client, at):
    voters(prepared(at), 1)
    assert client.get(page("election", "2020-99")).status_code == 404
