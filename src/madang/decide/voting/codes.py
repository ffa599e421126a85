"""Numbers people type or read out: access codes and receipts, in letters that are not mistaken for one another."""

from __future__ import annotations

import re
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
RECEIPT_LENGTH = 16


def new_code() -> str:
    """Return a random access code of ten letters (49 bits)."""
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def new_receipt() -> str:
    """Return a random receipt number of sixteen letters."""
    return "".join(secrets.choice(LETTERS) for _letter in range(RECEIPT_LENGTH))


def code_hash(election_id: int, reference: str, code: str) -> str:
    """Return the keyed hash under which an access code is stored; the key is not in the database."""
    value = f"{election_id}:{reference}:{tidy(code)}"
    return salted_hmac("madang.voting.access_code", value, algorithm="sha256").hexdigest()


def is_code(election_id: int, reference: str, code: str, stored: str) -> bool:
    """Whether a typed code is the one that was stored; an entry without a code has none."""
    return bool(stored) and constant_time_compare(code_hash(election_id, reference, code), stored)


def tidy(typed: str) -> str:
    """Return a typed code without spaces and hyphens, in capitals."""
    return re.sub(r"[^0-9A-Za-z]", "", typed).upper()


def grouped(text: str, size: int) -> list[str]:
    """Cut a code into groups that can be read out."""
    return [text[start : start + size] for start in range(0, len(text), size)]
