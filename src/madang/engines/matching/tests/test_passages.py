from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from madang.engines.matching import Reading, shared
from madang.engines.matching.text import letters

TEXT = st.text(alphabet="가나다 라마,바.\n사", max_size=60)


def test_a_passage_is_marked_in_both_texts_though_their_spaces_differ():
    a, b = "어제 중앙공원 산책로에 의자가 없어서 힘들었어요", "중앙 공원산책로에 의자가 있었으면"
    (passage,) = shared(a, b)
    assert passage.text == "중앙공원 산책로에 의자가"
    assert a[slice(*passage.in_a)] == "중앙공원 산책로에 의자가"
    assert b[slice(*passage.in_b)] == "중앙 공원산책로에 의자가"


def test_courtesy_is_no_passage():
    assert shared("의자를 놓아 주시기 부탁드립니다. 안녕하세요", "가로등을 부탁드립니다 안녕하세요") == []


def test_a_short_agreement_is_told_when_there_is_nothing_longer():
    assert [one.text for one in shared("보건소 주사", "주사를 보건소에서")] == ["보건소", "주사"]


def test_a_single_letter_of_another_word_is_cut_off():
    assert [one.text for one in shared("버리면 쓰레기통이 없어요", "들고가면 쓰레기통이 있을까요")] == ["쓰레기통이"]


def test_what_a_longer_passage_says_is_not_told_again():
    a = "골목길 가로등을 밝게. 그리고 골목길 가로등"
    assert [one.text for one in shared(a, "우리 골목길 가로등을 밝게")] == ["골목길 가로등을 밝게"]


@given(TEXT, TEXT)
@settings(deadline=None)
def test_a_passage_says_the_same_letters_in_both(a, b):
    for passage in shared(Reading(a), b):
        assert letters(a[slice(*passage.in_a)]) == letters(b[slice(*passage.in_b)]) != ""


@given(TEXT)
@settings(deadline=None)
def test_a_text_shares_all_its_letters_with_itself(text):
    if len(letters(text)) > 1:
        (first, *_rest) = sorted(shared(text, text), key=lambda one: -len(letters(one.text)))
        assert letters(first.text) == letters(text)
