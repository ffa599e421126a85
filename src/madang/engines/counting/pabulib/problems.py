"""What is wrong in an election file, where, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Lang = Literal["ko", "en"]
MOST = 50


@dataclass(frozen=True)
class Problem:
    """A place that could not be read: its line (0: the whole file) and what was expected there."""

    line: int
    ko: str
    en: str

    def expected(self, lang: Lang) -> str:
        """Return what was expected, in a language."""
        return self.ko if lang == "ko" else self.en

    def at(self, lang: Lang) -> str:
        """Return the place in words, empty for the whole file."""
        if not self.line:
            return ""
        return f"{self.line}번째 줄" if lang == "ko" else f"line {self.line}"


class UnableToReadElection(ValueError):
    """An election file that cannot be read; ``problems`` names every place, by line (at most fifty of them)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(problems, key=lambda one: one.line)
        more = len(found) - MOST
        if more > 0:
            last = Problem(
                found[MOST].line, f"이런 곳이 여기부터 {more}군데 더 있어요", f"{more} more such places from here"
            )
            found = [*found[:MOST], last]
        self.problems = found
        super().__init__("; ".join(f"line {one.line}: {one.en}" for one in found))
