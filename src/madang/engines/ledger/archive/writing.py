"""Writes an archive: the same bytes for the same records, key and time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from madang.engines.counting import groups_to_show
from madang.engines.ledger.archive import model
from madang.engines.ledger.archive.model import Opening, Records
from madang.engines.ledger.archive.packing import packed
from madang.engines.ledger.canonical import canonical
from madang.engines.ledger.checkpoints import checkpoint_from
from madang.engines.ledger.commitments import ballot_commitment
from madang.engines.ledger.notes import Note, Signer, note_from

HERE = Path(__file__).resolve().parent


class UnableToWriteArchive(ValueError):
    """The records do not make an archive."""


def write_archive(records: Records, *, signer: Signer, at: datetime) -> bytes:
    """Return the archive of a finished election as a ZIP, signed with the log's key and dated ``at``.

    Channels with so few ballots that their choices would show are left closed, unless shares are by channel. Raises
    ``UnableToWriteArchive`` when the last checkpoint does not cover the log or the key is not the log's.
    """
    if str(signer.key) != records.log_key:
        raise UnableToWriteArchive("the archive is signed with the log's key")
    last = checkpoint_from(note_from(records.checkpoints[-1]).text) if records.checkpoints else None
    if last is None or last.size != len(records.leaves):
        raise UnableToWriteArchive("the last checkpoint covers the whole log")
    content = dict(_content(records))
    files = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in content.items()}
    manifest = {
        "election": records.election,
        "files": files,
        "format": model.ARCHIVE_FORMAT,
        "log": {"key": records.log_key, "origin": last.origin, "root": last.root.hex(), "size": last.size},
        "opening_nonce": records.opening_nonce.hex(),
        "published_at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "witnesses": {"keys": list(records.witness_keys), "needed": records.witnesses_needed},
    }
    written = canonical(manifest) + b"\n"
    note = str(manifest_note(written, signer))
    head = [(model.MANIFEST, written), (model.MANIFEST_NOTE, note.encode())]
    return packed([*head, *content.items()], at=at.astimezone(UTC))


def manifest_note(manifest: bytes, signer: Signer) -> Note:
    """Return the signature under a manifest."""
    return signer.sign(f"{model.ARCHIVE_FORMAT}\n{signer.key.name}\n{hashlib.sha256(manifest).hexdigest()}\n")


def closed_channels(records: Records) -> frozenset[str]:
    """Return the channels whose ballots are published without saying that they are of this channel."""
    if records.rules.get("shares", {}).get("by") == "channel":
        return frozenset()
    counted = Counter(opening.channel for opening in records.openings)
    return frozenset(counted) - groups_to_show(counted)


def _content(records: Records) -> Iterator[tuple[str, bytes]]:
    """Yield every part but the manifest, in the order in which they stand."""
    closed = closed_channels(records)
    yield model.README, (HERE / "README.txt").read_bytes()
    yield model.VERIFY, (HERE.parent / "verify.py").read_bytes()
    yield model.RULES, canonical(dict(records.rules)) + b"\n"
    yield model.ROLL, canonical(_roll(records)) + b"\n"
    yield model.RESULT, canonical(_result(records, closed)) + b"\n"
    batches = sorted(records.batches, key=lambda batch: batch.manifest.number)
    yield model.BATCHES, _lines({"manifest": one.manifest.as_dict(), "nonce": one.nonce.hex()} for one in batches)
    yield model.CHECKPOINTS, _lines({"note": note} for note in records.checkpoints)
    yield model.LOG, b"".join(leaf + b"\n" for leaf in records.leaves)
    # The order of the commitments is as good as chance and tells nothing of who came when.
    shuffled = sorted(records.openings, key=lambda one: ballot_commitment(one.ballot, one.nonce))
    yield model.OPENINGS, _lines(opening_line(one, closed) for one in shuffled)


def _roll(records: Records) -> dict[str, Any]:
    changes = [{"change": one.as_dict(), "nonce": one.nonce.hex()} for one in records.roll_changes]
    return {
        "changes": changes,
        "closed": records.closed.as_dict(),
        "election": records.election,
        "format": model.ROLL_FORMAT,
        "frozen": records.frozen.as_dict(),
    }


def _result(records: Records, closed: frozenset[str]) -> dict[str, Any]:
    return {
        "closed_channels": sorted(closed),
        "count": dict(records.count),
        "decided": list(records.decided),
        "decided_reason": records.decided_reason,
        "election": records.election,
        "format": model.RESULT_FORMAT,
    }


def opening_line(opening: Opening, closed: frozenset[str]) -> dict[str, str]:
    """Return one line of the openings; a closed channel is not named."""
    line = {"ballot": opening.ballot.decode(), "nonce": opening.nonce.hex()}
    if opening.channel in closed:
        return line
    return line | {"channel": opening.channel, "channel_nonce": opening.channel_nonce.hex()}


def _lines(documents: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(canonical(row) + b"\n" for row in documents)
