"""Counts a Madang vote again from its published archive, on its own: python verify.py ARCHIVE.zip [RECEIPT]

Needs Python 3.11 and the package `cryptography`; shares no code with the site. Prints what it found as JSON, with a
receipt's code also what became of its ballot. Exit status: 0 all fits, 1 something does not, 2 not readable. It counts
approvals, rankings and points, by votes or points, into seats or a budget, with shares; of another rule it says that
it cannot. Begin reading at check(), which names what is looked at, in order.
"""

import base64
import hashlib
import json
import sys
import zipfile
from collections import Counter
from fractions import Fraction
from itertools import groupby
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FILES = "README.txt verify.py rules.json roll.json result.json batches.jsonl checkpoints.jsonl log.jsonl openings.jsonl"
# The digits of receipt codes, and those of Python; I and L are read as 1, O as 0.
CODE = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZILO", "0123456789abcdefghijklmnopqrstuv110")
decode = json.JSONDecoder().raw_decode  # four times as fast as json.loads
problems: list[dict[str, str]] = []


def problem(code: str, at: str, detail: str = "") -> None:
    """Notes that something does not fit, and where; README.txt says what the codes mean."""
    problems.append({"code": code, "at": at, "detail": detail})


def require(fact: bool, text: str) -> None:
    if not fact:
        raise ValueError(text)


def canonical(value: Any) -> bytes:
    """The one way in which a JSON value is written before it is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def committed(domain: str, nonce: str, content: bytes) -> str:
    """A commitment: SHA-256 over the name of its domain, 32 bytes of chance, and the content."""
    require(len(nonce) == 64, "a nonce has 32 bytes")
    return hashlib.sha256(f"madang-{domain}/1\n".encode() + bytes.fromhex(nonce) + content).hexdigest()


def signed(note: str, key: str, at: str) -> str:
    """The text of a note (c2sp.org/signed-note) that the key has signed or, with a time, cosigned; else ""."""
    name, key_id, material = key.split("+", 2)
    kind, public = base64.b64decode(material)[:1], base64.b64decode(material)[1:]
    require(hashlib.sha256(name.encode() + b"\n" + kind + public).hexdigest()[:8] == key_id, f"the key of {name}")
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        raw = base64.b64decode(line.split(" ")[2])
        if line.startswith(f"— {name} ") and raw[:4].hex() == key_id:
            time, signature = (raw[4:12], raw[12:]) if kind == b"\4" else (b"", raw[4:])
            head = f"cosignature/v1\ntime {int.from_bytes(time, 'big')}\n" if time else ""
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, f"{head}{text}\n".encode())
                return text + "\n"
            except InvalidSignature:
                problem("signature", at, name)
    return ""


def read_files(path: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and all files; each is compared with the manifest, and the manifest's signature is checked."""
    with zipfile.ZipFile(path) as archive:
        require(sorted(archive.namelist()) == sorted([*FILES.split(), "manifest.json", "manifest.note"]), "its files")
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"])
    for name in FILES.split():
        if hashlib.sha256(files[name]).hexdigest() != manifest["files"][name]["sha256"]:
            problem("file", name)
    said = f"madang-archive/1\n{manifest['log']['origin']}\n{hashlib.sha256(files['manifest.json']).hexdigest()}\n"
    if signed(files["manifest.note"].decode(), manifest["log"]["key"], "manifest.note") != said:
        problem("signature", "manifest.note")
    return manifest, files


