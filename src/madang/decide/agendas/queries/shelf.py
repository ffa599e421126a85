"""What each process keeps in memory for a district's year, as long as it is used."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District

T = TypeVar("T")


class Shelf(Generic[T]):
    """One thing for each district's year, made at the first use; the one unused for longest makes room."""

    def __init__(self, make: Callable[[int, int], T], most: int) -> None:
        self._make = make
        self._most = most
        self._kept: OrderedDict[tuple[int, int], T] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, district: District, cycle: Cycle) -> T:
        """Return what is kept for a district's year."""
        key = district.pk, cycle.pk
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._make(*key)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return self._kept[key]
