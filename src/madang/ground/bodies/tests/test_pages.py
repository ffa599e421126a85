from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.ground.bodies import operations
from madang.ground.bodies.models import Meeting, MotionVote
from madang.ground.bodies.testing import council, seat
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 21)


@pytest.fixture(autouse=True)
def _day(settings) -> None:
    settings.MADANG_DAY = DAY


@pytest.fixture
def body(db):
    return council()


def _url(name: str, *args) -> str:
    return reverse(f"bodies:{name}", args=["dobong", *args])


def test_everybody_sees_a_body_in_numbers_without_names(client, body) -> None:
    page = client.get(_url("body", body.pk)).content.decode()
    assert "위원1" not in page
    assert "위○○" in page
    assert "80.00%" in page


def test_staff_sees_the_names(client, body, at) -> None:
    client.force_login(holder(Role.SECRETARIAT, at).person)
    assert "위원1" in client.get(_url("body", body.pk)).content.decode()


def test_a_body_of_another_district_is_not_here(client, body) -> None:
    assert client.get(reverse("bodies:body", args=["mapo", body.pk])).status_code == 404


def test_calling_a_meeting_is_for_staff_of_the_district(client, body, at) -> None:
    assert client.get(_url("call", body.pk)).status_code == 302
    client.force_login(holder(Role.SECRETARIAT, at, district="mapo").person)
    assert client.get(_url("call", body.pk)).status_code == 403
    client.force_login(holder(Role.SECRETARIAT, at).person)
    sent = {"title": "협치회의", "place": "구청", "day": "2020-05-22", "hour": "14:00"}
    assert client.post(_url("call", body.pk), sent).status_code == 302
    assert Meeting.objects.get().title == "협치회의"


def test_a_meeting_runs_from_the_first_member_to_the_minutes(client, body, at) -> None:
    staff = holder(Role.SECRETARIAT, at)
    neighbour = resident(at)
    own = seat(body, neighbour.person)
    meeting = operations.call_meeting(
        body=body, title="회의", place="구청", held_at=at + timedelta(hours=2), actor=staff, at=at
    )
    here = (body.pk, meeting.pk)
    client.force_login(staff.person)
    few = client.post(_url("open", *here), {"present": [own.pk]})
    assert few.status_code == 409
    assert "과반수" in few.content.decode()
    everybody = list(body.members.values_list("pk", flat=True))
    client.post(_url("open", *here), {"present": everybody})
    client.post(_url("put_motion", *here), {"title": "첫 안건"})
    motion = meeting.motions.get()
    client.force_login(neighbour.person)
    assert "찬성" in client.get(_url("meeting", *here)).content.decode()
    client.post(_url("votes", *here, motion.pk), {f"ballot-{own.pk}": "yes"})
    other = everybody[-1]
    assert client.post(_url("votes", *here, motion.pk), {f"ballot-{other}": "yes"}).status_code == 403
    client.force_login(staff.person)
    client.post(_url("votes", *here, motion.pk), {f"ballot-{pk}": "yes" for pk in everybody[1:]})
    client.post(_url("decide", *here, motion.pk))
    client.post(_url("close", *here), {"minutes": "모두 찬성했다."})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.motions.get().state) == ("closed", "carried")
    assert MotionVote.objects.count() == 10
    client.logout()
    page = client.get(_url("meeting", *here)).content.decode()
    assert "위원2" not in page
    assert "<b>10</b>" in page


def test_the_list_costs_the_same_whatever_its_length(client, body, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        client.get(_url("bodies"))
