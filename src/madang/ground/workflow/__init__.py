"""One engine for the life of every record, over the tables in each room's ``states.py``."""

from madang.ground.workflow.events import announce, listen
from madang.ground.workflow.life import Life, Move, State, UnableTo, UnableToMove, advance

__all__ = ["Life", "Move", "State", "UnableTo", "UnableToMove", "advance", "announce", "listen"]
