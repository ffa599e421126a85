from __future__ import annotations

import pytest

from madang.ground.workflow import Life, Move, State

DOOR = Life(
    name="door",
    states=(State("shut", "닫힘", "닫힘"), State("open", "열림", "열림"), State("gone", "없음", "없음")),
    moves=(
        Move("push", ("shut",), "open", "doors.push"),
        Move("pull", ("open",), "shut", "doors.push"),
        Move("remove", ("shut", "open"), "gone", "doors.remove"),
    ),
)


def test_a_life_begins_with_its_first_state_and_knows_what_it_can_become():
    assert DOOR.first == "shut"
    assert DOOR.reach("shut") == {"shut", "open", "gone"}
    assert DOOR.reach("gone") == set()
    assert [move.name for move in DOOR.moves_from("open")] == ["pull", "remove"]


def test_a_move_to_a_state_that_does_not_exist_is_refused_when_the_life_is_written():
    with pytest.raises(ValueError, match="unknown state"):
        Life(name="x", states=(State("a", "", ""),), moves=(Move("go", ("a",), "b", "x.go"),))


def test_a_state_named_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        Life(name="x", states=(State("a", "", ""), State("a", "", "")), moves=())