class Log:
    """What the log says from its first line to its last, and the roots of its Merkle tree (RFC 6962)."""

    def __init__(self, election: str, lines: list[bytes], sizes: set[int]) -> None:
        self.election, self.size = election, len(lines)
        self.said: dict[str, str] = {}  # every commitment, with the kind of the last line about it
        self.live: dict[str, int] = {}  # the ballots that count, with the place of their line
        self.gone: dict[str, str] = {}  # those put out of the count, and how
        self.roots = {0: hashlib.sha256(b"").digest()}  # the root at each of the sizes asked for, and at the end
        subtrees: list[tuple[int, bytes]] = []  # full subtrees, largest first, with their heights
        for place, line in enumerate(lines):
            try:
                self.take(place, decode(line.decode())[0])
            except (ValueError, TypeError, KeyError) as error:
                problem("log", f"log.jsonl line {place + 1}", str(error))
            height, node = 0, hashlib.sha256(b"\0" + line).digest()
            while subtrees and subtrees[-1][0] == height:
                height, node = height + 1, hashlib.sha256(b"\1" + subtrees.pop()[1] + node).digest()
            subtrees.append((height, node))
            if place + 1 in sizes or place + 1 == self.size:
                for _height, left in reversed(subtrees[:-1]):
                    node = hashlib.sha256(b"\1" + left + node).digest()
                self.roots[place + 1] = node

    def take(self, place: int, leaf: dict[str, str]) -> None:
        """Takes in one line; refuses one that cannot follow what was said so far."""
        kind, commitment, ended = leaf["kind"], leaf["commitment"], leaf.get("replaces", leaf["commitment"])
        require(kind in ("opened", "cast", "paper_batch", "roll_change", "replace", "void", "batch_undone"), kind)
        require(len(leaf) == 3 + (kind == "replace") and leaf["election"] == self.election, "not of this log")
        require((kind == "opened") == (place == 0), "the log begins with its opening, once")
        if kind in ("void", "replace"):
            require(self.live.pop(ended, -1) >= 0, "the ballot it ends does not count")
            self.gone[ended] = kind
        expected = {"void": self.said.get(commitment), "batch_undone": "paper_batch"}.get(kind)
        require(self.said.get(commitment) == expected, "a commitment twice, or a batch that does not stand")
        self.said[commitment] = kind
        if kind in ("cast", "replace"):
            self.live[commitment] = place

    def of_kind(self, *kinds: str) -> list[str]:
        return [commitment for commitment, kind in self.said.items() if kind in kinds]


def check_checkpoints(manifest: dict[str, Any], notes: list[str], log: Log) -> list[str]:
    """Every checkpoint is signed, cosigned rightly and a prefix of the log; returns who cosigned the last one."""
    before, witnesses = 0, set[str]()
    for number, note in enumerate(notes, 1):
        at = f"checkpoints.jsonl line {number}"
        origin, size, root = (signed(note, manifest["log"]["key"], at) or "\n0\n").split("\n")[:3]
        right = origin == manifest["log"]["origin"] and log.roots.get(int(size)) == base64.b64decode(root)
        if not right or int(size) < before:
            problem("checkpoint", at, f"size {size}")
        before = int(size)
        witnesses = {key.split("+")[0] for key in manifest["witnesses"]["keys"] if signed(note, key, at)}
    said = (before, manifest["log"]["size"], manifest["log"]["root"])
    if said != (log.size, log.size, log.roots[log.size].hex()):
        problem("checkpoint", "log.jsonl", "the last checkpoint is not over the whole log")
    if len(witnesses) < manifest["witnesses"]["needed"]:
        problem("witness", "checkpoints.jsonl", f"{len(witnesses)} of {manifest['witnesses']['needed']}")
    return sorted(witnesses)


def check_openings(lines: list[bytes], log: Log) -> tuple[dict[str, tuple[str, str]], Counter[str]]:
    """The ballots that count (what is on it, channel) by commitment, and how many each channel has ("": closed)."""
    opened, channels = dict[str, tuple[str, str]](), Counter[str]()
    for number, line in enumerate(lines, 1):
        row = decode(line.decode())[0]
        text, channel = row["ballot"], row.get("channel", "")  # the text is {"channel":"64 digits",…choices…}
        require(text[:12] + text[76:78] == '{"channel":"",' and text[12:76].isalnum(), f"openings.jsonl line {number}")
        commitment = committed("ballot", row["nonce"], text.encode())
        if commitment not in log.live or commitment in opened:
            problem("opening", f"openings.jsonl line {number}")
            continue
        if channel and committed("channel", row["channel_nonce"], channel.encode()) != text[12:76]:
            problem("channel", f"openings.jsonl line {number}", channel)
        opened[commitment] = ("{" + text[78:], channel)
        channels[channel] += 1
    if len(opened) != len(log.live):
        problem("opening", "openings.jsonl", f"{len(log.live) - len(opened)} ballots are missing")
    return opened, channels


