"""The people of one district's year, each with a browser of their own, and what the steps hand on to one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser
from tests.journeys.visitor import DESK, Visitor
from tests.journeys.yard import Yard

PLACE = "/districts/nowon/"
PLAN = f"{PLACE}plans/2021/"


@dataclass
class Journey:
    """One year in Nowon: ``accounts`` gives the e-mail of each prepared person by key."""

    yard: Yard
    browser: Browser
    accounts: dict[str, str]
    people: dict[str, Visitor] = field(default_factory=dict)
    agendas: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    election: str = ""
    meeting: str = ""

    def person(self, key: str, width: int = DESK) -> Visitor:
        """Somebody prepared, who signs in the first time they are needed."""
        if key not in self.people:
            visitor = Visitor(self.browser, self.yard.base, key, width)
            visitor.sign_in(self.accounts[key])
            self.people[key] = visitor
        return self.people[key]

    def newcomer(self, key: str, width: int = DESK) -> Visitor:
        """A browser in which nobody is signed in."""
        self.people[key] = Visitor(self.browser, self.yard.base, key, width)
        return self.people[key]

    def enter_stage(self, label: str) -> None:
        """The support officer puts the district's year into another stage."""
        support = self.person("support")
        support.go(f"{PLACE}year/stage/")
        support.check(label)
        support.press("이 단계로 옮기기")
        support.see("단계를 옮겼어요.")

    def close(self) -> None:
        for visitor in self.people.values():
            visitor.context.close()
