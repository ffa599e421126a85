"""Quorum and decision: a part of the members as a share, compared in whole numbers (BODY-13)."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from .findings import Lang
from .shares import WHOLE
from .view import View

HALF = (1, 2)


@dataclass(frozen=True, slots=True)
class Threshold:
    """More than a fraction of a whole, or at least that fraction where `over` is False."""

    part: int
    whole: int
    over: bool

    @classmethod
    def of(cls, text: str) -> Threshold:
        """Return the threshold written as "over 1/2" or "from 2/3"; raises ValueError for anything else."""
        word, _space, fraction = text.partition(" ")
        part, _slash, whole = fraction.partition("/")
        if word not in ("over", "from") or not (part.isdecimal() and whole.isdecimal() and 0 < int(part) <= int(whole)):
            raise ValueError(f"{text!r} is not a threshold")
        return cls(int(part), int(whole), word == "over")

    @classmethod
    def over_percent(cls, percent: int) -> Threshold:
        """Return more than a percentage."""
        common = gcd(percent, WHOLE)
        return cls(percent // common, WHOLE // common, True)

    def reached(self, count: int, total: int) -> bool:
        """Say whether a count of a total reaches the threshold; nobody never does."""
        if self.over:
            return count * self.whole > total * self.part
        return count > 0 and count * self.whole >= total * self.part

    def needed(self, total: int) -> int:
        """Return the smallest count of a total that reaches the threshold."""
        if self.over:
            return total * self.part // self.whole + 1
        return max(1, -(-total * self.part // self.whole))

    def words(self, lang: Lang = "ko") -> str:
        """Return the threshold in words."""
        half = (self.part, self.whole) == HALF
        if lang == "en":
            fraction = f"{self.part}/{self.whole}"
            return ("a majority" if half else f"more than {fraction}") if self.over else f"at least {fraction}"
        fraction = "절반" if half else f"{self.whole}분의 {self.part}"
        return ("과반수" if half else f"{fraction} 초과") if self.over else f"{fraction} 이상"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of the members must be present to open a meeting, and how many of those present decide."""

    present: Threshold
    decides: Threshold


def default_quorum(view: View) -> Quorum:
    """Return the quorum where no ordinance says otherwise: majority present, majority of those present decides."""
    return Quorum(
        Threshold.over_percent(view.number("bodies.quorum_present_over")),
        Threshold.over_percent(view.number("bodies.decision_over")),
    )
