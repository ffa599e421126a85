"""Checkpoints (c2sp.org/tlog-checkpoint): a log's size and root, signed by the log and cosigned by witnesses."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from madang.engines.ledger.notes import (
    Note,
    Signature,
    Signer,
    UnableToReadNote,
    UnableToTrust,
    VerifierKey,
    check_signature,
    decoded,
    note_from,
)
from madang.engines.ledger.tree import EMPTY_ROOT, proves_consistency

SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class UnableToCosign(ValueError):
    """A witness must not sign: the checkpoint is not the log's, or not a continuation of what it has seen."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's name, its number of leaves and its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the note's text."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def checkpoint_from(text: str) -> Checkpoint:
    """Read a checkpoint from a note's text; further lines are passed over. Raises ``UnableToReadNote``."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not SIZE.fullmatch(lines[1]):
        raise UnableToReadNote("not a checkpoint")
    root = decoded(lines[2])
    if len(root) != 32:
        raise UnableToReadNote("a root has 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def signed_checkpoint(checkpoint: Checkpoint, signer: Signer) -> Note:
    """Return a checkpoint signed by the log, whose key bears the origin's name."""
    if signer.key.name != checkpoint.origin:
        raise ValueError("the log's key bears the name of its origin")
    return signer.sign(checkpoint.text())


def read_checkpoint(text: str, log_key: VerifierKey) -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint of a known log. Raises ``UnableToReadNote``, ``UnableToTrust``."""
    note = note_from(text)
    check_signature(note, log_key)
    checkpoint = checkpoint_from(note.text)
    if checkpoint.origin != log_key.name:
        raise UnableToTrust(f"a checkpoint of {checkpoint.origin}, not of {log_key.name}")
    return checkpoint, note


def cosign(
    text: str, *, log_key: VerifierKey, seen: Checkpoint | None, proof: Sequence[bytes], witness: Signer, seconds: int
) -> tuple[Checkpoint, Signature]:
    """Witness a checkpoint: check that it continues the last one seen, and sign it at a POSIX time in seconds.

    Returns what the witness keeps as seen (before it hands out the signature) and the line to add. ``proof`` is the
    consistency proof from ``seen``. Raises ``UnableToCosign``.
    """
    try:
        checkpoint, note = read_checkpoint(text, log_key)
    except (UnableToReadNote, UnableToTrust) as error:
        raise UnableToCosign(str(error)) from error
    before = seen or Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
    if before.origin != checkpoint.origin or before.size > checkpoint.size:
        raise UnableToCosign("an older checkpoint, or of another log")
    if not proves_consistency(before.size, checkpoint.size, before.root, checkpoint.root, proof):
        raise UnableToCosign("what was seen before is not a prefix of it")
    return checkpoint, witness.cosign(note.text, seconds)
