"""The checks of a recount, in order: files, log, checkpoints, openings, roll, batches, result, receipt."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from madang.engines.ledger import commitments
from madang.engines.ledger.archive.model import (
    ARCHIVE_FORMAT,
    BATCHES,
    CHECKPOINTS,
    LOG,
    MANIFEST_NOTE,
    OPENINGS,
    RESULT,
    ROLL,
    RULES,
)
from madang.engines.ledger.archive.packing import UnableToReadArchive
from madang.engines.ledger.archive.reading import Archive, read_archive
from madang.engines.ledger.canonical import UnableToReadJson, read_json
from madang.engines.ledger.checkpoints import read_checkpoint
from madang.engines.ledger.leaves import Book, Kind, UnableToAppend, UnableToReadLeaf, leaf_from
from madang.engines.ledger.notes import UnableToReadNote, UnableToTrust, VerifierKey, check_signature, key_from
from madang.engines.ledger.notes import note_from as read_note
from madang.engines.ledger.receipts import code_prefix
from madang.engines.ledger.recount.count import UnableToCountRules, count_ballots
from madang.engines.ledger.recount.report import Found, Report
from madang.engines.ledger.tree import Tree, leaf_hash

LARGEST_BATCH = 100


def recount(data: bytes, receipt: str = "") -> Report:
    """Check an archive on its own and count it again; with a receipt's code, look its ballot up.

    Raises ``UnableToReadArchive`` when the file, or a document in it, is not what an archive holds.
    """
    archive = read_archive(data)
    at = "manifest.json"
    try:
        report = Report(str(archive.manifest["election"]))
        log_key, witnesses = _keys(archive)
        report.keys = tuple(map(str, [log_key, *witnesses]))
        _check_files(archive, log_key, report)
        at = LOG
        tree, book = _read_log(archive, report)
        at = CHECKPOINTS
        _check_checkpoints(archive, log_key, witnesses, tree, report)
        at = OPENINGS
        opened = _check_openings(archive.openings, book, report)
        at = ROLL
        _check_roll(archive, book, report)
        at = BATCHES
        _check_batches(archive, book, report)
        at = f"{RULES}, {RESULT}"
        _check_result(archive, opened, report)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, UnableToReadArchive):
            raise
        text = f"{type(error).__name__}: {error}"
        raise UnableToReadArchive(at, f"정해진 꼴이어야 해요 ({text})", f"expected the set form ({text})") from error
    if receipt:
        _look_up(receipt, book, opened, report)
    return report


def _keys(archive: Archive) -> tuple[VerifierKey, list[VerifierKey]]:
    said = archive.manifest
    return key_from(said["log"]["key"]), [key_from(one) for one in said["witnesses"]["keys"]]


def _check_files(archive: Archive, log_key: VerifierKey, report: Report) -> None:
    for name in archive.altered:
        report.problem("file", name)
    digest = hashlib.sha256(archive.manifest_bytes).hexdigest()
    try:
        note = read_note(archive.manifest_note)
        check_signature(note, log_key)
        if note.text != f"{ARCHIVE_FORMAT}\n{archive.manifest['log']['origin']}\n{digest}\n":
            raise UnableToTrust("another manifest")
    except (UnableToReadNote, UnableToTrust) as error:
        report.problem("signature", MANIFEST_NOTE, str(error))


def _read_log(archive: Archive, report: Report) -> tuple[Tree, Book]:
    """Read the log: its tree, and what it says; a leaf that cannot stand there is a problem and is passed over."""
    book, tree = Book(report.election), Tree()
    for number, data in enumerate(archive.leaves, 1):
        tree.append(leaf_hash(data))
        try:
            book.take(leaf_from(data))
        except (UnableToReadLeaf, UnableToAppend) as error:
            report.problem("log", f"{LOG} line {number}", str(error))
            book.size += 1
    nonce = bytes.fromhex(archive.manifest["opening_nonce"])
    if commitments.opening_commitment(archive.rules, archive.roll["frozen"], nonce) != book.opening:
        report.problem("log", f"{RULES}, {ROLL}", "opened with others")
    report.size, report.root = tree.size, tree.root().hex()
    return tree, book


def _check_checkpoints(
    archive: Archive, log_key: VerifierKey, witnesses: Sequence[VerifierKey], tree: Tree, report: Report
) -> None:
    """Check that every checkpoint is signed and a prefix, and that enough witnesses cosigned the last one."""
    before, cosigned = 0, set[str]()
    for number, text in enumerate(archive.checkpoints, 1):
        at = f"{CHECKPOINTS} line {number}"
        try:
            checkpoint, note = read_checkpoint(text, log_key)
        except (UnableToReadNote, UnableToTrust) as error:
            report.problem("signature", at, str(error))
            continue
        if not before <= checkpoint.size <= tree.size or tree.root(checkpoint.size) != checkpoint.root:
            report.problem("checkpoint", at, f"{checkpoint.size}")
        before, cosigned = checkpoint.size, set()
        on_it = {(one.name, one.key_id) for one in note.signatures}
        for key in witnesses:
            if (key.name, key.key_id) in on_it:
                try:
                    check_signature(note, key)
                    cosigned.add(key.name)
                except UnableToTrust as error:
                    report.problem("signature", at, str(error))
    said, needed = archive.manifest["log"], archive.manifest["witnesses"]["needed"]
    if (before, said["size"], said["root"]) != (tree.size, tree.size, report.root):
        report.problem("checkpoint", LOG, f"{before}, {said['size']}, {tree.size}")
    if len(cosigned) < needed:
        report.problem("witness", CHECKPOINTS, f"{len(cosigned)} / {needed}")
    report.checkpoints, report.witnesses = len(archive.checkpoints), tuple(sorted(cosigned))


def _check_openings(rows: Sequence[bytes], book: Book, report: Report) -> dict[str, Any]:
    """Return the ballots that count, by commitment, after checking each against the log."""
    opened: dict[str, Any] = {}
    channels: Counter[str] = Counter()
    for number, data in enumerate(rows, 1):
        at = f"{OPENINGS} line {number}"
        try:
            row = read_json(data)
            ballot = read_json(row["ballot"].encode())
        except UnableToReadJson as error:
            raise UnableToReadArchive(
                at, f"엄격한 JSON이어야 해요 ({error})", f"expected strict JSON ({error})"
            ) from error
        committed = commitments.ballot_commitment(row["ballot"].encode(), bytes.fromhex(row["nonce"]))
        if committed not in book.live or committed in opened:
            report.problem("opening", at)
            continue
        channel = row.get("channel", "")
        if channel:
            nonce = bytes.fromhex(row["channel_nonce"])
            if commitments.channel_commitment(channel, nonce) != ballot["channel"]:
                report.problem("channel", at, channel)
        opened[committed] = ballot | {"channel": channel}
        channels[channel] += 1
    if len(opened) != len(book.live):
        report.problem("opening", OPENINGS, f"-{len(book.live) - len(opened)}")
    report.ballots, report.by_channel = len(opened), dict(channels)
    return opened


def _check_roll(archive: Archive, book: Book, report: Report) -> None:
    """Check that the roll closes, that its changes are in the log, and that it agrees with the ballots by channel."""
    frozen, closed = archive.roll["frozen"], archive.roll["closed"]
    sizes = Counter(frozen["by_district"])
    committed = []
    for row in archive.roll["changes"]:
        change = row["change"]
        sizes[change["district"]] += change["added"] - change["removed"]
        committed.append(commitments.roll_change_commitment(change, bytes.fromhex(row["nonce"])))
    if committed != book.roll_changes:
        report.problem("roll", f"{ROLL} changes")
    spent = Counter(closed["spent"])
    sums = (sum(frozen["by_district"].values()), sizes.total(), sum(closed["spent_by_district"].values()))
    if sums != (frozen["size"], closed["size"], spent.total()) or sizes != Counter(closed["by_district"]):
        report.problem("roll", ROLL)
    negative = min([*sizes.values(), *spent.values()], default=0) < 0
    if negative or not Counter(closed["spent_by_district"]) <= sizes:
        report.problem("roll", f"{ROLL} closed")
    _check_channels(spent, archive.result["closed_channels"], report)


def _check_channels(spent: Counter[str], closed: Sequence[str], report: Report) -> None:
    ballots = Counter(report.by_channel)
    together = sum(spent.pop(channel, 0) for channel in closed)
    for channel in sorted({*spent, *ballots} - {""}):
        if spent[channel] != ballots[channel]:
            report.problem("channel", channel, f"{spent[channel]} ≠ {ballots[channel]}")
    if together != ballots[""]:
        report.problem("channel", f"{RESULT} closed_channels", f"{together} ≠ {ballots['']}")


def _check_batches(archive: Archive, book: Book, report: Report) -> None:
    """Check each paper batch against its leaf and its own sums, and all that stand against the ballots on paper."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in archive.batches:
        manifest = row["manifest"]
        found[commitments.batch_commitment(manifest, bytes.fromhex(row["nonce"]))] = manifest
        parts = [manifest[name] for name in ("used", "spoilt", "unused", "refused")]
        if min(parts) < 0 or sum(parts) != manifest["issued"] or manifest["issued"] > LARGEST_BATCH:
            report.problem("batch", f"{manifest['number']}", f"{manifest['issued']} ≠ {sum(parts)}")
    if set(found) != set(book.batches) or len({one["number"] for one in found.values()}) != len(archive.batches):
        report.problem("batch", BATCHES)
    used: Counter[str] = Counter()
    for committed, manifest in found.items():
        if committed in book.batches and committed not in book.undone:
            used[manifest["channel"]] += manifest["used"]
    overridden, spent = Counter(archive.roll["closed"]["overridden"]), archive.roll["closed"]["spent"]
    for channel in sorted({*used, *overridden, *archive.rules["paper"]}):
        if used[channel] - overridden[channel] != spent.get(channel, 0):
            report.problem("batch", channel, f"{used[channel]} - {overridden[channel]} ≠ {spent.get(channel, 0)}")
    undone = sum(found[one]["used"] for one in book.undone if one in found)
    if min(overridden.values(), default=0) < 0 or overridden.total() + undone > len(book.gone):
        report.problem("batch", f"{ROLL} overridden")


