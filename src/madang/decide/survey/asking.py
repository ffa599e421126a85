"""Questions that depend on answers, and how answers are read and counted; without a database.

A question's number of a choice begins at 1. An answer is an int (one choice, a scale, a number), a tuple of ints
(several choices, ascending) or a str (free text); no answer is no entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from madang.engines.counting.groups import groups_to_show

Answer = int | str | tuple[int, ...]
Answers = Mapping[str, Answer]
SCALE = 5
MOST_NUMBER = 10_000_000
MOST_TEXT = 1_000
PAGE = 6


class Fault(Enum):
    """What is wrong with a question or an answer."""

    NOT_EARLIER = "not_earlier"
    NOT_COUNTABLE = "not_countable"
    NO_SUCH_CHOICE = "no_such_choice"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    ONE_ONLY = "one_only"
    TOO_LONG = "too_long"
    NOT_ASKED = "not_asked"


class UnableToRead(Exception):
    """What was typed is no answer to the question."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Asked:
    """One question: its key, its kind, how many choices, and the earlier answer on which it depends, if any."""

    key: str
    kind: str
    choices: int = 0
    required: bool = False
    depends_on: str = ""
    if_chosen: frozenset[int] = frozenset()

    @property
    def span(self) -> int:
        """Return the highest number that can be chosen, 0 where nothing is chosen."""
        return {"scale": SCALE, "single": self.choices, "multiple": self.choices}.get(self.kind, 0)


@dataclass(frozen=True)
class Tally:
    """What was answered to one question: ``asked`` people saw it, ``answered`` of them answered.

    ``counts`` are the answers by number from 1 on; ``mean`` (exact), ``median``, ``lowest`` and ``highest`` stand for
    scales and numbers only.
    """

    asked: int
    answered: int
    counts: tuple[int, ...] = ()
    mean: Fraction | None = None
    median: Fraction | None = None
    lowest: int | None = None
    highest: int | None = None


def branching_faults(questions: Sequence[Asked]) -> dict[str, Fault]:
    """Return the questions whose condition cannot work: it must name an earlier question and choices that it has.

    Because a condition may only look back, there can be no circle.
    """
    faults: dict[str, Fault] = {}
    earlier: dict[str, Asked] = {}
    for question in questions:
        if question.depends_on:
            on = earlier.get(question.depends_on)
            if on is None:
                faults[question.key] = Fault.NOT_EARLIER
            elif not on.span:
                faults[question.key] = Fault.NOT_COUNTABLE
            elif not question.if_chosen or not question.if_chosen <= set(range(1, on.span + 1)):
                faults[question.key] = Fault.NO_SUCH_CHOICE
        earlier[question.key] = question
    return faults


def shown(questions: Sequence[Asked], answers: Answers) -> list[Asked]:
    """Return the questions that somebody with these answers is asked, in order."""
    seen: dict[str, Asked] = {}
    for question in questions:
        led_here = question.depends_on in seen and question.if_chosen & _chosen(answers.get(question.depends_on))
        if not question.depends_on or led_here:
            seen[question.key] = question
    return list(seen.values())


def _chosen(answer: Answer | None) -> frozenset[int]:
    if isinstance(answer, tuple):
        return frozenset(answer)
    return frozenset({answer}) if isinstance(answer, int) else frozenset()


def fitting(questions: Sequence[Asked], answers: Answers) -> dict[str, Answer]:
    """Return the answers without those to questions that are not asked on this way through the questionnaire."""
    return {question.key: answers[question.key] for question in shown(questions, answers) if question.key in answers}


def answer_faults(questions: Sequence[Asked], answers: Answers) -> dict[str, Fault]:
    """Return what is missing, and what was answered although it is not asked."""
    asked = {question.key: question for question in shown(questions, answers)}
    faults = {key: Fault.MISSING for key, question in asked.items() if question.required and key not in answers}
    return faults | {key: Fault.NOT_ASKED for key in answers if key not in asked}


def read(question: Asked, typed: Sequence[str]) -> Answer | None:
    """Read what was typed or ticked; nothing is None. Raises ``UnableToRead``."""
    words = [word.strip() for word in typed if word.strip()]
    if not words:
        return None
    if question.kind == "text":
        text = "\n".join(words)
        if len(text) > MOST_TEXT:
            raise UnableToRead(Fault.TOO_LONG)
        return text
    numbers = [_number(word) for word in words]
    if question.kind == "multiple":
        if not all(1 <= number <= question.span for number in numbers):
            raise UnableToRead(Fault.NO_SUCH_CHOICE)
        return tuple(sorted(set(numbers)))
    if len(numbers) > 1:
        raise UnableToRead(Fault.ONE_ONLY)
    if question.span and not 1 <= numbers[0] <= question.span:
        raise UnableToRead(Fault.NO_SUCH_CHOICE)
    return numbers[0]


def _number(word: str) -> int:
    digits = word.replace(",", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(MOST_NUMBER)):
        raise UnableToRead(Fault.NOT_A_NUMBER)
    number = int(digits)
    if number > MOST_NUMBER:
        raise UnableToRead(Fault.NOT_A_NUMBER)
    return number


def pages(questions: Sequence[Asked]) -> list[list[Asked]]:
    """Return the questions in pages: no page holds a question that depends on another of the same page."""
    found: list[list[Asked]] = []
    for question in questions:
        here = {known.key for known in found[-1]} if found else set()
        if not found or len(found[-1]) >= PAGE or question.depends_on in here:
            found.append([])
        found[-1].append(question)
    return found


def tally(question: Asked, questions: Sequence[Asked], sheets: Iterable[Answers]) -> Tally:
    """Count the answers to one question over all sheets."""
    asked, given = 0, []
    for answers in sheets:
        if any(question.key == seen.key for seen in shown(questions, answers)):
            asked += 1
            if question.key in answers:
                given.append(answers[question.key])
    counts = [0] * question.span
    for answer in given:
        for number in _chosen(answer) if question.span else ():
            counts[number - 1] += 1
    if question.kind not in ("scale", "number") or not given:
        return Tally(asked, len(given), tuple(counts))
    numbers = sorted(answer for answer in given if isinstance(answer, int))
    half = len(numbers) // 2
    return Tally(
        asked,
        len(given),
        tuple(counts),
        Fraction(sum(numbers), len(numbers)),
        Fraction(numbers[half] if len(numbers) % 2 else numbers[half - 1] + numbers[half], 2 - len(numbers) % 2),
        numbers[0],
        numbers[-1],
    )


def by_group(
    question: Asked, by: Asked, questions: Sequence[Asked], sheets: Sequence[Answers], *, least: int = 20
) -> dict[int, Tally]:
    """Return the tally of a question in each group of those who chose the same in ``by``.

    Groups with fewer than ``least`` answers are left out, and so is what would give them away by subtraction.
    """
    groups: dict[str, list[Answers]] = {}
    for answers in sheets:
        chosen = answers.get(by.key)
        groups.setdefault(str(chosen) if isinstance(chosen, int) else "", []).append(answers)
    tallies = {name: tally(question, questions, members) for name, members in groups.items()}
    visible = groups_to_show({name: found.answered for name, found in tallies.items()}, least=least)
    return {int(name): tallies[name] for name in sorted(visible, key=str) if name}
