"""Material beforehand, the door, the paper sheet and the tables."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from madang.decide.forums.models import Material, Registration
from madang.decide.forums.operations import arriving, materials, tables
from madang.decide.forums.operations.arriving import UnableToCheckIn
from madang.decide.forums.operations.materials import UnableToGiveMaterial
from madang.decide.forums.operations.registering import register_by_phone
from madang.decide.forums.operations.tables import UnableToSetTables
from madang.decide.forums.queries import people
from madang.decide.forums.queries.qr import qr_code
from madang.decide.forums.testing import held, planned, registered
from madang.ground.notices.models import Notice
from madang.ground.people.permissions import NotAllowed
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(at):
    return holder(Role.SUPPORT_OFFICER, at)


@pytest.fixture
def strangers(at):
    return [resident(at), holder(Role.COUNCIL_MEMBER, at), holder(Role.SECRETARIAT, at, district="nowon")]


def material_of(forum, officer, at, **fields) -> Material:
    return materials.add_material(
        **{"forum": forum, "title": "골목 지도", "text": "네 곳"} | fields, actor=officer, at=at
    )


def test_material_reaches_everyone_registered_and_the_record_says_who_and_when(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at)
    register_by_phone(forum=forum, name="박전화", phone="1", consent=True, actor=officer, at=at)
    material = material_of(forum, officer, at)
    assert people.materials_of(forum) == []
    assert materials.send_material(material=material, actor=officer, at=at) == 1
    assert materials.send_material(material=material, actor=officer, at=at) == 0
    material.refresh_from_db()
    assert materials.note_handed_out(material=material, actor=officer, at=at) == 1
    late = registered(forum, at)
    sent = people.materials_of(forum)[0]
    assert (sent.by_notice, sent.by_hand, people.material_days_before(forum)) == (2, 1, 7)
    assert set(material.sendings.values_list("registration_id", flat=True)) >= {one.pk, late.pk}
    assert Notice.objects.filter(person=one.person, subject__endswith="자료가 왔어요").count() == 1


def test_nobody_else_adds_sends_or_takes_out_material(at, officer, strangers):
    forum = planned(at, officer)
    material = material_of(forum, officer, at)
    for other in strangers:
        with pytest.raises(NotAllowed):
            material_of(forum, other, at)
        for step in (materials.send_material, materials.note_handed_out, materials.remove_material):
            with pytest.raises(NotAllowed):
                step(material=material, actor=other, at=at)
    materials.remove_material(material=material, actor=officer, at=at)
    assert not forum.materials.exists()


def test_empty_material_and_material_taken_out_after_it_was_sent_are_refused(at, officer):
    forum = planned(at, officer)
    with pytest.raises(UnableToGiveMaterial) as refusal:
        material_of(forum, officer, at, text=" ")
    assert refusal.value.field == "text"
    material = material_of(forum, officer, at)
    with pytest.raises(UnableToGiveMaterial, match="먼저"):
        materials.note_handed_out(material=material, actor=officer, at=at)
    materials.send_material(material=material, actor=officer, at=at)
    material.refresh_from_db()
    with pytest.raises(UnableToGiveMaterial, match="뺄 수 없"):
        materials.remove_material(material=material, actor=officer, at=at)


def test_a_file_is_the_officers_until_it_is_sent_and_then_everyones(client, at, officer, settings, tmp_path):
    settings.MADANG_DAY, settings.MEDIA_ROOT = date(2020, 5, 21), tmp_path
    forum = planned(at, officer)
    client.force_login(officer.person)
    place = f"/districts/dobong/forums/{forum.pk}"
    file = SimpleUploadedFile("골목.txt", "골목".encode(), "text/html")
    client.post(f"{place}/manage/materials/", {"title": "골목", "file": file})
    material = Material.objects.get()
    address = f"{place}/materials/{material.pk}/file"
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    client.logout()
    assert client.get(address).status_code == 404
    client.force_login(officer.person)
    client.post(f"{place}/manage/materials/{material.pk}/", {"step": "send"})
    client.logout()
    assert client.get(address).content == "골목".encode()


def test_people_are_checked_in_by_code_by_name_and_as_they_come(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum = held(at, officer, starts_at=at.replace(hour=0), ends_at=at + timedelta(days=1))
    one, two = registered(forum, at, "김하나"), registered(forum, at, "이둘")
    client.force_login(officer.person)
    place = f"/districts/dobong/forums/{forum.pk}/desk/"
    assert "김하나" in client.get(f"{place}code/{one.token}/").content.decode()
    assert client.get(f"{place}code/{one.token[:-1]}x/").status_code == 404
    assert "이둘" in client.post(place, {"step": "find", "name": "둘"}).content.decode()
    client.post(f"{place}{two.pk}/")
    client.post(place, {"step": "walk_in", "origin": "groups", "gender": "male", "age": "40s"})
    assert people.seats_of(forum).arrived == 2
    counts = people.counts_of(people.arrived(forum))
    assert (counts["origin"]["groups"], counts["origin"]["residents"], counts["age"]["unknown"]) == (1, 1, 1)
    client.post(f"{place}{two.pk}/", {"step": "undo"})
    assert people.seats_of(forum).arrived == 1
    page = client.get(f"/districts/dobong/forums/{forum.pk}/record/").content.decode()
    assert 'name="origin_groups" value="1"' in page


def test_the_own_code_opens_nothing_for_the_one_who_carries_it(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    one = registered(held(at, officer), at)
    client.force_login(one.person)
    assert client.get(f"/districts/dobong/forums/{one.forum_id}/desk/code/{one.token}/").status_code == 403


def test_nobody_else_keeps_the_door(at, officer, strangers):
    forum = held(at, officer)
    one = registered(forum, at)
    for other in strangers:
        for step in (arriving.check_in, arriving.undo_check_in):
            with pytest.raises(NotAllowed):
                step(registration=one, actor=other, at=at)
        with pytest.raises(NotAllowed):
            arriving.walk_in(forum=forum, actor=other, at=at)
        with pytest.raises(NotAllowed):
            arriving.enter_sheet(forum=forum, numbers=[one.pk], actor=other, at=at)
    assert arriving.check_in(registration=one, actor=officer, at=at) is True
    assert arriving.check_in(registration=one, actor=officer, at=at) is False


def test_the_door_opens_three_hours_before_and_names_need_consent(at, officer):
    forum = planned(at, officer)
    one = registered(forum, at)
    with pytest.raises(UnableToCheckIn, match="세 시간"):
        arriving.check_in(registration=one, actor=officer, at=forum.starts_at - timedelta(hours=4))
    assert arriving.check_in(registration=one, actor=officer, at=forum.starts_at - timedelta(hours=2))
    with pytest.raises(UnableToCheckIn) as refusal:
        arriving.walk_in(forum=forum, name="오현장", actor=officer, at=forum.starts_at)
    assert refusal.value.field == "consent"


def test_a_walk_in_takes_a_seat_but_is_not_among_the_registered(at, officer):
    forum = held(at, officer, capacity=3)
    registered(forum, at)
    arriving.walk_in(forum=forum, actor=officer, at=at)
    seats = people.seats_of(forum)
    assert (seats.registered, seats.arrived, seats.left) == (1, 1, 1)


def test_the_paper_sheet_is_printed_and_entered_once(client, at, officer, settings):
    settings.MADANG_DAY = date(2020, 5, 21)
    forum = held(at, officer)
    one, _two = registered(forum, at, "김하나"), registered(forum, at, "이둘")
    client.force_login(officer.person)
    answer = client.get(f"/districts/dobong/forums/{forum.pk}/desk/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "김하나" in text
    client.post(f"/districts/dobong/forums/{forum.pk}/desk/sheet/", {"signed": [one.pk, "x"]})
    assert people.seats_of(forum).arrived == 1
    assert arriving.enter_sheet(forum=forum, numbers=[one.pk], actor=officer, at=at) == 0


def test_people_are_spread_over_tables_and_moved_by_hand(at, officer, strangers):
    forum = planned(at, officer)
    several = [registered(forum, at) for _number in range(5)]
    with pytest.raises(UnableToSetTables, match="먼저"):
        tables.spread_evenly(forum=forum, actor=officer, at=at)
    tables.set_tables(forum=forum, tables=[("밤길", "이진행"), ("쉴 곳", "")], actor=officer, at=at)
    assert tables.spread_evenly(forum=forum, actor=officer, at=at) == 5
    assert [table.seats.count() for table in forum.tables.all()] == [3, 2]
    tables.seat_people(forum=forum, seats={several[0].pk: 2, several[1].pk: None}, actor=officer, at=at)
    assert Registration.objects.get(pk=several[0].pk).table.number == 2
    with pytest.raises(UnableToSetTables):
        tables.seat_people(forum=forum, seats={several[0].pk: 9}, actor=officer, at=at)
    for other in strangers:
        with pytest.raises(NotAllowed):
            tables.set_tables(forum=forum, tables=[], actor=other, at=at)
        with pytest.raises(NotAllowed):
            tables.seat_people(forum=forum, seats={}, actor=other, at=at)
        with pytest.raises(NotAllowed):
            tables.spread_evenly(forum=forum, actor=other, at=at)
    tables.set_tables(forum=forum, tables=[("밤길", "")], actor=officer, at=at)
    assert Registration.objects.filter(table=None, forum=forum).count() == 3


def test_a_qr_code_is_a_path_that_says_every_dark_module():
    code = qr_code("https://madang.example/b/4821")
    matrix = segno.make("https://madang.example/b/4821", error="q", micro=False).matrix
    drawn = sum(int(stroke.split("h")[1].split("v")[0]) for stroke in code.path.split("M")[1:])
    assert drawn == sum(sum(row) for row in matrix)
    assert code.size == len(matrix) + 4
