"""What goes wrong outside Madang ends in a clear message and leaves nothing half done."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection

from madang.decide.agendas.models import ImportBatch, NumberRange, Proposal
from madang.decide.agendas.operations import imports
from madang.ground.audit.models import Entry
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District

MEGABYTE = 1024 * 1024


@pytest.fixture
def officer(at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.MADANG_DAY = date(2020, 5, 21)
    cycle = Cycle.objects.create(planning_year=2020)
    district = District.objects.get(slug="dobong")
    DistrictYear.objects.create(cycle=cycle, district=district, participation="carrying_out", state="find")
    return holder(Role.SUPPORT_OFFICER, at)


def rows(number: int) -> bytes:
    lines = [f"{place},제안 {place},밤길이 어두워요 {place}" for place in range(1, number + 1)]
    return "\n".join(["id,title,content", *lines]).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [21, 60])
def test_a_file_that_is_too_big_is_refused_at_its_field_and_the_page_stays(client, officer, size):
    client.force_login(officer.person)
    big = SimpleUploadedFile("제안.csv", b"x" * (size * MEGABYTE), content_type="text/csv")
    answer = client.post("/districts/dobong/proposals/import/", {"file": big})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "파일이 너무 커요. 20MB까지 올릴 수 있어요" in text
    assert 'type="file"' in text
    assert not Proposal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 broken", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"\x00\x01\x02\x03"]
)
def test_a_workbook_that_cannot_be_read_is_refused_in_words(client, officer, content):
    client.force_login(officer.person)
    file = SimpleUploadedFile("제안.xlsx", content)
    answer = client.post("/districts/dobong/proposals/import/", {"file": file})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="err"' in text
    assert "Traceback" not in text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_connection_lost_in_the_middle_of_an_import_leaves_nothing_and_a_retry_adds_all(
    officer, at, monkeypatch
):
    district = District.objects.get(slug="dobong")
    content = rows(3000)
    kept = imports.keep_proposal_file(
        content=content, name="a.csv", content_type="text/csv", district=district, actor=officer, at=at
    )
    before = Entry.objects.count()
    plain = Proposal.objects.bulk_create

    def half_then_cut(proposals, **options):
        proposals = list(proposals)
        plain(proposals[:1500], **options)
        cut_this_connection()
        return plain(proposals[1500:], **options)

    monkeypatch.setattr(Proposal.objects, "bulk_create", half_then_cut)
    take = {"district": district, "file": kept, "sha256": kept.sha256, "actor": officer, "at": at}
    with pytest.raises(DatabaseError):
        imports.import_proposals(**take)
    connection.close()
    assert (Proposal.objects.count(), ImportBatch.objects.count(), Entry.objects.count()) == (0, 0, before)
    assert not NumberRange.objects.exists()

    monkeypatch.undo()
    assert imports.import_proposals(**take).rows_added == 3000
    assert Proposal.objects.count() == 3000


def cut_this_connection() -> None:
    """End the server process behind the connection under test, as a network fault or an operator would."""
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    settings = connection.get_connection_params()
    wanted = {key: settings[key] for key in ("host", "port", "user", "password", "dbname") if settings.get(key)}
    with psycopg.connect(**wanted, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
