from __future__ import annotations

import pytest

from madang.ground.audit.models import Entry
from madang.ground.people.models import Department
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db


def test_a_change_in_the_administration_is_in_the_log_with_its_actor_before_and_after(client, at):
    administrator = holder(Role.ADMINISTRATOR, at)
    client.force_login(administrator.person)
    place = District.objects.get(slug="dobong")
    made = Department.objects.create(district=place, name="공원과")
    answer = client.post(f"/admin/people/department/{made.pk}/change/", {"district": place.pk, "name": "공원녹지과"})
    assert answer.status_code == 302
    entry = Entry.objects.filter(subject_type="people.department").latest("id")
    assert (entry.operation, entry.actor_id) == ("site.administer", administrator.person_id)
    assert (entry.before, entry.after) == ({"name": "공원과"}, {"name": "공원녹지과"})


@pytest.mark.parametrize("role", [None, Role.SUPPORT_OFFICER, Role.CITY_OFFICER])
def test_the_administration_opens_for_administrators_only(client, at, role):
    assert client.get("/admin/").status_code == 302
    client.force_login((resident(at) if role is None else holder(role, at)).person)
    assert client.get("/admin/people/person/").status_code == 302


def test_the_log_cannot_be_changed_in_the_administration(client, at):
    client.force_login(holder(Role.ADMINISTRATOR, at).person)
    entry = Entry.objects.latest("id")
    assert client.get("/admin/audit/entry/").status_code == 200
    assert client.post(f"/admin/audit/entry/{entry.pk}/change/", {"reason": "x"}).status_code == 403
    assert client.post(f"/admin/audit/entry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403
