"""A simulated election for tests: everybody's files as they would lie on clients, with witnesses and in the archive."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json import loads
from random import Random
from typing import Any

from madang.engines.ledger.archive import (
    Batch,
    BatchManifest,
    ClosedRoll,
    FrozenRoll,
    Opening,
    Records,
    RollChange,
    write_archive,
)
from madang.engines.ledger.checkpoints import Checkpoint, cosign, signed_checkpoint
from madang.engines.ledger.commitments import (
    ballot_bytes,
    ballot_commitment,
    batch_commitment,
    batch_list,
    opening_commitment,
    roll_change_commitment,
    roll_list,
)
from madang.engines.ledger.leaves import Book, Kind, Leaf, mixed
from madang.engines.ledger.notes import COSIGNATURE, Signer
from madang.engines.ledger.receipts import PROMISE_SECONDS, Receipt, signed_receipt
from madang.engines.ledger.recount.count import count_ballots
from madang.engines.ledger.tree import Tree, leaf_hash

ELECTION = "dobong-2020-1"
ORIGIN = "votes.example.org/dobong-2020-1"
WITNESSES = ("witness.example.org/press", "witness.example.net/university")
OPENED = int(datetime(2020, 6, 22, tzinfo=UTC).timestamp())
PUBLISHED = datetime(2020, 7, 6, 9, tzinfo=UTC)
CHANNELS = ("online", "mobile", "on_site")
GROUPS = ("residents", "council", "school")
DISTRICTS = ("ssangmun", "banghak", "chang")


def rules_for(options: int = 12, *, seats: int = 5, most: int = 4, **changes: Any) -> dict[str, Any]:
    """Return the rules of an approval vote; ``changes`` replace top-level parts."""
    rules: dict[str, Any] = {
        "closes_at": "2020-07-05T15:00:00Z",
        "election": ELECTION,
        "form": {"kind": "approval", "most": most},
        "format": "madang-rules/1",
        "opens_at": "2020-06-22T00:00:00Z",
        "options": [
            {"cost": 1000 * number, "id": f"a{number}", "title": {"en": f"Agenda {number}", "ko": f"의제 {number}"}}
            for number in range(1, options + 1)
        ],
        "paper": ["paper"],
        "rule": {"least_votes": 1, "limits": [], "name": "approval", "seats": seats},
        "ties": "decide",
        "title": {"en": "Priority vote", "ko": "우선순위 투표"},
    }
    return rules | changes


@dataclass
class Simulation:
    """One election while it runs; ``clients`` are the lines of the clients' files, ``seen`` those of the witnesses."""

    seed: int = 0
    rules: dict[str, Any] = field(default_factory=rules_for)
    voters: int = 300
    receipts: bool = True
    clients: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in WITNESSES})

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311
        self.log = Signer(ORIGIN, self.chance.randbytes(32))
        self.witnesses = [Signer(name, self.chance.randbytes(32), COSIGNATURE) for name in WITNESSES]
        self.kept: dict[str, Checkpoint] = {}
        self.tree, self.book = Tree(), Book(ELECTION)
        self.leaves: list[bytes] = []
        self.pending: list[Leaf] = []
        self.checkpoints: list[str] = []
        self.openings: dict[str, Opening] = {}
        self.now: dict[int, str] = {}
        self.channel_of: dict[int, str] = {}
        self.batches: list[Batch] = []
        self.batch_salts: dict[int, bytes] = {}
        self.undone: set[int] = set()
        self.overridden: Counter[str] = Counter()
        self.changes: list[RollChange] = []
        self.seconds = OPENED
        self._open()

    def _open(self) -> None:
        self.district = {person: DISTRICTS[person % 3] for person in range(self.voters)}
        listed = roll_list((f"P{person:06}" for person in range(self.voters)), self.chance.randbytes(32))
        self.frozen = FrozenRoll(Counter(self.district.values()), listed)
        self.opening_nonce = self.chance.randbytes(32)
        opened = opening_commitment(self.rules, self.frozen.as_dict(), self.opening_nonce)
        self.append([Leaf(ELECTION, Kind.OPENED, opened)])

    def append(self, leaves: list[Leaf]) -> None:
        """Put leaves into the log, as the sequencer does."""
        for leaf in leaves:
            self.book.take(leaf)
            self.leaves.append(leaf.encoded())
            self.tree.append(leaf_hash(self.leaves[-1]))

    def sequence(self, *, checkpoint: bool = True) -> None:
        """Bring what waits into the log, sign a checkpoint, and have it witnessed."""
        self.append(mixed(self.pending, self.chance))
        self.pending.clear()
        self.seconds += 10
        if not checkpoint:
            return
        note = signed_checkpoint(Checkpoint(ORIGIN, self.tree.size, self.tree.root()), self.log)
        for witness in self.witnesses:
            before = self.kept.get(witness.key.name)
            proof = self.tree.consistency(before.size) if before else []
            self.kept[witness.key.name], line = cosign(
                str(note), log_key=self.log.key, seen=before, proof=proof, witness=witness, seconds=self.seconds
            )
            note = note.with_signatures([line])
            self.seen[witness.key.name].append(str(note))
        self.checkpoints.append(str(note))

    def choices(self) -> Any:
        """Return what a voter fills in."""
        form, ids = self.rules["form"], [option["id"] for option in self.rules["options"]]
        # Popular options come first, so that there are winners.
        weights = [2 * len(ids) - place for place in range(len(ids))]
        chosen = list(dict.fromkeys(self.chance.choices(ids, weights, k=form["most"])))
        if form["kind"] == "points":
            return dict.fromkeys(chosen, form["points"] // form["most"])
        return chosen if form["kind"] == "ranking" else sorted(chosen)

    def commit(self, choices: Any, channel: str) -> str:
        """Make a ballot and return its commitment."""
        nonce, channel_nonce = self.chance.randbytes(32), self.chance.randbytes(32)
        group = self.chance.choice(GROUPS) if self.rules.get("shares", {}).get("by") == "group" else ""
        ballot = ballot_bytes(choices, channel=channel, channel_nonce=channel_nonce, group=group)
        committed = ballot_commitment(ballot, nonce)
        self.openings[committed] = Opening(ballot, nonce, channel, channel_nonce)
        return committed

    def cast(self, person: int, channel: str, *, answered: bool = True) -> None:
        """A voter casts; a ballot cast before is replaced (online, mobile) or made void (on site)."""
        choices = self.choices()
        committed = self.commit(choices, channel)
        before = self.now.get(person)
        if before is None:
            self.pending.append(Leaf(ELECTION, Kind.CAST, committed))
        elif channel == "on_site":
            self.overridden[self.channel_of[person]] += self.channel_of[person] == "paper"
            self.pending += [Leaf(ELECTION, Kind.VOID, before), Leaf(ELECTION, Kind.CAST, committed)]
        else:
            self.pending.append(Leaf(ELECTION, Kind.REPLACE, committed, before))
        self.now[person], self.channel_of[person] = committed, channel
        if self.receipts:
            line = self.client(person, channel, choices, "receipt" if answered else "none")
            line["receipt"] = self.receipt(committed, channel) if answered else None

    def client(self, person: int | None, channel: str, choices: Any, answer: str) -> dict[str, Any]:
        """Write one line of a client's file."""
        number = len(self.clients) * 2
        person_id = None if person is None else f"p{person}"
        line = {"person": person_id, "channel": channel, "choices": choices, "answer": answer, "receipt": None}
        self.clients.append(line | {"sent": number, "answered": number + 1})
        return self.clients[-1]

    def receipt(self, committed: str, channel: str) -> str:
        return signed_receipt(Receipt(ORIGIN, ELECTION, committed, channel, self.seconds + PROMISE_SECONDS), self.log)

    def batch(self, people: list[int], *, undone: bool = False) -> None:
        """Paper ballots are entered as one batch; an undone one is entered again."""
        number = len(self.batches) + 1
        slips = [(person, self.choices()) for person in people]
        committed = [self.commit(choices, "paper") for _person, choices in slips]
        salt, nonce = self.chance.randbytes(32), self.chance.randbytes(32)
        spoilt, unused = self.chance.randrange(3), self.chance.randrange(5)
        issued = len(people) + spoilt + unused
        listed = batch_list(committed, salt)
        manifest = BatchManifest(number, "paper", issued, len(people), spoilt, unused, 0, listed)
        self.batches.append(Batch(manifest, nonce))
        self.batch_salts[number] = salt
        leaf = Leaf(ELECTION, Kind.PAPER_BATCH, batch_commitment(manifest.as_dict(), nonce))
        self.pending += [leaf, *(Leaf(ELECTION, Kind.CAST, one) for one in committed)]
        if undone:
            self.undone.add(number)
            self.pending += [Leaf(ELECTION, Kind.VOID, one) for one in committed]
            self.pending.append(Leaf(ELECTION, Kind.BATCH_UNDONE, leaf.commitment))
            return
        for (person, choices), one in zip(slips, committed, strict=True):
            self.now[person], self.channel_of[person] = one, "paper"
            self.client(person, "paper", choices, "batch")
        line = self.client(None, "paper", manifest.as_dict(), "receipt")
        line["receipt"] = self.receipt(leaf.commitment, "paper")

    def change_roll(self, district: str, added: int, removed: int) -> None:
        """Two people change the frozen roll."""
        change = RollChange(district, added, removed, self.chance.randbytes(32))
        self.changes.append(change)
        committed = roll_change_commitment(change.as_dict(), change.nonce)
        self.append([Leaf(ELECTION, Kind.ROLL_CHANGE, committed)])

    def run(self, *, batch_every: int = 40, checkpoint_every: int = 1) -> Simulation:
        """Let most voters vote, some more than once, some on paper, and close."""
        people = self.chance.sample(range(self.voters), self.voters * 4 // 5)
        paper, online = people[: len(people) // 5], people[len(people) // 5 :]
        for number, person in enumerate(online):
            self.cast(person, self.chance.choice(CHANNELS), answered=self.chance.random() > 0.02)
            if self.chance.random() < 0.1 and self.channel_of[person] != "on_site":
                self.cast(person, self.chance.choice(CHANNELS))
            if number % batch_every == 0:
                self.sequence(checkpoint=number // batch_every % checkpoint_every == 0)
        for start in range(0, len(paper), 60):
            self.batch(paper[start : start + 60], undone=False)
            self.sequence()
        self.batch(paper[:7], undone=True)
        for person in paper[:2]:
            self.cast(person, "on_site")
        self.change_roll("chang", 2, 1)
        self.sequence()
        return self

    def records(self) -> Records:
        """Return what the closing ceremony hands over."""
        spent = Counter(self.channel_of.values())
        by_district = Counter(self.frozen.by_district)
        for change in self.changes:
            by_district[change.district] += change.added - change.removed
        openings = [self.openings[one] for one in self.book.live]
        counted, refused = count_ballots(self.rules, (loads(one.ballot) | {"channel": one.channel} for one in openings))
        assert not refused
        return Records(
            election=ELECTION,
            rules=self.rules,
            opening_nonce=self.opening_nonce,
            frozen=self.frozen,
            roll_changes=self.changes,
            closed=ClosedRoll(by_district, Counter(self.district[one] for one in self.now), spent, +self.overridden),
            log_key=str(self.log.key),
            witness_keys=[str(one.key) for one in self.witnesses],
            witnesses_needed=len(self.witnesses),
            leaves=self.leaves,
            checkpoints=self.checkpoints,
            openings=openings,
            batches=self.batches,
            count=counted,
            decided=counted["tied"][: counted["open_seats"]],
            decided_reason="열린 공론장에서 정했다" if counted["open_seats"] else "",
        )

    def archive(self) -> bytes:
        """Return the published archive."""
        return write_archive(self.records(), signer=self.log, at=PUBLISHED)
