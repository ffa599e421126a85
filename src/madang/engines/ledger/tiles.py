"""The log as static files that any host can mirror (c2sp.org/tlog-tiles): tiles of hashes and bundles of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from madang.engines.ledger.tree import Node, Tree, node_hash

WIDTH = 256
HASH_BYTES = 32


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Return where a tile lies; ``width`` below 256 for one that is not full yet."""
    return f"tile/{level}/{_number(index)}{_part(width)}"


def bundle_path(index: int, width: int = WIDTH) -> str:
    """Return where a bundle of entries lies."""
    return f"tile/entries/{_number(index)}{_part(width)}"


def _number(index: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def _part(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"


def static_files(
    tree: Tree, entries: Sequence[bytes], checkpoint: str, *, since: int = 0
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every static file that is new or changed since the log had ``since`` leaves.

    ``entries`` are the leaves' bytes from index ``since - since % 256`` on. The checkpoint comes last: publish in this
    order, so that whoever reads it finds what it needs.
    """
    size, first = tree.size, since - since % WIDTH
    for start in range(first, size, WIDTH):
        bundle = entries[start - first : start - first + min(WIDTH, size - start)]
        content = b"".join(len(entry).to_bytes(2, "big") + entry for entry in bundle)
        yield bundle_path(start // WIDTH, len(bundle)), content
    level = 0
    while size >> (8 * level):
        done, count = since >> (8 * level), size >> (8 * level)
        hashes = tree.levels[8 * level]
        for start in range(done - done % WIDTH, count, WIDTH):
            part = hashes[start : min(start + WIDTH, count)]
            if start + len(part) > done or level == 0:
                yield tile_path(level, start // WIDTH, len(part)), b"".join(part)
        level += 1
    yield "checkpoint", checkpoint.encode()


def node_from_tiles(read: Callable[[str], bytes], size: int) -> Node:
    """Return how to look up the hash of a full subtree in the tiles of a log of that size, for proofs without a tree.

    ``read`` returns the content at a path.
    """

    def node(level: int, index: int) -> bytes:
        tile_level, inside = divmod(level, 8)
        first = index << inside
        row = first // WIDTH
        width = min(WIDTH, (size >> (8 * tile_level)) - row * WIDTH)
        content = read(tile_path(tile_level, row, width))
        offset = first % WIDTH
        hashes = [
            content[place * HASH_BYTES : (place + 1) * HASH_BYTES] for place in range(offset, offset + (1 << inside))
        ]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[place], hashes[place + 1]) for place in range(0, len(hashes), 2)]
        return hashes[0]

    return node
