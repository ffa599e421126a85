from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.engines.matching import Entry, SearchIndex
from madang.engines.matching.asking import meant

ENTRIES = [
    Entry(
        "p1",
        "지하철역에 우산 빌려주는 곳",
        "갑자기 비가 오면 지하철역에서 우산을 빌리고 싶어요.",
        {"kind": "proposal", "year": "2019"},
    ),
    Entry(
        "p2",
        "공기청정기를 버스정류장에",
        "미세먼지가 심한 날 버스정류장에 공기청정기가 있으면.",
        {"kind": "proposal", "year": "2020"},
    ),
    Entry(
        "a1",
        "따릉이 대여소 지붕",
        "비가 와도 젖지 않게 따릉이 대여소에 지붕을 씌웁니다.",
        {"kind": "agenda", "year": "2020"},
    ),
    Entry("f1", "어르신 쉼터 공론장", "경로당과 쉼터를 어떻게 넓힐지 이야기해요.", {"kind": "forum", "year": "2020"}),
]


@pytest.fixture
def index():
    return SearchIndex(ENTRIES)


def ids(hits):
    return [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("우산 빌려주는 곳", "p1"),
        ("지하철역우산", "p1"),
        ("지하 철역 우 산", "p1"),
        ("공기쳥정기", "p2"),
        ("버스정유장 미세먼제", "p2"),
        ("전철 우산", "p1"),
        ("공공자전거 지붕", "a1"),
        ("노인 쉼터", "f1"),
    ],
)
def test_it_is_found_whatever_the_spacing_with_typing_errors_and_by_meaning(index, query, right):
    assert ids(index.search(query))[0] == right


@pytest.mark.parametrize("query", ["", "  ", "!!", "블록체인 암호화폐"])
def test_what_stands_nowhere_is_not_found(index, query):
    assert index.search(query) == []


def test_filters_leave_only_what_is_wanted(index):
    assert set(ids(index.search("대여소 비가 우산"))) == {"p1", "a1"}
    assert ids(index.search("대여소 비가 우산", filters={"kind": {"agenda"}})) == ["a1"]
    assert ids(index.search("대여소 비가 우산", filters={"kind": {"proposal", "agenda"}, "year": {"2019"}})) == ["p1"]
    assert index.search("우산", filters={"district": {"dobong"}}) == []


def test_what_was_searched_is_marked_in_title_and_text(index):
    (hit, *_rest) = index.search("지하철역 우산")
    assert [piece.text for piece in hit.title if piece.marked] == ["지하철역", "우산"]
    assert "".join(piece.text for piece in hit.title) == ENTRIES[0].title
    assert "우산" in [piece.text for piece in hit.snippet if piece.marked]


def test_a_mistyped_word_is_marked_where_the_right_one_stands(index):
    assert [piece.text for piece in index.search("공기쳥정기")[0].title if piece.marked] == ["공기청정기를"]


def test_of_a_long_text_the_place_is_shown():
    text = "앞말 " * 200 + "놀이터 바닥을 푹신하게 " + "뒷말 " * 200
    (hit,) = SearchIndex([Entry("1", "제안", text)]).search("놀이터 바닥")
    shown = "".join(piece.text for piece in hit.snippet)
    assert "놀이터 바닥" in shown
    assert shown[0] == shown[-1] == "…"
    assert len(shown) <= 122


def test_a_new_entry_is_found_at_once_and_a_removed_one_no_more(index):
    index.add(Entry("p3", "횡단보도 우산 거치대", "건널목마다 우산"))
    assert "p3" in ids(index.search("우산 거치대"))
    index.add(Entry("p3", "벤치", "의자"))
    assert "p3" not in ids(index.search("우산 거치대"))
    index.remove("p1")
    assert "p1" not in ids(index.search("지하철역 우산"))
    assert len(index) == 4


def test_many_changes_end_like_an_index_made_at_once():
    entries = [Entry(f"{number:03}", f"제안 {number}번 우산", "우산을 빌려요") for number in range(150)]
    grown = SearchIndex()
    for entry in entries:
        grown.add(entry)
    assert grown.search("제안 77번") == SearchIndex(entries).search("제안 77번")


def test_the_order_of_the_entries_changes_nothing(index):
    for query in ("우산", "쉼터 넓히기", "버스 정류장"):
        assert SearchIndex(reversed(ENTRIES)).search(query) == index.search(query)


def test_words_of_one_meaning_stand_in_for_each_other_inside_longer_ones():
    assert "지하철역" in meant("전철역")
    assert "누리집" in meant("홈페이지")
    assert meant("우주선") == ()


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_anything_can_be_searched(query):
    for hit in SearchIndex(ENTRIES).search(query):
        assert 0 < hit.score <= 1
