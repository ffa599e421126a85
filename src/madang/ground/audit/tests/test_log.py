from __future__ import annotations

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from madang.ground.audit.models import Entry
from madang.ground.audit.operations import operation
from madang.ground.people.models import Department, Person
from madang.ground.people.testing import resident
from madang.ground.places.models import District

pytestmark = pytest.mark.django_db


def newest(subject_type: str) -> Entry:
    return Entry.objects.filter(subject_type=subject_type).order_by("-id")[0]


def make_department(at, actor) -> Department:
    with operation("people.add_department", actor=actor, at=at, reason="새로 생김"):
        return Department.objects.create(district=District.objects.get(slug="dobong"), name="공원녹지과")


def test_a_change_by_an_operation_has_actor_time_reason_and_content(at):
    actor = resident(at)
    made = make_department(at, actor)
    entry = newest("people.department")
    assert (entry.operation, entry.actor_id, entry.at, entry.reason) == (
        "people.add_department",
        actor.person_id,
        at,
        "새로 생김",
    )
    assert entry.before is None
    assert entry.after["name"] == "공원녹지과"
    assert entry.subject_id == str(made.pk)


def test_a_bulk_update_is_in_the_log_with_the_changed_columns_only(at):
    made = make_department(at, resident(at))
    Department.objects.filter(pk=made.pk).update(name="공원과")
    entry = newest("people.department")
    assert (entry.change, entry.before, entry.after) == ("update", {"name": "공원녹지과"}, {"name": "공원과"})
    assert entry.operation == "direct"


def test_raw_sql_is_in_the_log(at):
    made = make_department(at, resident(at))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_department WHERE id = %s", [made.pk])
    entry = newest("people.department")
    assert (entry.change, entry.after) == ("delete", None)
    assert entry.before["name"] == "공원녹지과"


def test_an_update_that_changes_nothing_leaves_no_entry(at):
    made = make_department(at, resident(at))
    before = Entry.objects.count()
    Department.objects.filter(pk=made.pk).update(name="공원녹지과")
    assert Entry.objects.count() == before


def test_an_operation_inside_another_signs_only_its_own_rows(at):
    outer, inner = resident(at), resident(at)
    place = District.objects.get(slug="dobong")
    with operation("outer", actor=outer, at=at):
        with operation("inner", actor=inner, at=at):
            Department.objects.create(district=place, name="가")
        Department.objects.create(district=place, name="나")
    names = list(
        Entry.objects.filter(subject_type="people.department").order_by("id").values_list("operation", "actor_id")
    )
    assert names == [("inner", inner.person_id), ("outer", outer.person_id)]


def test_a_refused_operation_leaves_neither_row_nor_entry(at):
    actor = resident(at)
    before = Entry.objects.count()
    place = District.objects.get(slug="dobong")
    with pytest.raises(DatabaseError), operation("people.add_department", actor=actor, at=at):
        Department.objects.bulk_create([Department(district=place, name="가"), Department(district=place, name="가")])
    assert not Department.objects.exists()
    assert Entry.objects.count() == before


def test_names_and_addresses_never_reach_the_log(at):
    person = resident(at, name="홍보이지않음").person
    Person.objects.filter(pk=person.pk).update(name="다른이름")
    for entry in Entry.objects.filter(subject_type="people.person"):
        assert "이름" not in str(entry.after) + str(entry.before)
        assert "@" not in str(entry.after) + str(entry.before)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_log_even_to_its_owner(at, statement):
    make_department(at, resident(at))
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_application_role_may_not_change_the_log_but_may_add_to_it(at, statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.MADANG_APP_ROLE}")
        cursor.execute("SELECT count(*) FROM audit_entry")
        Entry.objects.create(at=at, operation="x", subject_type="x", subject_id="1", change="event")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)


def test_a_row_is_found_by_the_key_of_its_table_whatever_it_is_called(at):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE keyed (sha text PRIMARY KEY)")
        cursor.execute(
            "CREATE TRIGGER audit_row AFTER INSERT ON keyed"
            " FOR EACH ROW EXECUTE FUNCTION audit_row_change('', 'test.keyed', 'sha')"
        )
        cursor.execute("INSERT INTO keyed VALUES ('48d7')")
    assert Entry.objects.get(subject_type="test.keyed").subject_id == "48d7"
