"""The published archive of one election: written from records, read with limits."""

from madang.engines.ledger.archive.model import (
    Batch,
    BatchManifest,
    ClosedRoll,
    FrozenRoll,
    Opening,
    Records,
    RollChange,
)
from madang.engines.ledger.archive.packing import UnableToReadArchive
from madang.engines.ledger.archive.reading import Archive, read_archive
from madang.engines.ledger.archive.writing import UnableToWriteArchive, write_archive

__all__ = [
    "Archive",
    "Batch",
    "BatchManifest",
    "ClosedRoll",
    "FrozenRoll",
    "Opening",
    "Records",
    "RollChange",
    "UnableToReadArchive",
    "UnableToWriteArchive",
    "read_archive",
    "write_archive",
]
