import io
import zipfile

import pytest

from madang.engines.papers import check_hwpx, to_hwpx
from madang.engines.papers.tests.samples import plan

SECTION = "Contents/section0.xml"
HEADER = "Contents/header.xml"


def changed(part: str, old: str, new: str) -> bytes:
    """The plan as HWPX with one thing in one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_hwpx(plan()))) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            archive.writestr(info, content)
    return target.getvalue()


def repacked(*, without: str = "", order: int = 1, stored: bool = True, twice: str = "") -> bytes:
    """The plan as HWPX with its zip put together differently."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_hwpx(plan()))) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist()[::order]:
            plain = name == "mimetype" and stored
            if name != without:
                archive.writestr(name, source.read(name), zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED)
        if twice:
            archive.writestr(twice, b"<x/>")
    return target.getvalue()


def test_what_the_writer_makes_has_no_fault():
    assert check_hwpx(to_hwpx(plan())) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (SECTION, 'charPrIDRef="7"', 'charPrIDRef="999"', "run charPrIDRef points to no charPr: 999"),
        (SECTION, 'paraPrIDRef="2', 'paraPrIDRef="92', "paraPrIDRef points to no paraPr: 92"),
        (SECTION, 'styleIDRef="2', 'styleIDRef="72', "styleIDRef points to no style: 72"),
        (SECTION, 'borderFillIDRef="4"', 'borderFillIDRef="400"', "borderFillIDRef points to no borderFill: 400"),
        (SECTION, 'outlineShapeIDRef="2"', 'outlineShapeIDRef="9"', "outlineShapeIDRef points to no numbering: 9"),
        (SECTION, 'colSpan="3"', 'colSpan="5"', "reaches out of the table"),
        (SECTION, 'colSpan="3"', 'colSpan="2"', "places hold no cell"),
        (SECTION, 'colSpan="1"', 'colSpan="2"', "two cells at"),
        (SECTION, 'colSpan="1"', 'colSpan="0"', "no proper address or span"),
        (SECTION, 'rowSpan="2"', 'rowSpan="90"', "reaches out of the table"),
        (SECTION, 'rowAddr="0"', 'rowAddr="1"', "stands in row 0"),
        (SECTION, 'rowCnt="4"', 'rowCnt="5"', "counts 5 rows, holds 4"),
        (SECTION, '<hp:cellSz width="', '<hp:cellSz width="1', "wide, the table"),
        (SECTION, "</hp:t>", "</hp:u>", "not well formed"),
        (SECTION, "<hs:sec ", "<!DOCTYPE x><hs:sec ", "declares a document type"),
        (SECTION, "hp:secPr ", "hp:other ", "not well formed"),
        (HEADER, '<hh:charProperties itemCnt="', '<hh:charProperties itemCnt="9', "charProperties counts 9"),
        (HEADER, '<hh:charPr id="8"', '<hh:charPr id="7"', "holds id 7 twice"),
        (HEADER, '<hh:fontRef hangul="0"', '<hh:fontRef hangul="6"', "fontRef hangul points to no font: 6"),
        (HEADER, 'secCnt="1"', 'secCnt="2"', "counts 2 sections"),
        ("Contents/content.hpf", 'href="settings.xml"', 'href="nothing.xml"', "names a missing part nothing.xml"),
        ("Contents/content.hpf", 'href="Contents/section0.xml"', 'href="settings.xml"', "does not name Contents/sec"),
        ("Contents/content.hpf", 'idref="section0"', 'idref="section7"', "unknown item section7"),
        ("META-INF/container.xml", "Preview/PrvText.txt", "Preview/None.txt", "missing part Preview/None.txt"),
        ("mimetype", "hwp+zip", "zip+hwp", "mimetype does not say"),
    ],
)
def test_each_fault_is_named(part, old, new, fault):
    assert any(fault in problem for problem in check_hwpx(changed(part, old, new)))


def test_a_fault_of_the_zip_is_named():
    assert check_hwpx(b"no zip at all")[0].startswith("not a readable zip")
    assert check_hwpx(repacked(order=-1)) == ["mimetype is not the first part"]
    assert check_hwpx(repacked(stored=False)) == ["mimetype is not stored plainly"]
    assert check_hwpx(repacked(without=HEADER)) == [f"part missing: {HEADER}"]
    assert check_hwpx(repacked(without=SECTION)) == [f"part missing: {SECTION}"]
    assert check_hwpx(repacked(twice="../out.xml")) == ["part outside the package: ../out.xml"]


def test_a_file_cut_short_is_named_not_raised():
    whole = to_hwpx(plan())
    for length in range(0, len(whole), 997):
        assert check_hwpx(whole[:length])
