"""Signed notes and their Ed25519 keys, as c2sp.org/signed-note and c2sp.org/tlog-cosignature lay them down."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
LARGEST_NOTE = 64 * 1024
MOST_SIGNATURES = 64
NAME = re.compile(r"[^\s+]{1,200}")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class UnableToReadNote(ValueError):
    """The text is not a signed note, a key or a checkpoint in the form it must have."""


class UnableToTrust(ValueError):
    """No signature of the expected key is on the note, or it does not fit."""


def decoded(text: str) -> bytes:
    """Return what standard base64 stands for, in its one strict form. Raises ``UnableToReadNote``."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnableToReadNote("not base64") from error
    if base64.b64encode(data).decode() != text:
        raise UnableToReadNote("not canonical base64")
    return data


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; ``algorithm`` 1 signs notes, 4 cosigns checkpoints with a time."""

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.algorithm]) + self.public).decode()}"


def key_from(text: str) -> VerifierKey:
    """Read a key as it is written: name+id+base64. Raises ``UnableToReadNote``."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise UnableToReadNote("a key is written name+id+base64")
    material = decoded(parts[2])
    if len(material) != 33 or material[0] not in (ED25519, COSIGNATURE):
        raise UnableToReadNote("not an Ed25519 key")
    key = VerifierKey(parts[0], material[0], material[1:])
    if key.key_id.hex() != parts[1]:
        raise UnableToReadNote("the key's id does not fit")
    return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line; ``data`` follows the key id (for a cosignature: eight bytes of time, then 64)."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.data).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def with_signatures(self, more: Iterable[Signature]) -> Note:
        """Return the note with further signatures, each once."""
        return Note(self.text, tuple(dict.fromkeys([*self.signatures, *more])))


def note_from(text: str) -> Note:
    """Read a signed note. Raises ``UnableToReadNote``."""
    if len(text) > LARGEST_NOTE or CONTROL.search(text):
        raise UnableToReadNote("too long, or control characters")
    body, gap, lines = text.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise UnableToReadNote("no signatures")
    signatures = []
    for line in lines[:-1].split("\n"):
        found = re.fullmatch(r"— (\S+) (\S+)", line)
        if not found or not NAME.fullmatch(found[1]):
            raise UnableToReadNote("not a signature line")
        data = decoded(found[2])
        if len(data) < 5:
            raise UnableToReadNote("a signature too short")
        signatures.append(Signature(found[1], data[:4], data[4:]))
    if len(signatures) > MOST_SIGNATURES:
        raise UnableToReadNote("too many signatures")
    return Note(body + "\n", tuple(signatures))


class Signer:
    """Signs with one Ed25519 key: notes under algorithm 1, cosignatures under 4; ``seed`` has 32 bytes."""

    def __init__(self, name: str, seed: bytes, algorithm: int = ED25519) -> None:
        if not NAME.fullmatch(name) or algorithm not in (ED25519, COSIGNATURE):
            raise ValueError("a key has a name without spaces and plus, and algorithm 1 or 4")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = VerifierKey(name, algorithm, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Note:
        """Return a text as a signed note; the text ends with a newline."""
        if self.key.algorithm != ED25519:
            raise ValueError("this key only cosigns")
        if not text.endswith("\n") or CONTROL.search(text):
            raise ValueError("a note's text ends with a newline and has no control characters")
        return Note(text, (self._line(self._private.sign(text.encode())),))

    def cosign(self, text: str, seconds: int) -> Signature:
        """Return a cosignature/v1 line for a checkpoint's text, at a POSIX time in seconds."""
        if self.key.algorithm != COSIGNATURE:
            raise ValueError("this key does not cosign")
        return self._line(seconds.to_bytes(8, "big") + self._private.sign(cosigned(text, seconds)))

    def _line(self, data: bytes) -> Signature:
        return Signature(self.key.name, self.key.key_id, data)


def cosigned(text: str, seconds: int) -> bytes:
    """Return the message of a cosignature/v1."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def check_signature(note: Note, key: VerifierKey) -> int | None:
    """Return the time of a valid cosignature, None for a valid plain signature. Raises ``UnableToTrust``."""
    for signature in note.signatures:
        if (signature.name, signature.key_id) == (key.name, key.key_id):
            return _check(note.text, signature.data, key)
    raise UnableToTrust(f"no signature of {key.name}")


def _check(text: str, data: bytes, key: VerifierKey) -> int | None:
    seconds, message = None, text.encode()
    if key.algorithm == COSIGNATURE:
        seconds, data = int.from_bytes(data[:8], "big"), data[8:]
        message = cosigned(text, seconds)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(data, message)
    except (InvalidSignature, ValueError) as error:
        raise UnableToTrust(f"the signature of {key.name} does not fit") from error
    return seconds
