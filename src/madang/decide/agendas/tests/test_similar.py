from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.decide.agendas.models import Proposal
from madang.decide.agendas.operations.proposals import withdraw
from madang.decide.agendas.queries.passages import Piece, Text, excerpt, marked_group, marked_pair
from madang.decide.agendas.queries.shelf import Shelf
from madang.decide.agendas.queries.similar import YearIndex, similar_pairs, similar_proposals
from madang.ground.cycles.models import Cycle
from madang.ground.people.testing import resident
from madang.ground.places.models import District

LAMP = {"title": "방학천 산책로에 가로등을", "problem": "방학천 산책로가 밤에는 너무 어두워서 무서워요."}
LAMP_TOO = {"title": "산책로 가로등 설치", "problem": "퇴근길 방학천 산책로가 너무 어두워요. 가로등을 놓아 주세요."}
BENCH = {"title": "초안산 입구에 의자", "problem": "어르신들이 쉬어 갈 의자가 초안산 입구에 없어요."}


def whole(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def marks(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


@pytest.mark.django_db
class TestFindingSimilarOnes:
    def numbers(self, hall) -> list[int]:
        found = similar_proposals(hall.district, hall.cycle, title=LAMP["title"], text=LAMP["problem"])
        return [similar.proposal.number for similar in found]

    def test_finds_what_wants_the_same_and_leaves_out_what_does_not(self, hall):
        hall.proposal(**LAMP_TOO), hall.proposal(**BENCH)
        assert self.numbers(hall) == [1]

    def test_marks_the_passages_both_share(self, hall):
        hall.proposal(**LAMP_TOO)
        found = similar_proposals(hall.district, hall.cycle, title=LAMP["title"], text=LAMP["problem"])[0]
        assert "방학천 산책로가" in marks(found.marked.text)
        assert whole(found.marked.text) == LAMP_TOO["problem"]

    def test_shows_five_at_most_and_the_most_alike_first(self, hall):
        for _turn in range(6):
            hall.proposal(**LAMP_TOO)
        hall.proposal(**LAMP)
        found = similar_proposals(hall.district, hall.cycle, title=LAMP["title"], text=LAMP["problem"])
        assert len(found) == 5
        assert found[0].proposal.number == 7
        assert found[0].is_strong

    def test_says_nothing_about_a_few_letters(self, hall):
        hall.proposal(title="가로등", problem="가로등")
        assert similar_proposals(hall.district, hall.cycle, title="가로등", text="") == []

    def test_never_shows_another_district_or_another_year(self, hall):
        hall.proposal(**LAMP, district=District.objects.get(slug="nowon"))
        hall.proposal(**LAMP, cycle=Cycle.objects.create(planning_year=2019))
        assert self.numbers(hall) == []

    def test_finds_what_another_process_has_added_since(self, hall):
        ours, theirs = (YearIndex(hall.district.pk, hall.cycle.pk) for _process in range(2))
        for number in (1, 2):
            hall.proposal(**LAMP)
            for index in (ours, theirs):
                found = index.like(LAMP["title"], LAMP["problem"], 5)
                assert [int(like.id) for like in found] == list(range(1, number + 1))

    def test_forgets_what_is_withdrawn(self, hall):
        own = resident(hall.at)
        proposal = hall.proposal(own, **LAMP)
        hall.proposal(**LAMP)
        assert (self.numbers(hall), len(similar_pairs(hall.district, hall.cycle))) == ([1, 2], 1)
        withdraw(proposal=proposal, actor=own, at=hall.at)
        assert (self.numbers(hall), similar_pairs(hall.district, hall.cycle)) == ([2], [])

    def test_shows_what_was_merged_or_declined_with_its_state(self, hall):
        hall.proposal(**LAMP, state="declined"), hall.proposal(**LAMP, state="merged")
        assert self.numbers(hall) == [1, 2]

    def test_asks_the_database_no_more_for_many(self, hall):
        counts = []
        for _turn in range(2):
            for _more in range(5):
                hall.proposal(**LAMP)
            with CaptureQueriesContext(connection) as queries:
                self.numbers(hall)
            counts.append(len(queries))
        assert counts == [3, 3]


@pytest.mark.django_db
class TestPairs:
    def test_are_the_same_whether_the_texts_came_before_or_after_the_first_look(self, hall):
        index = YearIndex(hall.district.pk, hall.cycle.pk)
        for words in (LAMP, BENCH):
            hall.proposal(**words)
        assert index.pairs() == []
        for words in (LAMP_TOO, BENCH):
            hall.proposal(**words)
        later, anew = index.pairs(), YearIndex(hall.district.pk, hall.cycle.pk).pairs()
        assert [(pair.a, pair.b) for pair in later] == [(pair.a, pair.b) for pair in anew]
        assert {(int(pair.a), int(pair.b)) for pair in later} == {(1, 3), (2, 4)}


@pytest.mark.django_db
def test_the_year_unused_for_longest_makes_room(hall):
    indexes = Shelf(YearIndex, 2)
    places = list(District.objects.all()[:3])
    first = indexes.of(places[0], hall.cycle)
    second = indexes.of(places[1], hall.cycle)
    assert indexes.of(places[0], hall.cycle) is first
    indexes.of(places[2], hall.cycle)
    assert len(indexes) == 2
    assert indexes.of(places[0], hall.cycle) is first
    assert indexes.of(places[1], hall.cycle) is not second


class TestMarking:
    ONE = Text("밤길이 무서워요", "방학천 산책로가 밤에는 너무 어두워요.\n\n낮은 조명을 놓아 주세요.")
    OTHER = Text("불빛과 의자", "의자가 모자라요. 방학천산책로가 밤에는 너무 어두워 무서워요. 낮은 조명이 좋아요.")

    def test_gives_the_same_number_to_a_passage_in_both(self):
        sides = marked_pair(self.ONE, self.OTHER)
        numbered = [
            {piece.number: "".join(piece.text.split()) for piece in (*side.title, *side.text) if piece.marked}
            for side in sides
        ]
        assert len(numbered[0]) >= 2
        assert numbered[0] == numbered[1]

    def test_loses_no_letter(self):
        for text, side in zip((self.ONE, self.OTHER), marked_pair(self.ONE, self.OTHER), strict=True):
            assert f"{whole(side.title)}\n{whole(side.text)}" == text.whole

    def test_marks_in_a_group_what_each_shares_with_another(self):
        third = Text("의자", "의자가 모자라요. 앉을 곳이 없어요.")
        sides = marked_group([self.ONE, self.OTHER, third])
        assert any("의자가 모자라요" in mark for mark in marks(sides[2].text))
        assert any("의자가 모자라요" in mark for mark in marks(sides[1].text))
        assert not any("의자" in mark for mark in marks(sides[0].text))

    def test_an_excerpt_begins_shortly_before_the_first_mark(self):
        pieces = [Piece("가" * 300 + "\n\n"), Piece("어두워요", 1), Piece(" 나" * 200)]
        shown = excerpt(pieces, 100)
        assert (shown[0].text, shown[-1].text) == ("…", "…")
        assert marks(shown) == ["어두워요"]
        assert len(whole(shown)) == 102

    def test_a_short_text_is_its_own_excerpt(self):
        assert excerpt([Piece("어두워요.\n무서워요.")], 100) == [Piece("어두워요. 무서워요.")]


@pytest.mark.django_db
def test_the_search_reads_no_name(hall):
    hall.proposal(title="가로등을 놓아 주세요", problem="어두워요", proposer_name="박창구")
    assert similar_proposals(hall.district, hall.cycle, title="박창구 박창구 박창구", text="박창구") == []
    assert Proposal.objects.get().proposer_name == "박창구"
