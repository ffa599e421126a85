from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from madang.decide.agendas.models import Proposal
from madang.decide.agendas.operations.merging import merge, undo_merge
from madang.decide.agendas.operations.proposals import Words, propose
from madang.decide.agendas.queries.lives import whole_life
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District, Dong

pytestmark = pytest.mark.django_db
LIST = "/districts/dobong/proposals/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _on_the_day(settings, at) -> None:
    settings.MADANG_DAY = at.date()


@pytest.fixture
def dobong() -> District:
    return District.objects.get(slug="dobong")


@pytest.fixture(autouse=True)
def year(dobong) -> DistrictYear:
    cycle = Cycle.objects.create(planning_year=2020)
    return DistrictYear.objects.create(cycle=cycle, district=dobong, participation="carrying_out", state="find")


@pytest.fixture
def neighbour(client, at):
    actor = resident(at)
    client.force_login(actor.person)
    return actor


def filled(**changes: object) -> dict[str, object]:
    return {"title": "방학천에 불빛을", "problem": "어두워요.", "submission_key": str(uuid4()), **changes}


def said(response) -> str:
    return response.content.decode()


def test_sending_the_form_leads_to_a_slip_with_the_number_and_what_happens_next(client, neighbour, dobong, at):
    dong = Dong.objects.on(at.date()).filter(district=dobong).first()
    answer = client.post(LIST + "new/", filled(dong=dong.pk, place="다리 앞"), follow=True)
    assert answer.redirect_chain == [(LIST + "2020-0001/received/", 302)]
    assert "도봉-2020-0001" in said(answer)
    assert "이제 이렇게 돼요" in said(answer)
    made = Proposal.objects.get()
    assert (made.dong, made.place, made.proposer_id) == (dong, "다리 앞", neighbour.person_id)


def test_sending_twice_shows_the_same_slip(client, neighbour):
    form = filled()
    first, second = client.post(LIST + "new/", form), client.post(LIST + "new/", form)
    assert first.url == second.url
    assert Proposal.objects.count() == 1


def test_each_opened_form_has_a_key_of_its_own(client, neighbour):
    keys = {client.get(LIST + "new/").context["form"]["submission_key"].value() for _visit in range(2)}
    assert len(keys) == 2


def test_the_same_words_again_lead_to_the_proposal_that_is_there(client, neighbour):
    client.post(LIST + "new/", filled())
    answer = client.post(LIST + "new/", filled(), follow=True)
    assert answer.redirect_chain == [(LIST + "2020-0001/", 302)]
    assert "같은 글을 이미 보냈어요" in said(answer)


def test_a_form_that_fails_keeps_every_word_and_names_each_place(client, neighbour):
    answer = client.post(LIST + "new/", filled(problem="", wish="밝으면 좋겠어요", title="가" * 101))
    page = said(answer)
    assert answer.status_code == 200
    assert "2곳을 고쳐 주세요" in page
    assert "밝으면 좋겠어요" in page
    assert "가" * 101 in page
    assert not Proposal.objects.exists()


def test_a_stage_that_closes_while_somebody_writes_keeps_the_words(client, neighbour):
    DistrictYear.objects.update(state="priorities")
    page = said(client.post(LIST + "new/", filled()))
    assert "단계라 제안을 받지 않아요" in page
    assert "방학천에 불빛을" in page
    assert "제안 보내기" not in said(client.get(LIST + "new/"))


def test_a_script_in_a_proposal_is_shown_as_text(client, neighbour):
    client.post(LIST + "new/", filled(title=SCRIPT, problem=SCRIPT, wish=SCRIPT, place=SCRIPT))
    for address in ("", "2020-0001/", "2020-0001/received/", "2020-0001/withdraw/"):
        page = said(client.get(LIST + address))
        assert SCRIPT not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "address", ["new/", "write-down/", "2020-0001/withdraw/", "2020-0001/decline/", "import/", "imports/1/"]
)
def test_signed_out_visitors_are_led_to_sign_in_and_back(client, address):
    answer = client.get(LIST + address)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={LIST}{address}")


@pytest.mark.parametrize("address", ["write-down/", "import/"])
def test_residents_and_other_districts_officers_are_refused_with_the_reason(client, neighbour, at, address):
    answer = client.get(LIST + address)
    assert (answer.status_code, "만 할 수 있는 일이에요" in said(answer)) == (403, True)
    client.force_login(holder(Role.SUPPORT_OFFICER, at, district="nowon").person)
    answer = client.get(LIST + address)
    assert (answer.status_code, "다른 구의 일이에요" in said(answer)) == (403, True)


