"""What stands on a walking board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from madang.decide.forums.models import Board, Forum, Note, Theme, Topic, Writer

ON_WALL = 4


@dataclass(frozen=True)
class Sheet:
    """One topic with its newest notes and how many more there are."""

    topic: Topic
    notes: tuple[Note, ...]
    total: int

    @property
    def rest(self) -> int:
        return self.total - len(self.notes)


@dataclass(frozen=True)
class Wall:
    """A whole board as the projector shows it; ``people`` counts phones, ``newest`` is the number of the last note."""

    sheets: tuple[Sheet, ...]
    notes: int
    people: int
    newest: int


def board_of(forum: Forum) -> Board | None:
    """Return the board of a forum, or None."""
    return Board.objects.filter(forum=forum).select_related("forum__district").first()


def board_by_code(code: str) -> Board | None:
    """Return the board that a code leads to, or None; that of a cancelled forum is gone."""
    found = Board.objects.filter(code=code).exclude(forum__state="cancelled")
    return found.select_related("forum__district").first()


def notes_up(board: Board) -> QuerySet[Note]:
    """Return the notes that stand on a board."""
    return Note.objects.filter(topic__board=board, taken_down_at=None).select_related("topic", "writer")


def wall_of(board: Board, each: int = ON_WALL) -> Wall:
    """Return a board with the newest notes of each topic, in four queries however many notes there are."""
    totals = dict(notes_up(board).order_by().values_list("topic_id").annotate(n=Count("id")))
    place = Window(RowNumber(), partition_by=F("topic_id"), order_by=F("id").desc())
    newest: dict[int, list[Note]] = {}
    for note in notes_up(board).annotate(place=place).filter(place__lte=each).order_by("-id"):
        newest.setdefault(note.topic_id, []).append(note)
    sheets = tuple(
        Sheet(topic, tuple(newest.get(topic.pk, ())), totals.get(topic.pk, 0)) for topic in board.topics.all()
    )
    shown = [note.pk for notes in newest.values() for note in notes]
    return Wall(sheets, sum(totals.values()), writers_of(board), max(shown, default=0))


def writers_of(board: Board) -> int:
    """Return how many phones have written on a board."""
    return Writer.objects.filter(board=board, on_paper=False, notes__taken_down_at=None).distinct().count()


def written_by(writer: Writer | None) -> dict[int, int]:
    """Return how many notes a phone has put under each topic, by number of the topic."""
    if writer is None:
        return {}
    found = Note.objects.filter(writer=writer).order_by().values_list("topic__number")
    return dict(found.annotate(n=Count("id")))


def last_slips(board: Board, most: int = 10) -> list[Note]:
    """Return the paper slips typed last, the newest first."""
    return list(notes_up(board).filter(writer__on_paper=True).order_by("-id")[:most])


def slips_of(board: Board) -> int:
    """Return how many paper slips stand on a board."""
    return notes_up(board).filter(writer__on_paper=True).count()


def themes_of(board: Board) -> list[Theme]:
    """Return the themes of a board with their notes in ``gathered``, those with the most first."""
    themes = {theme.pk: theme for theme in board.themes.all()}
    for theme in themes.values():
        theme.gathered = []  # type: ignore[attr-defined]
    for note in notes_up(board).filter(theme__isnull=False):
        themes[note.theme_id].gathered.append(note)  # type: ignore[index,attr-defined]
    return sorted(themes.values(), key=lambda theme: (-len(theme.gathered), theme.pk))  # type: ignore[attr-defined]


def taken_up(board: Board) -> int:
    """Return how many notes stand in themes that the outcome takes up."""
    return notes_up(board).filter(Q(theme__taken_up=True)).count()


def seconds_left(board: Board, at: datetime) -> int:
    """Return how many seconds phones may still write; none when the board is not open."""
    if board.state != "open" or board.closes_at is None:
        return 0
    return max(0, int((board.closes_at - at).total_seconds()))
