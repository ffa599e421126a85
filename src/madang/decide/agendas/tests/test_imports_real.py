"""Try the import on 4,892 real proposals that stand beside the repository; skipped where they do not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from madang.decide.agendas.models import NumberRange, Proposal
from madang.decide.agendas.operations.imports import UnableToImportTwice, import_proposals, keep_proposal_file
from madang.decide.agendas.queries.imports import preview
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
FILE = ROOT.parent / "shared" / "data" / "democracy_seoul" / "free_proposals.jsonl"
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not FILE.is_file(), reason="the real proposals are not here")]


def test_4892_real_proposals_come_in_whole_and_a_second_time_adds_none(at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    dobong = District.objects.get(slug="dobong")
    cycle = Cycle.objects.create(planning_year=2020)
    DistrictYear.objects.create(cycle=cycle, district=dobong, participation="carrying_out", state="find")
    officer = holder(Role.SUPPORT_OFFICER, at)
    content = FILE.read_bytes()

    seen = preview(content, FILE.name, district=dobong, at=at)
    assert (seen.read, len(seen.rows), len(seen.known)) == (4892, 4790, 0)
    assert Counter(row.cause for row in seen.rejected) == {"empty_content": 101, "long_title": 1}
    assert all(row.outside_id and row.row for row in seen.rejected)

    given = {"district": dobong, "actor": officer, "at": at}
    file = keep_proposal_file(content=content, name=FILE.name, content_type="application/jsonl", **given)
    batch = import_proposals(file=file, sha256=file.sha256, **given)
    assert (batch.rows_read, batch.rows_added, batch.rows_rejected) == (4892, 4790, 102)
    assert (Proposal.objects.count(), NumberRange.objects.get(kind="proposal").last) == (4790, 4790)
    assert Proposal.objects.filter(proposed_at=at).count() == 0

    with pytest.raises(UnableToImportTwice):
        import_proposals(file=file, sha256=file.sha256, **given)
    other = keep_proposal_file(content=content + b"\n", name=FILE.name, content_type="", **given)
    again = preview(content + b"\n", FILE.name, district=dobong, at=at)
    assert (len(again.rows), len(again.known), again.changed) == (0, 4790, [])
    with pytest.raises(Exception, match="새로 더할 제안이 없어요"):
        import_proposals(file=other, sha256=other.sha256, **given)
    assert Proposal.objects.count() == 4790