def _check_result(archive: Archive, opened: Mapping[str, Any], report: Report) -> None:
    """Count the ballots and compare with what was published; where a tie was left to people, check their choice."""
    try:
        counted, refused = count_ballots(archive.rules, opened.values())
    except UnableToCountRules as error:
        report.problem("uncounted", RULES, str(error))
        return
    committed = list(opened)
    for place in refused:
        report.problem("ballot", committed[place])
    decided = archive.result["decided"]
    settled = len(set(decided)) == len(decided) == counted["open_seats"] and set(decided) <= set(counted["tied"])
    if counted != archive.result["count"] or not settled:
        report.problem("count", RESULT)
    report.count, report.decided = counted, tuple(decided)


def _look_up(code: str, book: Book, opened: Mapping[str, Any], report: Report) -> None:
    """Say what became of the ballot of a receipt."""
    prefix = code_prefix(code)
    for committed in [*book.live, *book.gone] if prefix else []:
        if committed.startswith(prefix or committed):
            if committed in opened:
                index = book.live[committed]
                report.receipt = Found(committed, "counted", index, opened[committed]["choices"])
            elif committed in book.gone:
                report.receipt = Found(committed, "void" if book.gone[committed] is Kind.VOID else "replace")
            else:
                report.receipt = Found(committed, "missing")
    if report.receipt is None or report.receipt.state == "missing":
        report.problem("receipt", code[:80])