def test_another_district_and_a_wrong_number_have_no_such_proposal(client, neighbour):
    client.post(LIST + "new/", filled())
    assert client.get(LIST + "2020-0001/").status_code == 200
    for address in ("/districts/nowon/proposals/2020-0001/", LIST + "2020-1/", LIST + "2020-0002/"):
        assert client.get(address).status_code == 404


def test_the_name_is_short_in_public_and_gone_after_withdrawing(client, neighbour):
    client.post(LIST + "new/", filled())
    page = said(client.get(LIST + "2020-0001/"))
    assert "김○○" in page
    assert "김이웃" not in page
    answer = client.post(LIST + "2020-0001/withdraw/", follow=True)
    assert "제안을 거두었어요" in said(answer)
    assert "방학천에 불빛을" in said(answer)
    assert "김○○" not in said(answer)


def test_nobody_else_sees_or_uses_the_page_that_withdraws(client, neighbour, at):
    client.post(LIST + "new/", filled())
    client.force_login(resident(at).person)
    assert "제안 거두기" not in said(client.get(LIST + "2020-0001/"))
    assert client.post(LIST + "2020-0001/withdraw/").status_code == 403
    assert Proposal.objects.get().state == "received"


def test_declining_shows_the_reason_to_everybody(client, neighbour, at):
    client.post(LIST + "new/", filled())
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    assert "까닭을 적어 주세요" in said(client.post(LIST + "2020-0001/decline/", {"reason": " "}))
    client.post(LIST + "2020-0001/decline/", {"reason": "올해 이미 고쳐요."})
    client.logout()
    page = said(client.get(LIST + "2020-0001/"))
    assert "이번에는 함께하지 못했어요" in page
    assert "올해 이미 고쳐요." in page


def test_the_name_written_down_at_the_desk_is_for_staff_only(client, at):
    client.force_login(holder(Role.SECRETARIAT, at).person)
    client.post(LIST + "write-down/", filled(origin="desk", proposer_name="박창구"))
    assert "박창구" in said(client.get(LIST + "2020-0001/"))
    client.logout()
    for address in ("", "2020-0001/", "2020-0001/received/"):
        assert "박창구" not in said(client.get(LIST + address))


def test_staff_who_come_from_a_forum_find_it_filled_in(client, dobong, year, at):
    forum = Forum.objects.create(
        district=dobong,
        cycle=year.cycle,
        kind="dong",
        title="방학1동 공론장",
        place="동주민센터",
        starts_at=at,
        ends_at=at + timedelta(hours=2),
    )
    client.force_login(holder(Role.SUPPORT_OFFICER, at).person)
    form = client.get(LIST + f"new/?forum={forum.pk}", follow=True).context["form"]
    assert (form["origin"].value(), form["forum"].value(), form["place"].value()) == ("forum", forum.pk, "동주민센터")
    client.post(LIST + "write-down/", filled(origin="forum", forum=forum.pk))
    assert Proposal.objects.get().forum == forum


def test_a_resident_who_comes_from_a_forum_proposes_for_themselves(client, neighbour):
    assert "제안 보내기" in said(client.get(LIST + "new/?forum=1"))


def test_a_merged_proposal_tells_of_its_agenda_and_leads_there(client, neighbour, dobong, at):
    client.post(LIST + "new/", filled())
    made = Proposal.objects.get()
    officer = holder(Role.SUPPORT_OFFICER, at)
    next_day = at + timedelta(days=1)
    agenda = merge(
        proposals=[made], title="밤길", summary="불빛을 놓아요.", reason="같은 곳", actor=officer, at=next_day
    )
    events = whole_life(Proposal.objects.get())
    assert [event.kind for event in events] == ["proposed", "merged"]
    page = said(client.get(LIST + "2020-0001/"))
    assert "「밤길」 의제로 모였어요" in page
    assert f'href="{events[1].url}"' in page
    undo_merge(agenda=agenda, reason="잘못 모았어요", actor=officer, at=at + timedelta(days=2))
    assert [event.kind for event in whole_life(Proposal.objects.get())] == ["proposed", "merged", "undone"]


def test_the_page_asks_few_questions(client, dobong, at, django_assert_max_num_queries):
    actor = resident(at)
    propose(district=dobong, words=Words("제목", "글"), submission_key=uuid4(), actor=actor, at=at)
    client.force_login(actor.person)
    with django_assert_max_num_queries(10):
        client.get(LIST + "2020-0001/")
