"""Judges a finished election from the outside: clients' files, witnesses' files, the published archive, known keys.

    python -m tests.faults.ledger_check CLIENTS_FOLDER WITNESSES_FOLDER ARCHIVE.zip LOG_KEY

A client's file (.jsonl) has a line for each attempt, in the client's order:
    {"person": "p7", "channel": "online", "choices": [...], "answer": "receipt" | "none" | "refused" | "batch",
     "receipt": the signed receipt or null, "sent": n, "answered": n}
"none": no answer came, the ballot may count or not; "batch": a slip of paper that was entered with a batch. A batch
is a line without a person, whose choices are its manifest and whose receipt promises the manifest's commitment. A
witness's file (.jsonl) has a line {"note": checkpoint} for each checkpoint it has seen. Shares no code with the engine:
the log and the openings are read by the published verify.py.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

VERIFY = Path(__file__).resolve().parents[2] / "src" / "madang" / "engines" / "ledger" / "verify.py"
Line = Mapping[str, Any]


def independent_program(path: Path = VERIFY) -> ModuleType:
    """Load verify.py anew, with no problems noted yet."""
    spec = importlib.util.spec_from_file_location("published_verify", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Judge:
    """What is known from outside, and what was found wrong: (kind, where) pairs."""

    clients: Sequence[Line]
    witnessed: Sequence[str]
    archive: Path
    log_key: str
    found: list[tuple[str, str]] = field(default_factory=list)

    def wrong(self, kind: str, where: str) -> None:
        self.found.append((kind, where))

    def judge(self) -> list[tuple[str, str]]:
        """Return everything that is wrong; nothing when the election was honest."""
        self.program = independent_program()
        report = self.program.check(str(self.archive))
        for one in report["problems"]:
            self.wrong(one["code"], one["at"])
        self._read_archive()
        self._check_witnesses()
        promised = self._check_receipts()
        self._check_batches(promised)
        self._check_people(promised)
        self._check_channels()
        return self.found

    def _read_archive(self) -> None:
        manifest, files = self.program.read_files(str(self.archive))
        if manifest["log"]["key"] != self.log_key:
            self.wrong("key", "the archive is signed by another log")
        lines = files["log.jsonl"].split(b"\n")[:-1]
        self.log = self.program.Log(manifest["election"], lines, {size for size, _root in self._seen()})
        opened, _channels = self.program.check_openings(files["openings.jsonl"].split(b"\n")[:-1], self.log)
        self.opened = {key: json.loads(text) | {"channel": channel} for key, (text, channel) in opened.items()}
        self.roll = json.loads(files["roll.json"])
        self.manifests = {}
        for row in map(json.loads, files["batches.jsonl"].splitlines()):
            content = self.program.canonical(row["manifest"])
            self.manifests[self.program.committed("batch", row["nonce"], content)] = row["manifest"]

    def _seen(self) -> Iterable[tuple[int, bytes]]:
        for note in self.witnessed:
            text = self.program.signed(note, self.log_key, "witness")
            if text:
                yield int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2])

    def _check_witnesses(self) -> None:
        """Every checkpoint that a witness has seen is a prefix of the published log."""
        for size, root in self._seen():
            if self.log.roots.get(size) != root:
                self.wrong("witnessed", f"the checkpoint over {size} leaves")

    def _check_receipts(self) -> dict[int, str]:
        """Return the commitment that each line was promised; what was promised is in the log."""
        promised = {}
        for number, line in enumerate(self.clients):
            if line["answer"] != "receipt":
                continue
            text = self.program.signed(line["receipt"], self.log_key, "receipt")
            fields = text.split("\n")
            if len(fields) != 7 or fields[0] != "madang-receipt/1" or fields[4] != line["channel"]:
                self.wrong("receipt", f"line {number}")
                continue
            promised[number] = fields[3]
            if fields[3] not in self.log.said:
                self.wrong("lost", f"line {number}: the promised commitment is not in the log")
        return promised

    def _check_batches(self, promised: Mapping[int, str]) -> None:
        """A batch is published as it was signed, and its slips are what was counted on paper."""
        for number, commitment in promised.items():
            line = self.clients[number]
            if line["person"] is None and self.manifests.get(commitment) != line["choices"]:
                self.wrong("batch", f"line {number}: not the manifest that was signed")

    def _check_people(self, promised: Mapping[int, str]) -> None:
        """Each person has one ballot that counts, the last one acknowledged, as it was sent; nobody else has any."""
        lines_of: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.clients):
            if line["person"] is not None:
                lines_of[line["person"]].append(number)
        explained: set[str] = set()
        uncertain: list[list[tuple[str, str]]] = []
        for person, numbers in lines_of.items():
            mine = [number for number in numbers if number in promised]
            counting = [number for number in mine if promised[number] in self.opened]
            explained |= {promised[number] for number in counting}
            self._check_person(person, mine, counting, promised)
            if not counting:
                open_ones = [number for number in numbers if self.clients[number]["answer"] in ("none", "batch")]
                uncertain.append([self._key(self.clients[number]) for number in open_ones])
                if mine and not open_ones:
                    self.wrong("lost", f"{person}: acknowledged, and nothing counts")
        unexplained = [ballot for key, ballot in self.opened.items() if key not in explained]
        rest = [self._key(ballot) for ballot in unexplained]
        if _unmatched(rest, uncertain):
            self.wrong("invented", f"{len(rest)} ballots that no receipt explains")
        slips = Counter(self._key(line) for line in self.clients if line["answer"] == "batch")
        overridden = self.roll["closed"]["overridden"].get("paper", 0)
        if (slips - Counter(rest)).total() > overridden and any(channel == "paper" for channel, _choices in rest):
            self.wrong("lost", "slips of paper that do not count")

    def _key(self, line: Line) -> tuple[str, str]:
        return line["channel"], json.dumps(line["choices"])

    def _check_person(
        self, person: str, mine: Sequence[int], counting: Sequence[int], promised: Mapping[int, str]
    ) -> None:
        if len(counting) > 1:
            self.wrong("doubled", f"{person} has {len(counting)} ballots that count")
        for number in counting:
            line, ballot = self.clients[number], self.opened[promised[number]]
            if ballot["choices"] != line["choices"]:
                self.wrong("altered", f"{person}, line {number}")
            if ballot["channel"] not in ("", line["channel"]):
                self.wrong("swapped", f"{person}, line {number}")
            later = [one for one in mine if self.clients[one]["sent"] > line["answered"]]
            if later:
                self.wrong("lost", f"{person}: a later ballot was acknowledged, and an earlier one counts")

    def _check_channels(self) -> None:
        """By every channel no more people have voted than sent a ballot by it."""
        senders: dict[str, set[str]] = defaultdict(set)
        for line in self.clients:
            if line["person"] is not None and line["answer"] != "refused":
                senders[line["channel"]].add(line["person"])
        for channel, spent in self.roll["closed"]["spent"].items():
            if spent > len(senders[channel]):
                self.wrong("swapped", f"{channel}: {spent} on the roll, {len(senders[channel])} people")


def _unmatched(rest: Sequence[tuple[str, str]], uncertain: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """Say whether some ballot without receipt cannot be one that a person sent without getting an answer.

    Each person explains at most one ballot (augmenting paths). A closed channel ("") fits any channel.
    """
    wanted: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person, keys in enumerate(uncertain):
        for channel, choices in set(keys):
            wanted[channel, choices].append(person)
            wanted["", choices].append(person)
    taken: dict[int, int] = {}

    def place(ballot: int, tried: set[int]) -> bool:
        for person in wanted[rest[ballot]]:
            if person not in tried:
                tried.add(person)
                if person not in taken or place(taken[person], tried):
                    taken[person] = ballot
                    return True
        return False

    return not all(place(ballot, set()) for ballot in range(len(rest)))


def lines_in(folder: Path) -> list[Any]:
    """Return the lines of all .jsonl files in a folder."""
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def main() -> int:
    """Judge the election that the arguments name; 1 when something is wrong."""
    clients, witnesses, archive, log_key = sys.argv[1:]
    notes = [line["note"] for line in lines_in(Path(witnesses))]
    found = Judge(lines_in(Path(clients)), notes, Path(archive), log_key).judge()
    for kind, where in found:
        print(f"[{kind}] {where}")
    print(f"{len(found)} things are wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
