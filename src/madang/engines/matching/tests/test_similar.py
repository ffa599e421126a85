from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.engines.matching import Pair, Row, SimilarIndex, groups_of, nearest

SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
WORD = st.text(alphabet=SYLLABLES, min_size=2, max_size=5)
TEXT = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
BENCH = Row("1", "공원에 의자를 놓아 주세요", "중앙공원 산책로에 앉을 의자가 모자라 어르신이 쉬지 못합니다.")
SAME = Row("2", "산책로 의자", "어르신이 쉬도록 중앙공원 산책로에 의자가 있으면 좋겠습니다.")
LAMP = Row("3", "골목길 가로등", "밤에 어두운 골목길이 무섭습니다. 가로등을 더 밝게 해 주세요.")
LIBRARY = Row("4", "도서관 시간", "도서관 열람실을 밤 열 시까지 열어 주세요.")
ALL = (BENCH, SAME, LAMP, LIBRARY)


def rows(texts: list[tuple[str, str]]) -> list[Row]:
    return [Row(f"{number:03}", title, text) for number, (title, text) in enumerate(texts)]


def test_the_same_wish_in_other_words_is_found_and_another_is_not():
    assert [like.id for like in SimilarIndex(ALL).similar(BENCH.title, BENCH.text, but="1")] == ["2"]
    assert [(pair.a, pair.b) for pair in SimilarIndex(ALL).pairs()] == [("1", "2")]


@pytest.mark.parametrize(
    "other", ["공원에의자를놓아주세요", "공원에 의자를, 놓아 주세요!!!", "공원에 의자를 놓아주세요 감사합니다"]
)
def test_spaces_signs_and_thanks_make_no_difference(other):
    index = SimilarIndex([*ALL, Row("5", other, BENCH.text)])
    assert index.score("1", "5") == 1


def test_two_matters_under_one_printed_form_are_not_taken_for_one():
    form = "대한민국 정책을 이끄는 창의 행정에 박수를 보냅니다. 많은 관심과 토론으로 시책이 되기를 기대해 봅니다."
    index = SimilarIndex([*ALL, Row("5", "도로 포장의 배수", form), Row("6", "재난 대응 체계", form)])
    assert index.score("5", "6") < 0.5


def test_who_only_agrees_is_like_nobody_and_not_like_himself():
    index = SimilarIndex([*ALL, Row("5", "공감합니다", "공감합니다."), Row("6", "공감합니다", "동의합니다!")])
    assert index.score("5", "6") == index.score("5", "5") == 0


def test_a_new_text_is_found_at_once_and_a_removed_one_no_more():
    index = SimilarIndex([BENCH, LAMP])
    index.add(SAME)
    assert [like.id for like in index.similar(BENCH.title, BENCH.text, but="1")] == ["2"]
    index.add(Row("2", LIBRARY.title, LIBRARY.text))
    assert index.similar(BENCH.title, BENCH.text, but="1") == []
    index.remove("1")
    assert index.similar(BENCH.title, BENCH.text) == []
    assert len(index) == 2
    assert "1" not in index


def test_an_index_that_grew_ends_like_one_made_at_once():
    grown = SimilarIndex(ALL[:1])
    for row in ALL[1:]:
        grown.add(row)
    assert grown.pairs(0.1) == SimilarIndex(ALL).pairs(0.1)


def test_an_index_without_texts_finds_nothing():
    assert SimilarIndex().similar("의자", "의자") == []
    assert SimilarIndex().pairs() == []


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_likeness_is_the_same_both_ways_and_one_with_itself(texts):
    index = SimilarIndex(rows(texts))
    keys = [row.id for row in rows(texts)]
    for a in keys:
        assert index.score(a, a) == 1
        assert all(index.score(a, b) == index.score(b, a) for b in keys)
        assert all(0 <= index.score(a, b) <= 1 for b in keys)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_texts_changes_nothing(texts, random):
    given_rows = rows(texts)
    mixed = random.sample(given_rows, len(given_rows))
    assert SimilarIndex(mixed).pairs(0.05) == SimilarIndex(given_rows).pairs(0.05)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_spaces_change_nothing(texts):
    joined = [(title.replace(" ", ""), " ".join(text.replace(" ", ""))) for title, text in texts]
    assert SimilarIndex(rows(joined)).pairs(0.05) == SimilarIndex(rows(texts)).pairs(0.05)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_asking_with_a_text_gives_what_the_pairs_say(texts):
    index = SimilarIndex(rows(texts))
    said = {(pair.a, pair.b): pair.score for pair in index.pairs(0.25)}
    for row in rows(texts):
        for like in index.similar(row.title, row.text, 99, threshold=0.3, but=row.id):
            assert like.score == pytest.approx(said[min(row.id, like.id), max(row.id, like.id)], abs=2e-4)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None)
def test_any_characters_can_be_compared(title, text):
    index = SimilarIndex([*ALL, Row("x", title, text)])
    assert 0 <= index.score("x", "1") <= 1
    assert index.similar(title, text, 99, threshold=0.99, but="") is not None


def test_only_the_nearest_of_each_are_kept():
    pairs = [Pair("a", "b", 0.9), Pair("a", "c", 0.8), Pair("b", "c", 0.7), Pair("a", "d", 0.6)]
    assert nearest(pairs, 1) == [pairs[0], pairs[1], pairs[3]]
    assert nearest(pairs, 9) == pairs


def test_a_group_hangs_together_and_one_pair_does_not_chain_two():
    left = [Pair(a, b, 0.9) for a, b in ("ab", "ac", "ad", "bc", "bd", "cd")]
    right = [Pair(a, b, 0.9) for a, b in ("pq", "pr", "ps", "qr", "qs", "rs")]
    bridge = [Pair("d", "p", 0.5)]
    assert groups_of([*left, *right, *bridge]) == [["a", "b", "c", "d"], ["p", "q", "r", "s"]]
    assert groups_of([Pair("a", "b", 0.9), Pair("b", "c", 0.5)]) == [["a", "b", "c"]]
    assert groups_of([]) == []