def check_roll(roll: dict[str, Any], closed_channels: list[str], channels: Counter[str], log: Log) -> None:
    """The roll closes, its changes are in the log, and by every channel as many have voted as ballots count."""
    frozen, closed, found = roll["frozen"], roll["closed"], list[str]()
    sizes, spent = Counter[str](frozen["by_district"]), Counter[str](closed["spent"])
    for row in roll["changes"]:
        sizes[row["change"]["district"]] += row["change"]["added"] - row["change"]["removed"]
        found.append(committed("roll-change", row["nonce"], canonical(row["change"])))
    sums = (sum(frozen["by_district"].values()), sizes.total(), sum(closed["spent_by_district"].values()))
    right = sums == (frozen["size"], closed["size"], spent.total()) and sizes == Counter(closed["by_district"])
    if not right or found != log.of_kind("roll_change"):
        problem("roll", "roll.json", "not what was frozen, and changed in the log")
    if min([*sizes.values(), *spent.values()], default=0) < 0 or not Counter(closed["spent_by_district"]) <= sizes:
        problem("roll", "roll.json closed", "more votes than voters")
    spent[""] = sum(spent.pop(channel, 0) for channel in closed_channels)
    for channel in sorted({*spent, *channels}):
        if spent[channel] != channels[channel]:
            problem("channel", channel or "closed channels", f"{spent[channel]} voters, {channels[channel]} ballots")


def check_batches(rows: list[dict[str, Any]], paper: list[str], roll: dict[str, Any], log: Log) -> None:
    """Every paper batch is the one in the log and its sums close; those that stand give the ballots on paper."""
    used, undone, overridden = Counter[str](), 0, Counter[str](roll["closed"]["overridden"])
    found = [committed("batch", row["nonce"], canonical(row["manifest"])) for row in rows]
    numbers = {row["manifest"]["number"] for row in rows}
    if sorted(found) != sorted(log.of_kind("paper_batch", "batch_undone")) or len(numbers) != len(rows):
        problem("batch", "batches.jsonl", "not the batches of the log")
    for commitment, one in zip(found, (row["manifest"] for row in rows), strict=True):
        parts = [one["used"], one["spoilt"], one["unused"], one["refused"]]
        if min(parts) < 0 or sum(parts) != one["issued"] or one["issued"] > 100:
            problem("batch", f"batch {one['number']}", f"{one['issued']} issued, {sum(parts)} accounted for")
        used[one["channel"]] += one["used"] if log.said.get(commitment) == "paper_batch" else 0
        undone += one["used"] if log.said.get(commitment) == "batch_undone" else 0
    for channel in sorted({*used, *overridden, *paper}):
        if used[channel] - overridden[channel] != roll["closed"]["spent"].get(channel, 0):
            problem("batch", channel, f"{used[channel]} in batches")
    if min(overridden.values(), default=0) < 0 or overridden.total() + undone > len(log.gone):
        problem("batch", "roll.json overridden")


def points_of(choices: Any, form: dict[str, Any], options: dict[str, int]) -> dict[str, int]:
    """What a ballot gives each option: one; ranked, one to the last and one more to each before it; or its points."""
    given = dict(choices) if form["kind"] == "points" else dict.fromkeys(reversed(choices), 1)
    if form["kind"] == "ranking":
        given = {option: place for place, option in enumerate(given, 1)}
    require(all(type(points) is int and points > 0 for points in given.values()), "its points")
    require(1 <= len(choices) == len(given) <= form["most"] and given.keys() <= options.keys(), "its choices")
    require(sum(given.values()) <= form.get("points", sys.maxsize), "its points")
    return given


