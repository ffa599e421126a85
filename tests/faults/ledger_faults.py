"""Faults to plant: in a published archive (by somebody who can sign its manifest anew), and in a whole election."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

from madang.engines.ledger import (
    Checkpoint,
    Leaf,
    Receipt,
    Tree,
    leaf_from,
    leaf_hash,
    signed_checkpoint,
    signed_receipt,
)
from madang.engines.ledger.archive import Batch, Records, write_archive
from madang.engines.ledger.archive.packing import packed, unpacked
from madang.engines.ledger.archive.writing import manifest_note
from madang.engines.ledger.canonical import canonical
from madang.engines.ledger.commitments import batch_commitment
from madang.engines.ledger.leaves import Kind
from madang.engines.ledger.testing import ELECTION, ORIGIN, PUBLISHED, Simulation

Files = dict[str, list[Any]]


# ---- Faults in the published files; the programs find them without anything else


def tampered(simulation: Simulation, fault: str, seed: int = 0) -> bytes:
    """Return the archive with one fault in it, its manifest made and signed anew."""
    parts = dict(unpacked(simulation.archive()))
    files: Files = {}
    for name, content in parts.items():
        if name.endswith(".jsonl"):
            files[name] = content.split(b"\n")[:-1]
        elif name.endswith(".json"):
            files[name] = [json.loads(content)]
    PUBLISHED_FAULTS[fault](files, Random(seed))
    for name, rows in files.items():
        parts[name] = b"".join((row if isinstance(row, bytes) else canonical(row)) + b"\n" for row in rows)
    manifest = json.loads(parts["manifest.json"])
    for name, said in manifest["files"].items():
        said |= {"bytes": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
    parts["manifest.json"] = canonical(manifest) + b"\n"
    parts["manifest.note"] = str(manifest_note(parts["manifest.json"], simulation.log)).encode()
    return packed(parts.items(), at=PUBLISHED)


def _ballot_line(files: Files, chance: Random) -> int:
    """Return the place of a leaf that casts a ballot."""
    casts = [place for place, leaf in enumerate(files["log.jsonl"]) if b'"cast"' in leaf]
    return chance.choice(casts)


def _edit(files: Files, name: str, chance: Random, change: Callable[[dict[str, Any]], None]) -> None:
    place = chance.randrange(len(files[name]))
    row = json.loads(files[name][place])
    change(row)
    files[name][place] = canonical(row)


def _lose(files: Files, chance: Random) -> None:
    del files["log.jsonl"][_ballot_line(files, chance)]


def _hide(files: Files, chance: Random) -> None:
    """A ballot is not opened, and the roll says so."""
    row = json.loads(files["openings.jsonl"].pop(chance.randrange(len(files["openings.jsonl"]))))
    closed = files["roll.json"][0]["closed"]
    closed["spent"][row["channel"]] -= 1
    place = max(closed["spent_by_district"], key=lambda one: closed["spent_by_district"][one])
    closed["spent_by_district"][place] -= 1


def _double(files: Files, chance: Random) -> None:
    rows = files["openings.jsonl"]
    rows.insert(chance.randrange(len(rows)), chance.choice(rows))


def _double_leaf(files: Files, chance: Random) -> None:
    leaf = files["log.jsonl"][_ballot_line(files, chance)]
    files["log.jsonl"].append(leaf)


def _alter(files: Files, chance: Random) -> None:
    def change(row: dict[str, Any]) -> None:
        ballot = json.loads(row["ballot"])
        ballot["choices"] = ["a12"] if ballot["choices"] != ["a12"] else ["a11"]
        row["ballot"] = canonical(ballot).decode()

    _edit(files, "openings.jsonl", chance, change)


def _truncate(files: Files, chance: Random) -> None:
    del files["log.jsonl"][-chance.randrange(1, 20) :]


def _reorder(files: Files, chance: Random) -> None:
    log = files["log.jsonl"]
    one = chance.randrange(1, len(log) - 1)
    log[one], log[one + 1] = log[one + 1], log[one]


def _swap(files: Files, chance: Random) -> None:
    """Two ballots change channels, so that the totals still close."""
    rows = [json.loads(row) for row in files["openings.jsonl"]]
    chance.shuffle(rows)
    one = rows[0]
    other = next(row for row in rows if row["channel"] != one["channel"])
    one["channel"], other["channel"] = other["channel"], one["channel"]
    one["channel_nonce"], other["channel_nonce"] = other["channel_nonce"], one["channel_nonce"]
    files["openings.jsonl"] = [canonical(row) for row in rows]


def _shift(files: Files, chance: Random) -> None:
    spent = files["roll.json"][0]["closed"]["spent"]
    one, other = chance.sample(sorted(spent), 2)
    spent[one], spent[other] = spent[one] - 1, spent[other] + 1


def _batch(files: Files, chance: Random) -> None:
    def change(row: dict[str, Any]) -> None:
        row["manifest"]["spoilt"] += 1
        row["manifest"]["issued"] += 1

    _edit(files, "batches.jsonl", chance, change)


def _unwitness(files: Files, chance: Random) -> None:
    last = json.loads(files["checkpoints.jsonl"][-1])
    last["note"] = "\n".join(last["note"].split("\n")[:-2]) + "\n"
    files["checkpoints.jsonl"][-1] = canonical(last)


def _winners(files: Files, chance: Random) -> None:
    count = files["result.json"][0]["count"]
    losers = sorted(set(count["scores"]) - set(count["winners"]))
    count["winners"][-1] = chance.choice(losers)


def _rules(files: Files, chance: Random) -> None:
    files["rules.json"][0]["rule"]["least_votes"] = 0


PUBLISHED_FAULTS: dict[str, Callable[[Files, Random], None]] = {
    "a leaf is lost": _lose,
    "a ballot is not opened": _hide,
    "a ballot is opened twice": _double,
    "a leaf stands twice": _double_leaf,
    "a ballot is altered": _alter,
    "the log is truncated": _truncate,
    "the log is reordered": _reorder,
    "ballots are swapped between channels": _swap,
    "voters are moved between channels": _shift,
    "a batch is changed after signing": _batch,
    "a witness is missing": _unwitness,
    "the result is altered": _winners,
    "the rules are altered": _rules,
}


# ---- Faults of a whole election: log and archive are consistent and signed; only those outside can tell


def dishonest(simulation: Simulation, fault: str, seed: int = 0) -> tuple[list[dict[str, Any]], list[str], bytes]:
    """Return clients' lines, witnesses' checkpoints and archive of an election with one fault."""
    return ELECTION_FAULTS[fault](simulation, Random(seed))


def honest(simulation: Simulation) -> tuple[list[dict[str, Any]], list[str], bytes]:
    """Return clients' lines, witnesses' checkpoints and archive of an election."""
    return deepcopy(simulation.clients), _seen(simulation), simulation.archive()


def _seen(simulation: Simulation) -> list[str]:
    return [note for notes in simulation.seen.values() for note in notes]


def _counted(simulation: Simulation, clients: list[dict[str, Any]], chance: Random) -> list[dict[str, Any]]:
    """Return the lines of acknowledged ballots that count, in an order of chance."""
    live = set(simulation.book.live)
    lines = [one for one in clients if one["answer"] == "receipt" and one["receipt"].split("\n")[3] in live]
    chance.shuffle(lines)
    return lines


def _resigned(simulation: Simulation, records: Records) -> bytes:
    """Return an archive over another log, with a checkpoint of its own; its witnesses look away."""
    tree = Tree(leaf_hash(leaf) for leaf in records.leaves)
    note = signed_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root()), simulation.log)
    for witness in simulation.witnesses:
        note = note.with_signatures([witness.cosign(note.text, simulation.seconds)])
    return write_archive(replace(records, checkpoints=[str(note)]), signer=simulation.log, at=PUBLISHED)


def _never_logged(simulation: Simulation, chance: Random) -> Any:
    clients, seen, archive = honest(simulation)
    receipt = Receipt(ORIGIN, ELECTION, chance.randbytes(32).hex(), "online", simulation.seconds)
    line = {"person": "p999999", "channel": "online", "choices": ["a1"], "answer": "receipt", "sent": 0, "answered": 1}
    return [*clients, line | {"receipt": signed_receipt(receipt, simulation.log)}], seen, archive


def _two_count(simulation: Simulation, chance: Random) -> Any:
    clients, seen, archive = honest(simulation)
    one, other = _counted(simulation, clients, chance)[:2]
    one["person"] = other["person"]
    return clients, seen, archive


def _recorded_otherwise(simulation: Simulation, chance: Random) -> Any:
    clients, seen, archive = honest(simulation)
    line = _counted(simulation, clients, chance)[0]
    line["choices"] = ["a12"] if line["choices"] != ["a12"] else ["a11"]
    return clients, seen, archive


def _cut(simulation: Simulation, chance: Random) -> Any:
    archive = simulation.archive()
    later = deepcopy(simulation)
    for person in range(3):
        later.cast(simulation.voters + person, "online")
    later.sequence()
    return later.clients, _seen(later), archive


def _turned(simulation: Simulation, chance: Random) -> Any:
    clients, seen, _archive = honest(simulation)
    records = simulation.records()
    leaves = list(records.leaves)
    casts = [
        place for place, leaf in enumerate(leaves[:-1]) if all(b'"cast"' in one for one in leaves[place : place + 2])
    ]
    one = chance.choice(casts)
    leaves[one], leaves[one + 1] = leaves[one + 1], leaves[one]
    return clients, seen, _resigned(simulation, replace(records, leaves=leaves))


def _other_channel(simulation: Simulation, chance: Random) -> Any:
    clients, seen, archive = honest(simulation)
    line = next(one for one in _counted(simulation, clients, chance) if one["channel"] == "online")
    receipt = Receipt(ORIGIN, ELECTION, line["receipt"].split("\n")[3], "mobile", simulation.seconds)
    line |= {"channel": "mobile", "receipt": signed_receipt(receipt, simulation.log)}
    return clients, seen, archive


def _other_batch(simulation: Simulation, chance: Random) -> Any:
    clients, seen, _archive = honest(simulation)
    records = simulation.records()
    standing = [one for one in records.batches if one.manifest.number not in simulation.undone]
    old = chance.choice(standing)
    new = Batch(replace(old.manifest, spoilt=old.manifest.spoilt + 1, issued=old.manifest.issued + 1), old.nonce)
    before = batch_commitment(old.manifest.as_dict(), old.nonce)
    leaf = Leaf(ELECTION, Kind.PAPER_BATCH, batch_commitment(new.manifest.as_dict(), new.nonce)).encoded()
    leaves = [leaf if leaf_from(one).commitment == before else one for one in records.leaves]
    batches = [new if one is old else one for one in records.batches]
    return clients, seen, _resigned(simulation, replace(records, leaves=leaves, batches=batches))


def _invented(simulation: Simulation, chance: Random) -> Any:
    clients, seen, archive = honest(simulation)
    people = Counter(one["person"] for one in clients)
    line = next(one for one in _counted(simulation, clients, chance) if people[one["person"]] == 1)
    clients.remove(line)
    return clients, seen, archive


ELECTION_FAULTS: dict[str, Callable[[Simulation, Random], Any]] = {
    "lost": _never_logged,
    "doubled": _two_count,
    "altered": _recorded_otherwise,
    "truncated": _cut,
    "reordered": _turned,
    "swapped between channels": _other_channel,
    "batch changed after signing": _other_batch,
    "invented": _invented,
}
EXPECTED = {
    "lost": "lost",
    "doubled": "doubled",
    "altered": "altered",
    "truncated": "lost",
    "reordered": "witnessed",
    "swapped between channels": "swapped",
    "batch changed after signing": "batch",
    "invented": "invented",
}
