"""The public log of a vote: leaves, Merkle tree, receipts, signed and witnessed checkpoints, archive, recount.

Pure: no database, no clock, no chance of its own; keys, nonces and times are passed in. ``verify.py`` and the browser's
``recount.js`` are independent programs that share no code with this room.
"""

from madang.engines.ledger.archive import (
    Batch,
    BatchManifest,
    ClosedRoll,
    FrozenRoll,
    Opening,
    Records,
    RollChange,
    UnableToReadArchive,
    UnableToWriteArchive,
    read_archive,
    write_archive,
)
from madang.engines.ledger.checkpoints import Checkpoint, UnableToCosign, cosign, read_checkpoint, signed_checkpoint
from madang.engines.ledger.commitments import (
    ballot_bytes,
    ballot_commitment,
    batch_commitment,
    batch_list,
    opening_commitment,
    roll_change_commitment,
    roll_list,
)
from madang.engines.ledger.leaves import Book, Kind, Leaf, UnableToAppend, UnableToReadLeaf, leaf_from, mixed
from madang.engines.ledger.notes import Note, Signer, UnableToReadNote, UnableToTrust, VerifierKey, key_from
from madang.engines.ledger.receipts import Receipt, read_receipt, receipt_code, signed_receipt
from madang.engines.ledger.recount import Report, UnableToCountRules, count_ballots, recount
from madang.engines.ledger.tiles import static_files
from madang.engines.ledger.tree import Tree, leaf_hash, proves_consistency, proves_inclusion

__all__ = [
    "Batch",
    "BatchManifest",
    "Book",
    "Checkpoint",
    "ClosedRoll",
    "FrozenRoll",
    "Kind",
    "Leaf",
    "Note",
    "Opening",
    "Receipt",
    "Records",
    "Report",
    "RollChange",
    "Signer",
    "Tree",
    "UnableToAppend",
    "UnableToCosign",
    "UnableToCountRules",
    "UnableToReadArchive",
    "UnableToReadLeaf",
    "UnableToReadNote",
    "UnableToTrust",
    "UnableToWriteArchive",
    "VerifierKey",
    "ballot_bytes",
    "ballot_commitment",
    "batch_commitment",
    "batch_list",
    "cosign",
    "count_ballots",
    "key_from",
    "leaf_from",
    "leaf_hash",
    "mixed",
    "opening_commitment",
    "proves_consistency",
    "proves_inclusion",
    "read_archive",
    "read_checkpoint",
    "read_receipt",
    "receipt_code",
    "recount",
    "roll_change_commitment",
    "roll_list",
    "signed_checkpoint",
    "signed_receipt",
    "static_files",
    "write_archive",
]
