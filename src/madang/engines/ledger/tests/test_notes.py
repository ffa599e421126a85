"""Signed notes, checkpoints, cosignatures and receipts are the ones other programs read."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.engines.ledger.checkpoints import (
    Checkpoint,
    UnableToCosign,
    checkpoint_from,
    cosign,
    read_checkpoint,
    signed_checkpoint,
)
from madang.engines.ledger.notes import (
    COSIGNATURE,
    Signer,
    UnableToReadNote,
    UnableToTrust,
    check_signature,
    key_from,
    note_from,
)
from madang.engines.ledger.receipts import Receipt, code_prefix, read_receipt, receipt_code, signed_receipt
from madang.engines.ledger.tree import Tree, leaf_hash

# The key and note of the tests of Go's package sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
# The checkpoint that c2sp.org/tlog-cosignature shows.
SHOWN = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
ORIGIN = "votes.example.org/e1"
LOG = Signer(ORIGIN, b"L" * 32)
WITNESS = Signer("witness.example.org/w", b"W" * 32, COSIGNATURE)


def checkpoint_of(size: int, salt: bytes = b"") -> tuple[Tree, str]:
    tree = Tree(leaf_hash(salt + bytes([number])) for number in range(size))
    return tree, str(signed_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root()), LOG))


def test_a_note_is_signed_as_go_signs_it() -> None:
    note = Signer("PeterNeumann", GO_SEED).sign(GO_TEXT)
    assert str(note) == f"{GO_TEXT}\n— PeterNeumann {GO_LINE}\n"
    assert str(Signer("PeterNeumann", GO_SEED).key) == GO_KEY
    check_signature(note_from(str(note)), key_from(GO_KEY))


def test_the_checkpoint_of_the_standard_is_read() -> None:
    note = note_from(SHOWN)
    assert str(note) == SHOWN
    assert checkpoint_from(note.text).size == 20852163
    assert int.from_bytes(note.signatures[1].data[:8], "big") == 1679315147


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— a b c\n",
        "text\n\n- name AAAAAAA=\n",
        "t\x00\n\n— n AAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(UnableToReadNote):
        note_from(text)


@pytest.mark.parametrize("size", ["01", "-1", "1e3", "", "+1"])
def test_a_checkpoint_writes_its_size_in_one_way(size: str) -> None:
    with pytest.raises(UnableToReadNote):
        checkpoint_from(f"{ORIGIN}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1))
def test_a_signature_fits_only_its_text(text: str) -> None:
    note = LOG.sign(text + "\n")
    check_signature(note_from(str(note)), LOG.key)
    with pytest.raises(UnableToTrust):
        check_signature(note_from(str(note).replace(text, text + "x", 1)), LOG.key)


def test_another_key_of_the_same_name_is_not_trusted() -> None:
    with pytest.raises(UnableToTrust):
        read_checkpoint(checkpoint_of(3)[1], Signer(ORIGIN, b"M" * 32).key)


def test_a_witness_signs_what_continues_the_log() -> None:
    _small, first = checkpoint_of(3)
    tree, second = checkpoint_of(8)
    seen, line = cosign(first, log_key=LOG.key, seen=None, proof=[], witness=WITNESS, seconds=100)
    seen, line = cosign(second, log_key=LOG.key, seen=seen, proof=tree.consistency(3), witness=WITNESS, seconds=200)
    note = note_from(second).with_signatures([line])
    assert check_signature(note_from(str(note)), WITNESS.key) == 200
    assert seen.size == 8


def test_a_witness_signs_no_other_history_nothing_older_and_nothing_unsigned() -> None:
    _tree, first = checkpoint_of(5)
    other, forked = checkpoint_of(8, b"other")
    seen, _line = cosign(first, log_key=LOG.key, seen=None, proof=[], witness=WITNESS, seconds=100)
    attempts = [
        (forked, other.consistency(5)),
        (checkpoint_of(4)[1], []),
        (checkpoint_of(5, b"other")[1], []),
        (first.replace("\n5\n", "\n6\n"), []),
    ]
    for text, proof in attempts:
        with pytest.raises(UnableToCosign):
            cosign(text, log_key=LOG.key, seen=seen, proof=proof, witness=WITNESS, seconds=300)


def test_a_receipt_is_the_same_each_time_and_is_read_back() -> None:
    receipt = Receipt(ORIGIN, "e1", "ab" * 32, "online", 1_592_784_060)
    text = signed_receipt(receipt, LOG)
    assert text == signed_receipt(receipt, LOG)
    assert read_receipt(text, LOG.key) == receipt


def test_a_checkpoint_is_no_receipt_and_a_receipt_no_checkpoint() -> None:
    with pytest.raises(UnableToReadNote):
        read_receipt(checkpoint_of(3)[1], LOG.key)
    text = signed_receipt(Receipt(ORIGIN, "e1", "ab" * 32, "online", 1), LOG)
    with pytest.raises(UnableToReadNote):
        read_checkpoint(text, LOG.key)


def test_an_altered_receipt_is_not_trusted() -> None:
    text = signed_receipt(Receipt(ORIGIN, "e1", "ab" * 32, "online", 1), LOG)
    with pytest.raises(UnableToTrust):
        read_receipt(text.replace("online", "mobile"), LOG.key)


@given(st.binary(min_size=32, max_size=32))
def test_a_typed_code_finds_its_commitment(hashed: bytes) -> None:
    code = receipt_code(hashed.hex())
    assert len(code) == 24
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("1", "l").replace("0", "o")):
        assert code_prefix(typed) == hashed.hex()[:25]
    assert code_prefix(hashed.hex()) == hashed.hex()


@pytest.mark.parametrize("typed", ["", "ABCD", "UUUU-UUUU-UUUU-UUUU-UUUU", "한글"])
def test_what_is_no_code_is_told(typed: str) -> None:
    assert code_prefix(typed) is None
