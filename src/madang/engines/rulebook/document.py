"""Reading untrusted documents: every problem is collected with its JSON path and what was expected there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .findings import Lang

LARGEST_AMOUNT = 10**12


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in a document that cannot be read, and what was expected there."""

    at: str
    expected_ko: str
    expected_en: str

    def expected(self, lang: Lang = "ko") -> str:
        """Return what was expected, in one language."""
        return self.expected_ko if lang == "ko" else self.expected_en


class UnableToReadPlan(ValueError):
    """Raised when a plan document cannot be read; `problems` lists every place at once."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.at}: {problem.expected_en}" for problem in self.problems))


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which of its keys were written more than once."""

    repeated: tuple[str, ...] = ()


def parse_json(text: bytes | str) -> Any:
    """Parse a UTF-8 JSON document strictly: no NaN, repeated keys remembered; raises UnableToReadPlan."""
    try:
        written = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(written, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        problem = Problem(f"byte {error.start}", "UTF-8 글자여야 해요", "expected UTF-8 text")
    except json.JSONDecodeError as error:
        at = f"line {error.lineno} column {error.colno}"
        problem = Problem(at, f"JSON이어야 해요 ({error.msg})", f"expected JSON ({error.msg})")
    except (ValueError, RecursionError):
        problem = Problem(
            "$", "너무 크거나 깊은 값이 있어요", "expected values that are neither too large nor too deep"
        )
    raise UnableToReadPlan([problem])


def _pairs(pairs: list[tuple[str, Any]]) -> JsonObject:
    """Build an object and remember repeated keys."""
    found = JsonObject(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        found.repeated = tuple(sorted({name for name in names if names.count(name) > 1}))
    return found


def _no_constant(name: str) -> Any:
    """Refuse NaN and the infinities, which JSON does not have."""
    raise json.JSONDecodeError(f"{name} is not a number", name, 0)


def step(at: str, key: str) -> str:
    """Return the JSON path of a key below a path."""
    return f"{at}.{key}" if key.isidentifier() else f"{at}[{json.dumps(key)}]"


class Reader:
    """Reads values out of a document and notes every problem instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, at: str, ko: str, en: str) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(at, ko, en))

    def mapping(self, value: Any, at: str, known: Collection[str]) -> dict[str, Any]:
        """Return an object, noting anything else, repeated keys and unknown keys (with the nearest known one)."""
        if not isinstance(value, dict):
            self.refuse(at, "객체({ })여야 해요", "expected an object")
            return {}
        for name in getattr(value, "repeated", ()):
            self.refuse(step(at, name), "같은 항목을 두 번 적었어요", "expected each key once")
        for name in value:
            if not isinstance(name, str) or name not in known:
                near = get_close_matches(str(name), list(known), n=1)
                self.refuse(
                    step(at, str(name)),
                    "모르는 항목이에요" + (f" (‘{near[0]}’인가요?)" if near else ""),
                    "unknown key" + (f", did you mean '{near[0]}'?" if near else ""),
                )
        return value

    def rows(self, found: dict[str, Any], key: str, at: str) -> Iterator[tuple[Any, str]]:
        """Yield the entries of a list with their paths; notes anything that is not a list."""
        value = found.get(key)
        if not isinstance(value, list):
            self.refuse(step(at, key), "목록([ ])이어야 해요", "expected a list")
            return
        for number, entry in enumerate(value):
            yield entry, f"{step(at, key)}[{number}]"

    def text(self, value: Any, at: str, *, empty: bool = True) -> str:
        """Return a text, noting anything else, an empty one where it may not be, and broken Unicode."""
        if not isinstance(value, str):
            self.refuse(at, "글자여야 해요", "expected text")
            return ""
        if not empty and not value.strip():
            self.refuse(at, "비어 있으면 안 돼요", "expected text that is not empty")
        try:
            value.encode()
        except UnicodeEncodeError:
            self.refuse(at, "올바른 유니코드 글자여야 해요", "expected valid Unicode text")
            return ""
        return value

    def choice(self, value: Any, at: str, known: Collection[str]) -> str | None:
        """Return one of the known words, noting anything else with the nearest one."""
        if isinstance(value, str) and value in known:
            return value
        near = get_close_matches(value, list(known), n=1) if isinstance(value, str) else []
        self.refuse(
            at,
            f"{', '.join(known)} 가운데 하나여야 해요" + (f" (‘{near[0]}’인가요?)" if near else ""),
            f"expected one of {', '.join(known)}" + (f"; did you mean '{near[0]}'?" if near else ""),
        )
        return None

    def truth(self, value: Any, at: str) -> bool:
        """Return true or false, noting anything else."""
        if not isinstance(value, bool):
            self.refuse(at, "true 또는 false여야 해요", "expected true or false")
        return value is True

    def whole(self, value: Any, at: str) -> int:
        """Return an amount in whole thousand won, noting anything negative, fractional, too large or not a number."""
        if type(value) is not int or not 0 <= value <= LARGEST_AMOUNT:
            self.refuse(at, "0 이상의 정수(천원)여야 해요", "expected a whole number of thousand won, not negative")
            return 0
        return value

    def year(self, value: Any, at: str, known: Collection[int]) -> int | None:
        """Return a known year, noting anything else."""
        if type(value) is int and value in known:
            return value
        years = ", ".join(str(year) for year in known)
        self.refuse(at, f"아는 연도여야 해요 ({years})", f"expected a known year ({years})")
        return None

    def require(self, found: dict[str, Any], key: str, at: str) -> bool:
        """Say whether a key is there, noting it when it is not."""
        if key in found:
            return True
        self.refuse(step(at, key), "꼭 있어야 하는 항목이에요", "expected this key")
        return False
