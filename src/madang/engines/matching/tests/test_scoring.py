"""The lists of a large collection are kept in a database: what is fetched from there must score the same."""

from __future__ import annotations

import numpy as np
import pytest

from madang.engines.matching import KINDS, Entry, Lists, asked, different, grams_wanted, scores
from madang.engines.matching.scoring import SOUNDS, SYLLABLES
from madang.engines.matching.segment import SEARCHED, Segment
from madang.engines.matching.text import CUT, letters

ENTRIES = [
    Entry("1", "지하철역에 우산 빌려주는 곳", "갑자기 비가 오면 지하철역에서 우산을 빌리고 싶어요."),
    Entry("2", "공기청정기를 버스정류장에", "미세먼지가 심한 날 버스정류장에 공기청정기가 있으면."),
    Entry("3", "따릉이 대여소 지붕", "비가 와도 젖지 않게 따릉이 대여소에 지붕을 씌웁니다."),
]


def kept(texts: list[str], kind: int) -> dict[int, np.ndarray]:
    """Return what a table of grams would hold: for each gram the numbers of the texts."""
    table: dict[int, list[int]] = {}
    for number, codes in enumerate(different(KINDS[kind], texts)):
        for code in codes.tolist():
            table.setdefault(code, []).append(number)
    return {code: np.array(numbers, np.int32) for code, numbers in table.items()}


@pytest.mark.parametrize("query", ["전철 우산", "공기쳥정기", "공공자전거지붕", "비", "우주선"])
def test_lists_that_were_fetched_score_like_those_in_memory(query):
    titles = [letters(entry.title) for entry in ENTRIES]
    wholes = [title + CUT + letters(entry.text)[:SEARCHED] for title, entry in zip(titles, ENTRIES, strict=True)]
    words = asked(query)
    wanted = [set(codes.tolist()) for codes in grams_wanted(words)]

    def fetched(texts: list[str], kind: int) -> Lists:
        table = kept(texts, kind)
        return Lists({code: table[code] for code in wanted[kind] if code in table}, len(texts))

    whole = [fetched(wholes, kind) for kind in (SYLLABLES, SOUNDS)]
    title = [fetched(titles, kind) for kind in (SYLLABLES, SOUNDS)]
    grams = np.array([len(codes) for codes in different(KINDS[SYLLABLES], wholes)])
    found = scores(words, whole, title, grams, lambda codes, kind: whole[kind].rarity(codes))

    segment = Segment(ENTRIES)
    in_memory = segment.scores(words, lambda codes, kind: whole[kind].rarity(codes))
    assert found == pytest.approx(in_memory)
    assert (found.max() > 0) == (query not in {"비", "우주선"})
