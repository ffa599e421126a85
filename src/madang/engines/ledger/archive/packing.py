"""The archive as a ZIP: written the same for the same parts, read with limits on names, numbers and sizes."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from madang.engines.ledger.archive.model import NAMES

LARGEST_ARCHIVE = 1024**3
LARGEST_FILE = 2 * 1024**3
LARGEST_SUM = 3 * 1024**3
# Deflate cannot honestly do much better on hashes and short JSON.
MOST_SHRUNK = 200
SMALL = 1024**2
CHUNK = 1024**2
FIRST_YEAR, LAST_YEAR = 1980, 2107


class UnableToReadArchive(ValueError):
    """The file is not an archive that can be read; ``at`` names the part, the texts say what was expected."""

    def __init__(self, at: str, ko: str, en: str) -> None:
        super().__init__(f"{at}: {en}" if at else en)
        self.at, self.ko, self.en = at, ko, en


def packed(parts: Iterable[tuple[str, bytes]], *, at: datetime) -> bytes:
    """Zip the parts in the order given, dated with one instant."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("a ZIP has no such year")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, content)
    return target.getvalue()


def unpacked(data: bytes) -> Mapping[str, bytes]:
    """Return the parts by name. Raises ``UnableToReadArchive`` for anything an archive would not hold."""
    if len(data) > LARGEST_ARCHIVE:
        raise UnableToReadArchive("", "1 GB보다 작은 파일이어야 해요", "expected a file smaller than 1 GB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive.infolist())
            return {info.filename: _content(archive, info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, UnableToReadArchive):
            raise
        raise UnableToReadArchive("", "온전한 ZIP 파일이어야 해요", "expected a whole ZIP file") from error


def _check_names(found: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in found]
    for name in names:
        if name not in NAMES:
            shown = ascii(name[:60])
            raise UnableToReadArchive(shown, "보관 파일에 없는 이름이에요", "an archive has no file of this name")
    for name in NAMES:
        if names.count(name) != 1:
            raise UnableToReadArchive(name, "꼭 한 번 들어 있어야 해요", "expected exactly once")
    if sum(info.file_size for info in found) > LARGEST_SUM:
        raise UnableToReadArchive("", "풀었을 때 3 GB를 넘어요", "more than 3 GB when unpacked")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read one part, never more than it says and never more than an honest one can hold."""
    odd = info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    kind = stat.S_IFMT(info.external_attr >> 16)
    shrunk = info.file_size > SMALL and info.file_size > MOST_SHRUNK * max(info.compress_size, 1)
    if odd or kind not in (0, stat.S_IFREG) or info.file_size > LARGEST_FILE or shrunk:
        raise UnableToReadArchive(info.filename, "읽을 수 없는 형식이거나 너무 커요", "not readable, or too large")
    content = bytearray()
    with archive.open(info) as part:
        while chunk := part.read(CHUNK):
            content += chunk
            if len(content) > info.file_size:
                raise UnableToReadArchive(info.filename, "적힌 크기보다 커요", "larger than it says")
    return bytes(content)
