"""The parts of an HWPX file around its text, starting from the empty document python-hwpx brings."""

import io
import re
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from madang.engines.papers import model
from madang.engines.papers.hwpx_styles import Looks, empty_numbering
from madang.engines.papers.text import head_words
from madang.engines.papers.zipped import packed

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
KEPT = ("version.xml", "settings.xml", "META-INF/container.rdf", "META-INF/container.xml", "META-INF/manifest.xml")


def empty_parts() -> dict[str, str]:
    """Return the text parts of the empty document by name."""
    from hwpx.templates import blank_document_bytes  # half a second to import: only where it is needed

    with zipfile.ZipFile(io.BytesIO(blank_document_bytes())) as archive:
        return {
            name: archive.read(name).decode()
            for name in (*KEPT, "Contents/header.xml", "Contents/section0.xml", "Contents/content.hpf")
        }


def new_looks(header: str) -> Looks:
    """Return looks numbered after those the empty document's header holds."""
    return Looks(
        letters=next_number(header, "charPr"),
        lines=next_number(header, "paraPr"),
        edges=next_number(header, "borderFill"),
        styles=next_number(header, "style"),
    )


def next_number(header: str, element: str) -> int:
    """Return the number after the highest id of an element in the header."""
    return 1 + max(int(found) for found in re.findall(rf'<hh:{element} id="(\d+)"', header))


def grown(header: str, group: str, addition: str, count: int) -> str:
    """Add `count` elements at the end of a group of the header and correct its count."""
    found = re.search(rf'<hh:{group} itemCnt="(\d+)">', header)
    if found is None:
        raise model.UnableToWritePaper(f"빈 HWPX 문서에 {group}이 없어요. The empty HWPX document lacks {group}.")
    opening = f'<hh:{group} itemCnt="{int(found[1]) + count}">'
    return header.replace(found[0], opening, 1).replace(f"</hh:{group}>", f"{addition}</hh:{group}>", 1)


def header_part(header: str, looks: Looks, language: str) -> str:
    """Return the header with every look the document uses."""
    styles = looks.style_xml(language)
    header = grown(header, "borderFills", looks.edges.xml(lambda s, n: s.xml(n)), len(looks.edges.given))
    header = grown(header, "charProperties", looks.letters.xml(lambda s, n: s.xml(n)), len(looks.letters.given))
    header = grown(header, "numberings", empty_numbering(), 1)
    header = grown(header, "paraProperties", looks.lines.xml(lambda s, n: s.xml(n)), len(looks.lines.given))
    return grown(header, "styles", styles, len(looks.styles.given))


def content_part(content: str, paper: model.Paper, at: datetime) -> str:
    """Return the package's list of parts with the paper's own title, subject and dates."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metas = (
        ("creator", ""),
        ("subject", paper.running),
        ("description", ""),
        ("lastsaveby", ""),
        ("CreatedDate", moment),
        ("ModifiedDate", moment),
        ("date", moment),
        ("keyword", head_words(paper.record_number, paper.status_mark)),
    )
    lines = "".join(f'<opf:meta name="{name}" content="text">{escape(value)}</opf:meta>' for name, value in metas)
    metadata = (
        f"<opf:metadata><opf:title>{escape(paper.title)}</opf:title>"
        f"<opf:language>{paper.language}</opf:language>{lines}</opf:metadata>"
    )
    start, end = content.index("<opf:metadata>"), content.index("</opf:metadata>") + len("</opf:metadata>")
    return content[:start] + metadata + content[end:]


def package(parts: dict[str, str], *, header: str, section: str, content: str, preview: str) -> bytes:
    """Zip the parts: mimetype first and stored, fixed dates."""
    named = [("mimetype", "application/hwp+zip"), ("version.xml", parts["version.xml"])]
    named += [("Contents/header.xml", header), ("Contents/section0.xml", section)]
    named += [("Preview/PrvText.txt", preview), ("settings.xml", parts["settings.xml"])]
    named += [("META-INF/container.rdf", parts["META-INF/container.rdf"]), ("Contents/content.hpf", content)]
    named += [(name, parts[name]) for name in ("META-INF/container.xml", "META-INF/manifest.xml")]
    return packed([(name, text.encode()) for name, text in named], stored=frozenset({"mimetype"}))
