"""The walking board (거닐며 의견적기): topics on a wall, one note a thought, themes made of notes afterwards."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from madang.decide.forums.models.forums import Forum
from madang.decide.forums.states import BOARD

MOST_TOPICS = 9


class Board(models.Model):
    """The wall of one forum; people join by its ``code`` while it is open and ``closes_at`` is not reached."""

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="board")
    title = models.CharField(max_length=80)
    code = models.CharField(max_length=6, unique=True)
    limit_each = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(50)])
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(240)])
    state = models.CharField(max_length=12, choices=BOARD.choices(), default=BOARD.first)
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [BOARD.constraint()]

    def __str__(self) -> str:
        return self.title

    @property
    def district_id(self) -> int:
        return self.forum.district_id


class Topic(models.Model):
    """One sheet on the wall; its number is the key that calls it when paper slips are typed."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="board_topic_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, MOST_TOPICS)), name="board_topic_by_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Writer(models.Model):
    """A phone that writes on a board, known by the hash of a random token in its cookie and by nothing else.

    Those who type paper slips are writers ``on_paper``, who count as nobody.
    """

    audit_redacted = ("key_hash",)

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="writers")
    key_hash = models.CharField(max_length=64)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "key_hash"], name="board_writer_once")]

    def __str__(self) -> str:
        return f"writer {self.pk}"


class Theme(models.Model):
    """What several notes say together; ``taken_up`` once the forum's outcome carries it on."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=80)
    taken_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["board", "title"], name="board_theme_once")]

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """One thought; ``key`` names the attempt to write it, so that sending again writes nothing twice.

    Taken down, a note keeps no text and counts no more.
    """

    audit_redacted = ("text",)

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="notes")
    writer = models.ForeignKey(Writer, on_delete=models.PROTECT, related_name="notes")
    key = models.UUIDField()
    text = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["writer", "key"], name="board_note_once")]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def district_id(self) -> int:
        return self.topic.board.forum.district_id