def count(rules: dict[str, Any], ballots: list[tuple[str, str]]) -> dict[str, Any]:
    """The result: by falling score every option that has its least votes and still fits; equals as the rules say."""
    rule, options = rules["rule"], [one["id"] for one in rules["options"]]
    if rule["name"] not in ("approval", "points") or rules["form"]["kind"] not in ("approval", "ranking", "points"):
        problem("uncounted", rule["name"])
        return {}
    shares = rules.get("shares", {"base": "", "by": "", "parts": {"": 1}})
    parts, cost = shares["parts"], {one["id"]: 1 if "seats" in rule else one["cost"] for one in rules["options"]}
    sums, whole, votes, winners, tied = Counter[Any](), Counter[Any](), Counter[str](), list[str](), list[str]()
    for (text, channel), number in Counter(ballots).items():
        try:
            ballot = {**json.loads(text), "channel": channel}
            require((part := ballot.get(shares["by"], "")) in parts, "its group")
            for option, points in points_of(ballot["choices"], rules["form"], cost).items():
                votes[option] += number
                sums[part, option] += number * (points if rule["name"] == "points" else 1)
                whole["votes", part] += number * (points if rule["name"] == "points" else 1)
            whole["ballots", part] += number
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            problem("ballot", text, str(error))
    share = {part: Fraction(parts[part], whole[shares["base"], part] or 1) for part in parts}
    scores = {one: sum(sums[part, one] * share[part] for part in parts) + Fraction(0) for one in options}
    left, open_seats = rule.get("seats", rule.get("budget")), 0
    limits = [({*one["options"]}, one["most"]) for one in rule["limits"]]

    def fits(option: str) -> bool:
        full = any(option in group and len(group & {*winners}) >= most for group, most in limits)
        return votes[option] >= rule["least_votes"] and cost[option] <= left and not full

    for _score, group in groupby(sorted(options, key=lambda one: -scores[one]), key=lambda one: scores[one]):
        fitting = [one for one in group if fits(one)]
        if rules["ties"] == "decide" and len(fitting) > left:
            tied, open_seats = fitting, left
            break
        for one in fitting:
            if fits(one):
                winners.append(one)
                left -= cost[one]
        tied += fitting if {*fitting} - {*winners} else []
    spent = sum(cost[one] for one in winners) if "budget" in rule else 0
    shown = {one: int(score) if score.denominator == 1 else str(score) for one, score in scores.items()}
    found = {"ballots": len(ballots), "cost": spent, "open_seats": open_seats, "rule": rule["name"]}
    return {**found, "scores": shown, "tied": tied, "winners": winners}


def check(path: str, receipt: str = "") -> dict[str, Any]:
    """Looks at everything and returns the report."""
    manifest, files = read_files(path)
    rules, roll, result = (json.loads(files[name]) for name in ("rules.json", "roll.json", "result.json"))
    notes = [json.loads(line)["note"] for line in files["checkpoints.jsonl"].splitlines()]
    log = Log(manifest["election"], files["log.jsonl"].split(b"\n")[:-1], {int(note.split("\n")[1]) for note in notes})
    opening = canonical({"roll": roll["frozen"], "rules": rules})
    if [committed("opening", manifest["opening_nonce"], opening)] != log.of_kind("opened"):
        problem("log", "rules.json, roll.json", "not the rules and the roll with which the vote was opened")
    witnesses = check_checkpoints(manifest, notes, log)
    opened, channels = check_openings(files["openings.jsonl"].split(b"\n")[:-1], log)
    check_roll(roll, result["closed_channels"], channels, log)
    check_batches([json.loads(line) for line in files["batches.jsonl"].splitlines()], rules["paper"], roll, log)
    counted, decided = count(rules, list(opened.values())), result["decided"]
    settled = len(set(decided)) == counted.get("open_seats", 0) and set(decided) <= {*counted.get("tied", [])}
    if counted and (counted != result["count"] or not settled):
        problem("count", "result.json")
    head = {"election": manifest["election"], "keys": [manifest["log"]["key"], *manifest["witnesses"]["keys"]]}
    tree = {"checkpoints": len(notes), "root": log.roots[log.size].hex(), "size": log.size, "witnesses": witnesses}
    report = {**head, "log": tree, "ballots": {"by_channel": dict(channels), "total": len(opened)}, "count": counted}
    if receipt:
        digits = receipt.replace("-", "").replace(" ", "").lower()
        if len(digits) == 20 and digits.isascii() and digits.isalnum():
            digits = f"{int(digits.upper().translate(CODE), 32):025x}"
        fates = {**dict.fromkeys(log.live, "counted"), **log.gone} if len(digits) in (25, 64) else {}
        found = next((one for one in fates if one.startswith(digits)), "")
        ballot = json.loads(opened.get(found, ("{}", ""))[0])
        report["receipt"] = {"state": fates.get(found), "choices": ballot.get("choices")}
        if found not in opened and fates.get(found) not in ("replace", "void"):
            problem("receipt", receipt)
    return {"ok": not problems, **report, "decided": decided, "problems": problems}


if __name__ == "__main__":
    try:
        print(json.dumps(check(*sys.argv[1:3]), ensure_ascii=False, indent=2))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        print(f"python verify.py ARCHIVE.zip [RECEIPT]: cannot be read: {error!r}", file=sys.stderr)
        sys.exit(2)
    sys.exit(1 if problems else 0)
