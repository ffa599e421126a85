"""What a recount says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Lang = Literal["ko", "en"]
WORDS: Mapping[str, tuple[str, str]] = {
    "file": ("파일이 서명된 것과 달라요", "The file is not the one that was signed"),
    "signature": ("서명이 맞지 않아요", "A signature does not fit"),
    "log": ("기록에 있을 수 없는 줄이에요", "The entry cannot stand in the log"),
    "checkpoint": ("기록이 서명된 때의 기록과 달라요", "The log is not the one that was signed"),
    "witness": ("참관자의 확인이 모자라요", "Too few witnesses have cosigned"),
    "opening": ("공개된 표가 기록과 맞지 않아요", "The opened ballots do not fit the log"),
    "channel": ("투표 방법별 수가 맞지 않아요", "The totals by channel do not close"),
    "roll": ("명부의 수가 맞지 않아요", "The figures of the roll do not close"),
    "batch": ("종이 투표 묶음이 맞지 않아요", "The paper batch does not reconcile"),
    "ballot": ("규칙에 맞지 않는 표예요", "The rules do not allow this ballot"),
    "count": ("다시 센 결과가 공개된 결과와 달라요", "The published result is not what the ballots give"),
    "uncounted": ("이 규칙으로는 다시 셀 수 없어요", "This rule cannot be counted again"),
    "receipt": ("접수 번호의 표를 찾지 못했어요", "The receipt's ballot is not in the archive"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit: what kind (a key of ``WORDS``), where, and a detail in figures."""

    code: str
    at: str
    detail: str = ""

    def message(self, lang: Lang) -> str:
        """Return the problem as a sentence."""
        text = WORDS[self.code][lang == "en"]
        return f"{text} ({self.detail})." if self.detail else f"{text}."

    def as_dict(self) -> dict[str, str]:
        """Return the problem for JSON."""
        return {
            "code": self.code, "at": self.at, "detail": self.detail, "ko": self.message("ko"), "en": self.message("en")
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a receipt's ballot: counted, replace (by a later one), void, or missing; and its choices."""

    commitment: str
    state: Literal["counted", "replace", "void", "missing"]
    index: int | None = None
    choices: Any = None

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass
class Report:
    """The recount of one archive; ``by_channel`` has the ballots of closed channels together under ""."""

    election: str
    keys: tuple[str, ...] = ()
    size: int = 0
    root: str = ""
    checkpoints: int = 0
    witnesses: tuple[str, ...] = ()
    ballots: int = 0
    by_channel: Mapping[str, int] = field(default_factory=dict)
    count: Mapping[str, Any] = field(default_factory=dict)
    decided: tuple[str, ...] = ()
    receipt: Found | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def problem(self, code: str, at: str, detail: str = "") -> None:
        """Note that something does not fit."""
        self.problems.append(Problem(code, at, detail))

    def as_dict(self) -> dict[str, Any]:
        """Return the report for JSON."""
        tree = {"checkpoints": self.checkpoints, "root": self.root, "size": self.size}
        said = {
            "ok": self.ok,
            "election": self.election,
            "keys": list(self.keys),
            "log": tree | {"witnesses": list(self.witnesses)},
            "ballots": {"by_channel": dict(self.by_channel), "total": self.ballots},
            "count": dict(self.count),
            "decided": list(self.decided),
            "problems": [one.as_dict() for one in self.problems],
        }
        return said | ({"receipt": self.receipt.as_dict()} if self.receipt else {})
