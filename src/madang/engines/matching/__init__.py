"""Similar Korean texts: what wants the same, which passages two texts share, and searching.

Pure: no database, no clock, no chance. Texts may come in any order and give the same result.
"""

from madang.engines.matching.asking import Asked, asked
from madang.engines.matching.grams import different
from madang.engines.matching.groups import groups_of
from madang.engines.matching.likeness import THRESHOLD
from madang.engines.matching.marks import Piece, marked, snippet
from madang.engines.matching.passages import Passage, Reading, shared
from madang.engines.matching.rows import Problem, UnableToReadRows, rows_of
from madang.engines.matching.scoring import KINDS, Lists, grams_wanted, scores
from madang.engines.matching.search import Hit, SearchIndex
from madang.engines.matching.segment import Entry
from madang.engines.matching.similar import Like, Pair, Row, SimilarIndex, nearest

__all__ = [
    "KINDS",
    "THRESHOLD",
    "Asked",
    "Entry",
    "Hit",
    "Like",
    "Lists",
    "Pair",
    "Passage",
    "Piece",
    "Problem",
    "Reading",
    "Row",
    "SearchIndex",
    "SimilarIndex",
    "UnableToReadRows",
    "asked",
    "different",
    "grams_wanted",
    "groups_of",
    "marked",
    "nearest",
    "rows_of",
    "scores",
    "shared",
    "snippet",
]
