"""What an archive is made of: the records of one finished election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ARCHIVE_FORMAT = "madang-archive/1"
RULES_FORMAT = "madang-rules/1"
ROLL_FORMAT = "madang-roll/1"
RESULT_FORMAT = "madang-result/1"

MANIFEST, MANIFEST_NOTE = "manifest.json", "manifest.note"
RULES, ROLL, RESULT = "rules.json", "roll.json", "result.json"
LOG, CHECKPOINTS, OPENINGS, BATCHES = "log.jsonl", "checkpoints.jsonl", "openings.jsonl", "batches.jsonl"
VERIFY, README = "verify.py", "README.txt"
# In the order in which they stand in the file.
CONTENT = (README, VERIFY, RULES, ROLL, RESULT, BATCHES, CHECKPOINTS, LOG, OPENINGS)
NAMES = (MANIFEST, MANIFEST_NOTE, *CONTENT)


@dataclass(frozen=True, slots=True)
class Opening:
    """One counted ballot opened: its committed bytes, and its channel with the nonce that hid it."""

    ballot: bytes
    nonce: bytes
    channel: str
    channel_nonce: bytes


@dataclass(frozen=True, slots=True)
class BatchManifest:
    """The sums of one paper batch: issued = used + spoilt + unused + refused (unopened, the voter had voted).

    ``ballots`` is the salted hash of the batch's commitments (``batch_list``).
    """

    number: int
    channel: str
    issued: int
    used: int
    spoilt: int
    unused: int
    refused: int
    ballots: str

    def as_dict(self) -> dict[str, Any]:
        """Return the manifest as it is committed to and published."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Batch:
    """A paper batch with the nonce of its commitment."""

    manifest: BatchManifest
    nonce: bytes


@dataclass(frozen=True, slots=True)
class RollChange:
    """A change of the frozen roll, made by two people: voters of one district added or removed."""

    district: str
    added: int
    removed: int
    nonce: bytes

    def as_dict(self) -> dict[str, Any]:
        """Return the change as it is committed to and published."""
        return {"added": self.added, "district": self.district, "removed": self.removed}


@dataclass(frozen=True, slots=True)
class FrozenRoll:
    """The roll as it was published before the opening: sizes by district, salted hash of the list."""

    by_district: Mapping[str, int]
    list_hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the frozen roll as it is committed to and published."""
        return {
            "by_district": dict(self.by_district), "list": self.list_hash, "size": sum(self.by_district.values())
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClosedRoll:
    """The roll at the close: voters and those who voted, by district and by channel.

    ``overridden`` counts ballots of a paper batch, by channel, that were put out of the count one by one.
    """

    by_district: Mapping[str, int]
    spent_by_district: Mapping[str, int]
    spent: Mapping[str, int]
    overridden: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return the closed roll as it is published."""
        return {
            "by_district": dict(self.by_district),
            "overridden": dict(self.overridden),
            "size": sum(self.by_district.values()),
            "spent": dict(self.spent),
            "spent_by_district": dict(self.spent_by_district),
        }


@dataclass(frozen=True, slots=True)
class Records:
    """Everything an archive holds, as the closing ceremony hands it over.

    ``rules`` and ``count`` are documents (``docs/ledger.md``); ``log_key`` and ``witness_keys`` are written keys;
    ``leaves`` are the log's entries in order; ``checkpoints`` are signed notes, the last over the whole log;
    ``decided`` are the options people chose where the tie was left open, with their ``decided_reason``.
    """

    election: str
    rules: Mapping[str, Any]
    opening_nonce: bytes
    frozen: FrozenRoll
    roll_changes: Sequence[RollChange]
    closed: ClosedRoll
    log_key: str
    witness_keys: Sequence[str]
    witnesses_needed: int
    leaves: Sequence[bytes]
    checkpoints: Sequence[str]
    openings: Sequence[Opening]
    batches: Sequence[Batch]
    count: Mapping[str, Any]
    decided: Sequence[str] = ()
    decided_reason: str = ""
