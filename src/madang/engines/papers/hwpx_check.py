"""Structural checks of an HWPX file, strict where the format's own validator is not."""

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator

from madang.engines.papers.hwpx_check_tables import check_tables

MIMETYPE = b"application/hwp+zip"
REQUIRED = ("version.xml", "settings.xml", "META-INF/container.xml", "Contents/content.hpf", "Contents/header.xml")
MOST_BYTES = 200_000_000  # unpacked; more is refused as a zip bomb
UNSET = "4294967295"

# Which list of the header an attribute points into.
REFERENCES = {
    "charPrIDRef": "charPr",
    "paraPrIDRef": "paraPr",
    "styleIDRef": "style",
    "nextStyleIDRef": "style",
    "charStyleIDRef": "style",
    "borderFillIDRef": "borderFill",
    "tabPrIDRef": "tabPr",
    "outlineShapeIDRef": "numbering",
}
LISTS = ("charPr", "paraPr", "style", "borderFill", "tabPr", "numbering", "bullet")
SCRIPTS = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")


def check_hwpx(data: bytes) -> list[str]:
    """Return what is wrong with the structure of an HWPX file, in words; an empty list when nothing is.

    Looks at the zip (mimetype first, stored, no part twice or outside), the required parts, well-formedness without
    entities, the manifest and spine, every id and reference, counts, and the places and spans of table cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problems = list(_check_zip(archive))
            if problems:
                return problems
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        return [f"not a readable zip: {error}"]
    trees, problems = _parsed(parts)
    if problems:
        return problems
    sections = sorted(name for name in trees if name.startswith("Contents/section"))
    header = trees["Contents/header.xml"]
    problems = [*_check_manifest(trees, parts), *_check_header(header, len(sections))]
    known = _known(header)
    fonts = _fonts(header)
    for name in ("Contents/header.xml", *sections):
        problems += [f"{name}: {problem}" for problem in _check_references(trees[name], known, fonts)]
    items = {item.get("id") for item in trees["Contents/content.hpf"].iter() if local(item) == "item"}
    for name in sections:
        problems += [f"{name}: {problem}" for problem in _check_section(trees[name], items)]
    return problems


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _check_zip(archive: zipfile.ZipFile) -> Iterator[str]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if not infos or names[0] != "mimetype":
        yield "mimetype is not the first part"
        return
    if infos[0].compress_type != zipfile.ZIP_STORED or infos[0].extra:
        yield "mimetype is not stored plainly"
    if sum(info.file_size for info in infos) > MOST_BYTES:
        yield f"unpacks to more than {MOST_BYTES:,} bytes"
        return
    if archive.read("mimetype") != MIMETYPE:
        yield "mimetype does not say application/hwp+zip"
    yield from (f"part twice: {name}" for name in sorted({name for name in names if names.count(name) > 1}))
    for info in infos:
        if info.filename.startswith("/") or ".." in info.filename.split("/") or "\\" in info.filename:
            yield f"part outside the package: {info.filename}"
        if info.flag_bits & 1:
            yield f"part is encrypted: {info.filename}"
    yield from (f"part missing: {name}" for name in REQUIRED if name not in names)
    if not any(name.startswith("Contents/section") for name in names):
        yield "part missing: Contents/section0.xml"


def _parsed(parts: dict[str, bytes]) -> tuple[dict[str, ET.Element], list[str]]:
    """Parse every XML part; one with a document type (entities) is refused unread."""
    trees: dict[str, ET.Element] = {}
    problems: list[str] = []
    for name, content in parts.items():
        if not name.endswith((".xml", ".hpf", ".rdf")):
            continue
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            problems.append(f"{name}: declares a document type")
            continue
        try:
            trees[name] = ET.fromstring(content)  # noqa: S314
        except ET.ParseError as error:
            problems.append(f"{name}: not well formed: {error}")
    return trees, problems


def _check_manifest(trees: dict[str, ET.Element], parts: dict[str, bytes]) -> Iterator[str]:
    """Check that the container, manifest and spine name parts that are there, and all sections."""
    for root in trees["META-INF/container.xml"].iter():
        path = root.get("full-path")
        if path is not None and path not in parts:
            yield f"META-INF/container.xml: names a missing part {path}"
    content = trees["Contents/content.hpf"]
    items = {item.get("id"): item.get("href", "") for item in content.iter() if local(item) == "item"}
    for href in items.values():
        if href not in parts:
            yield f"Contents/content.hpf: names a missing part {href}"
    for entry in content.iter():
        if local(entry) == "itemref" and entry.get("idref") not in items:
            yield f"Contents/content.hpf: spine names an unknown item {entry.get('idref')}"
    for name in parts:
        if name.startswith(("Contents/section", "Contents/header")) and name not in items.values():
            yield f"Contents/content.hpf: does not name {name}"


def _check_header(header: ET.Element, sections: int) -> Iterator[str]:
    """Check counts against what they count, and that no id stands twice in its list."""
    if header.get("secCnt") != str(sections):
        yield f"Contents/header.xml: counts {header.get('secCnt')} sections, there are {sections}"
    for group in header.iter():
        count = group.get("itemCnt") or group.get("fontCnt")
        if count is None:
            continue
        if count != str(len(group)):
            yield f"Contents/header.xml: {local(group)} counts {count}, holds {len(group)}"
        ids = [child.get("id") for child in group if child.get("id") is not None]
        twice = sorted({str(found) for found in ids if ids.count(found) > 1})
        yield from (f"Contents/header.xml: {local(group)} holds id {found} twice" for found in twice)


def _known(header: ET.Element) -> dict[str, set[str]]:
    """Return the ids of each list of the header."""
    known: dict[str, set[str]] = {name: set() for name in LISTS}
    for element in header.iter():
        if local(element) in known and element.get("id") is not None:
            known[local(element)].add(str(element.get("id")))
    return known


def _fonts(header: ET.Element) -> dict[str, set[str]]:
    """Return the ids of the fonts of each script."""
    return {
        str(face.get("lang")).lower(): {str(font.get("id")) for font in face}
        for face in header.iter()
        if local(face) == "fontface"
    }


def _check_references(tree: ET.Element, known: dict[str, set[str]], fonts: dict[str, set[str]]) -> Iterator[str]:
    """Check that every reference in a part points to something the header holds."""
    for element in tree.iter():
        name = local(element)
        for attribute, value in element.attrib.items():
            target = REFERENCES.get(attribute)
            if target is None or value in known[target] or (attribute == "charPrIDRef" and value == UNSET):
                continue
            yield f"{name} {attribute} points to no {target}: {value}"
        if name == "fontRef":
            for script in SCRIPTS:
                if element.get(script.lower()) not in fonts.get(script.lower(), set()):
                    yield f"fontRef {script.lower()} points to no font: {element.get(script.lower())}"
        if name == "heading" and element.get("type") in ("NUMBER", "BULLET"):
            target = "numbering" if element.get("type") == "NUMBER" else "bullet"
            if element.get("idRef") not in known[target]:
                yield f"heading idRef points to no {target}: {element.get('idRef')}"


def _check_section(section: ET.Element, items: set[str | None]) -> Iterator[str]:
    """Check a section's page, paragraphs, pictures and tables."""
    if local(section) != "sec":
        yield f"root is {local(section)}, not sec"
    first = section.find("{*}p")
    if first is None or first.find("{*}run/{*}secPr") is None:
        yield "the first paragraph holds no secPr"
    for element in section.iter():
        if local(element) == "p" and not (element.get("paraPrIDRef") and element.get("styleIDRef")):
            yield "a paragraph names no paraPrIDRef or styleIDRef"
        if local(element) == "run" and element.get("charPrIDRef") is None:
            yield "a run names no charPrIDRef"
        picture = element.get("binaryItemIDRef")
        if picture is not None and picture not in items:
            yield f"{local(element)} binaryItemIDRef points to no item: {picture}"
    yield from check_tables(section)
