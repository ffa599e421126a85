"""Reads an archive into its documents, strictly, without judging what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang.engines.ledger.archive import model
from madang.engines.ledger.archive.packing import UnableToReadArchive, unpacked
from madang.engines.ledger.canonical import UnableToReadJson, read_canonical

MOST_ROWS = 5_000_000
LONGEST_ROW = 256 * 1024


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive as read: documents, rows, and the names of files that differ from the signed manifest."""

    manifest: Mapping[str, Any]
    manifest_bytes: bytes
    manifest_note: str
    rules: Mapping[str, Any]
    roll: Mapping[str, Any]
    result: Mapping[str, Any]
    leaves: list[bytes]
    checkpoints: list[str]
    openings: list[bytes]
    batches: list[Mapping[str, Any]]
    altered: tuple[str, ...]


def read_archive(data: bytes) -> Archive:
    """Read an archive. Raises ``UnableToReadArchive`` naming the part and what was expected in it."""
    files = unpacked(data)
    manifest = _document(files, model.MANIFEST, model.ARCHIVE_FORMAT)
    listed = _listed(manifest)
    altered = tuple(name for name in model.CONTENT if hashlib.sha256(files[name]).hexdigest() != listed.get(name))
    return Archive(
        manifest=manifest,
        manifest_bytes=files[model.MANIFEST],
        manifest_note=_text(files, model.MANIFEST_NOTE),
        rules=_document(files, model.RULES, model.RULES_FORMAT),
        roll=_document(files, model.ROLL, model.ROLL_FORMAT),
        result=_document(files, model.RESULT, model.RESULT_FORMAT),
        leaves=_rows(files, model.LOG),
        checkpoints=[_note(row, number) for number, row in enumerate(_documents(files, model.CHECKPOINTS), 1)],
        openings=_rows(files, model.OPENINGS),
        batches=_documents(files, model.BATCHES),
        altered=altered,
    )


def _listed(manifest: Mapping[str, Any]) -> dict[str, str]:
    files = manifest.get("files")
    if not isinstance(files, dict) or not all(isinstance(one, dict) for one in files.values()):
        raise UnableToReadArchive(f"{model.MANIFEST} files", "파일의 목록이어야 해요", "expected the list of files")
    return {name: str(one.get("sha256")) for name, one in files.items()}


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        raise UnableToReadArchive(name, "UTF-8이어야 해요", "expected UTF-8") from error


def _document(files: Mapping[str, bytes], name: str, expected: str) -> dict[str, Any]:
    """Return one canonical JSON document of a format."""
    document = _read(files[name].removesuffix(b"\n"), name)
    if document.get("format") != expected:
        raise UnableToReadArchive(f"{name} format", f"{expected}이어야 해요", f"expected {expected}")
    return document


def _read(data: bytes, at: str) -> dict[str, Any]:
    try:
        document = read_canonical(data)
    except UnableToReadJson as error:
        raise UnableToReadArchive(
            at, f"정규 JSON이어야 해요 ({error})", f"expected canonical JSON ({error})"
        ) from error
    if not isinstance(document, dict):
        raise UnableToReadArchive(at, "JSON 객체여야 해요", "expected a JSON object")
    return document


def _rows(files: Mapping[str, bytes], name: str) -> list[bytes]:
    """Return the lines of a file, each ended by a newline."""
    data = files[name]
    if data and not data.endswith(b"\n"):
        raise UnableToReadArchive(name, "줄바꿈으로 끝나야 해요", "expected a newline at the end")
    rows = data.split(b"\n")[:-1]
    if len(rows) > MOST_ROWS or any(len(row) > LONGEST_ROW for row in rows):
        raise UnableToReadArchive(name, "줄이 너무 많거나 길어요", "too many lines, or too long ones")
    return rows


def _documents(files: Mapping[str, bytes], name: str) -> list[Mapping[str, Any]]:
    return [_read(row, f"{name} line {number}") for number, row in enumerate(_rows(files, name), 1)]


def _note(row: Mapping[str, Any], number: int) -> str:
    note = row.get("note")
    if not isinstance(note, str):
        at = f"{model.CHECKPOINTS} line {number}"
        raise UnableToReadArchive(at, "note가 있어야 해요", "expected a note")
    return note
