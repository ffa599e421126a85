"""The archive: the same bytes for the same records, read back whole, and refused when it is anything else."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections import Counter
from datetime import timedelta

import pytest

from madang.engines.ledger import Signer, UnableToReadArchive, UnableToWriteArchive, read_archive, write_archive
from madang.engines.ledger.archive.model import NAMES
from madang.engines.ledger.testing import ORIGIN, PUBLISHED, Simulation


@pytest.fixture(scope="module")
def election() -> Simulation:
    return Simulation(seed=2, voters=150).run()


@pytest.fixture(scope="module")
def archive(election: Simulation) -> bytes:
    return election.archive()


def rezipped(archive: bytes, **changed: bytes | None) -> bytes:
    """The archive with parts replaced, added, or (None) left out; a double underscore stands for a dot."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    parts |= {name.replace("__", "."): content for name, content in changed.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def test_the_same_records_give_the_same_bytes(election: Simulation, archive: bytes) -> None:
    records = election.records()
    assert write_archive(records, signer=election.log, at=PUBLISHED) == archive
    assert write_archive(records, signer=election.log, at=PUBLISHED + timedelta(days=1)) != archive


def test_what_was_written_is_read_back(election: Simulation, archive: bytes) -> None:
    read = read_archive(archive)
    assert read.leaves == election.leaves
    assert read.checkpoints == election.checkpoints
    assert read.rules == election.rules
    assert len(read.openings) == len(election.book.live)
    assert [row["manifest"]["number"] for row in read.batches] == list(range(1, len(election.batches) + 1))
    assert read.altered == ()
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        assert sorted(file.namelist()) == sorted(NAMES)


def test_the_order_of_the_openings_tells_nothing_of_the_order_of_voting(election: Simulation, archive: bytes) -> None:
    shuffled = election.records()
    turned = list(reversed(shuffled.openings))
    assert write_archive(_with_openings(election, turned), signer=election.log, at=PUBLISHED) == archive


def _with_openings(election: Simulation, openings):
    from dataclasses import replace

    return replace(election.records(), openings=openings)


def test_no_person_stands_in_the_archive(election: Simulation, archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert not any(f"P{person:06}".encode() in everything for person in range(150))


def test_small_channels_are_opened_without_their_name() -> None:
    election = Simulation(seed=4, voters=400).run()
    few = [person for person, channel in election.channel_of.items() if channel == "mobile"]
    assert len(few) > 20
    records = election.records()
    keep = set(few[:7])
    # Most of the mobile voters vote again at another place, so that seven remain.
    for person in few:
        if person not in keep:
            election.cast(person, "online")
    election.sequence()
    records = election.records()
    rows = [json.loads(row) for row in read_archive(write_archive(records, signer=election.log, at=PUBLISHED)).openings]
    shown = Counter(row.get("channel", "") for row in rows)
    result = read_archive(election.archive()).result
    assert "mobile" in result["closed_channels"]
    assert shown["mobile"] == 0
    assert shown[""] >= 20 or not set(shown) - {""}
    assert all("channel_nonce" in row for row in rows if "channel" in row)


def test_only_the_logs_key_signs_an_archive_and_only_of_a_whole_log(election: Simulation) -> None:
    from dataclasses import replace

    records = election.records()
    with pytest.raises(UnableToWriteArchive):
        write_archive(records, signer=Signer(ORIGIN, b"x" * 32), at=PUBLISHED)
    with pytest.raises(UnableToWriteArchive):
        write_archive(replace(records, leaves=records.leaves[:-1]), signer=election.log, at=PUBLISHED)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"log__jsonl": None}, "log.jsonl"),
        ({"evil__py": b"x"}, "'evil.py'"),
        ({"../rules__json": b"x"}, "'../rules.json'"),
        ({"rules__json": b"{}\n"}, "rules.json format"),
        ({"rules__json": b'{"format": "madang-rules/1"}\n'}, "rules.json"),
        ({"rules__json": b'{"a":1,"a":1}\n'}, "rules.json"),
        ({"rules__json": b"[1]\n"}, "rules.json"),
        ({"log__jsonl": b"no newline"}, "log.jsonl"),
        ({"checkpoints__jsonl": b'{"note":1}\n'}, "checkpoints.jsonl line 1"),
        ({"manifest__note": b"\xff"}, "manifest.note"),
        ({"openings__jsonl": b"0" * 60_000_000}, "openings.jsonl"),
    ],
)
def test_what_an_archive_does_not_hold_is_refused_at_its_place(
    archive: bytes, changed: dict[str, bytes | None], at: str
) -> None:
    with pytest.raises(UnableToReadArchive) as refused:
        read_archive(rezipped(archive, **changed))
    assert refused.value.at == at
    assert refused.value.ko
    assert refused.value.en


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 1000])
def test_a_file_that_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnableToReadArchive):
        read_archive(data)


def test_a_damaged_zip_and_a_link_in_it_are_refused(archive: bytes) -> None:
    middle = len(archive) // 2
    with pytest.raises(UnableToReadArchive):
        read_archive(archive[:middle] + bytes(64) + archive[middle + 64 :])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            new.writestr(info, old.read(name))
    with pytest.raises(UnableToReadArchive):
        read_archive(target.getvalue())
