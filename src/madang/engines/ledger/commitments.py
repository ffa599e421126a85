"""Commitments: a hash now, its opening later. SHA-256(domain ‖ 32-byte nonce ‖ content)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from madang.engines.ledger.canonical import canonical

OPENING_DOMAIN = b"madang-opening/1\n"
BALLOT_DOMAIN = b"madang-ballot/1\n"
CHANNEL_DOMAIN = b"madang-channel/1\n"
BATCH_DOMAIN = b"madang-batch/1\n"
BATCH_LIST_DOMAIN = b"madang-batch-list/1\n"
ROLL_DOMAIN = b"madang-roll/1\n"
ROLL_CHANGE_DOMAIN = b"madang-roll-change/1\n"
NONCE_BYTES = 32


def commitment(domain: bytes, nonce: bytes, content: bytes) -> str:
    """Return the commitment to a content as 64 hexadecimal digits; the nonce has 32 bytes."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    return hashlib.sha256(domain + nonce + content).hexdigest()


def channel_commitment(channel: str, nonce: bytes) -> str:
    """Return the commitment to a ballot's channel, so that a small channel can stay closed after the count."""
    return commitment(CHANNEL_DOMAIN, nonce, channel.encode())


def ballot_bytes(choices: Any, *, channel: str, channel_nonce: bytes, group: str = "") -> bytes:
    """Return a ballot as it is committed to: choices, channel (committed), and group where shares need it.

    ``choices``: ids of options (approval; for a ranking in order), or points by id, or marks by id and criterion.
    """
    ballot = {"channel": channel_commitment(channel, channel_nonce), "choices": choices}
    return canonical(ballot | ({"group": group} if group else {}))


def ballot_commitment(ballot: bytes, nonce: bytes) -> str:
    """Return the commitment to a ballot's bytes."""
    return commitment(BALLOT_DOMAIN, nonce, ballot)


def batch_commitment(manifest: Mapping[str, Any], nonce: bytes) -> str:
    """Return the commitment to a paper batch's manifest."""
    return commitment(BATCH_DOMAIN, nonce, canonical(dict(manifest)))


def batch_list(commitments: Iterable[str], salt: bytes) -> str:
    """Return the salted hash of a batch's ballots, which binds them without showing the choices of so few."""
    return commitment(BATCH_LIST_DOMAIN, salt, "\n".join(sorted(commitments)).encode())


def roll_list(references: Iterable[str], salt: bytes) -> str:
    """Return the salted hash of a frozen roll; whoever holds salt and list can show that it is unchanged."""
    return commitment(ROLL_DOMAIN, salt, "\n".join(sorted(references)).encode())


def roll_change_commitment(change: Mapping[str, Any], nonce: bytes) -> str:
    """Return the commitment to a change of the frozen roll."""
    return commitment(ROLL_CHANGE_DOMAIN, nonce, canonical(dict(change)))


def opening_commitment(rules: Mapping[str, Any], frozen: Mapping[str, Any], nonce: bytes) -> str:
    """Return the commitment to rules and frozen roll with which the log of an election begins."""
    return commitment(OPENING_DOMAIN, nonce, canonical({"roll": dict(frozen), "rules": dict(rules)}))
