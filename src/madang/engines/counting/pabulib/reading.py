"""From the bytes of an election file to an election."""

from __future__ import annotations

from madang.engines.counting.approval import UnableToCount
from madang.engines.counting.model import Election
from madang.engines.counting.pabulib.columns import read_columns
from madang.engines.counting.pabulib.head import read_head
from madang.engines.counting.pabulib.problems import Problem, UnableToReadElection
from madang.engines.counting.pabulib.votes import read_votes

MARK = b"\xef\xbb\xbf"


def read_election(content: bytes) -> Election:
    """Read an election file in the Pabulib format.

    Forgiving about what real files do: a byte-order mark, Windows line ends, blank lines, spaces around fields,
    capitals in keys, unknown columns, decimal commas, ballots that are empty (they count as voters), trailing commas,
    a project named twice in a ballot (taken once), wrong counts in META. Raises ``UnableToReadElection`` with every
    place that cannot be read.
    """
    content = content.removeprefix(MARK)
    _require_utf8(content)
    head = read_head(content)
    if head.problems:
        raise UnableToReadElection(head.problems)
    try:
        ballots = read_columns(content, head) or read_votes(content, head)
    except UnableToCount as error:
        raise UnableToReadElection([_too_large()]) from error
    return Election(tuple(head.projects.values()), head.budget, ballots, head.vote_type, head.meta)


def _require_utf8(content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnableToReadElection([Problem(line, "UTF-8 글자여야 해요", "expected UTF-8 text")]) from error


def _too_large() -> Problem:
    return Problem(
        0, "점수가 64비트 정수로 셀 수 있는 크기여야 해요", "expected points that fit whole numbers of 64 bits"
    )
