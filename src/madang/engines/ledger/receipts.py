"""Receipts: a signed promise that a ballot's commitment is in the log by a stated time."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from madang.engines.ledger.leaves import HASH
from madang.engines.ledger.notes import Signer, UnableToReadNote, VerifierKey, check_signature, note_from

HEAD = "madang-receipt/1"
PROMISE_SECONDS = 60
CODE_LENGTH = 20
# Crockford's digits: no I, L, O, U; what is easily misread is read as what was meant.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps: the commitment, the channel, and until when (POSIX seconds) it must be in the log."""

    origin: str
    election: str
    commitment: str
    channel: str
    due: int

    def text(self) -> str:
        """Return the text that is signed."""
        return f"{HEAD}\n{self.origin}\n{self.election}\n{self.commitment}\n{self.channel}\n{self.due}\n"

    @property
    def code(self) -> str:
        return receipt_code(self.commitment)


def signed_receipt(receipt: Receipt, signer: Signer) -> str:
    """Return a receipt as a signed note; the same receipt gives the same bytes."""
    if signer.key.name != receipt.origin:
        raise ValueError("the log's key bears the name of its origin")
    return str(signer.sign(receipt.text()))


def read_receipt(text: str, log_key: VerifierKey) -> Receipt:
    """Read a receipt of a known log. Raises ``UnableToReadNote``, ``UnableToTrust``."""
    note = note_from(text)
    check_signature(note, log_key)
    lines = note.text.split("\n")
    sound = len(lines) == 7 and lines[0] == HEAD and lines[1] == log_key.name and lines[5].isdecimal()
    if not sound or not HASH.fullmatch(lines[3]):
        raise UnableToReadNote("not a receipt")
    return Receipt(lines[1], lines[2], lines[3], lines[4], int(lines[5]))


def receipt_code(commitment: str) -> str:
    """Return the short code of a commitment: its first 100 bits as five groups of four."""
    bits = int(commitment[:25], 16)
    digits = "".join(DIGITS[(bits >> shift) & 31] for shift in range(95, -1, -5))
    return "-".join(digits[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def code_prefix(code: str) -> str | None:
    """Return the first hexadecimal digits of the commitment that a typed code means, or None for no code.

    A code is the short code in any case, with any spaces and dashes, or the whole commitment.
    """
    typed = re.sub(r"[\s-]", "", code)
    if HASH.fullmatch(typed.lower()):
        return typed.lower()
    digits = typed.upper().translate(MISREAD)
    if len(digits) != CODE_LENGTH or any(digit not in DIGITS for digit in digits):
        return None
    bits = 0
    for digit in digits:
        bits = bits << 5 | DIGITS.index(digit)
    return f"{bits:025x}"


def encoded_proof(proof: list[bytes]) -> list[str]:
    """Return a proof as base64 lines, as receipt pages show it."""
    return [base64.b64encode(step).decode() for step in proof]
