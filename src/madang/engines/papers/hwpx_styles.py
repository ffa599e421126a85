"""Looks of an HWPX: characters, paragraphs, borders and named styles, each numbered once and written to the header."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from xml.sax.saxutils import quoteattr

from madang.engines.papers import look
from madang.engines.papers.grid import Align

Spec = TypeVar("Spec", bound=Hashable)

SCRIPTS = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
SANS, SERIF = 0, 1  # 함초롬돋움, 함초롬바탕: the two faces of the empty document, on every Hancom installation
FIT_TAB = 2  # the empty document's tab that reaches to the right edge
EMPTY_NUMBERING = 2
UNITS = 7200 / 2540  # HWPUNIT in a hundredth of a millimetre


def units(hundredths: float) -> int:
    """Turn hundredths of a millimetre into HWPUNIT (1/7200 inch)."""
    return round(hundredths * UNITS)


@dataclass(frozen=True)
class Letters:
    """How characters look: size in tenths of a point, colour, weight, face."""

    size: int = 105
    colour: str = look.INK
    bold: bool = False
    face: int = SANS

    def xml(self, number: int) -> str:
        """Return the charPr of this look."""
        same = " ".join(f'{script}="{{0}}"' for script in SCRIPTS)
        return (
            f'<hh:charPr id="{number}" height="{self.size * 10}" textColor="#{self.colour}" shadeColor="none" '
            'useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="2">'
            f"<hh:fontRef {same.format(self.face)}/><hh:ratio {same.format(100)}/><hh:spacing {same.format(0)}/>"
            f"<hh:relSz {same.format(100)}/><hh:offset {same.format(0)}/>{'<hh:bold/>' if self.bold else ''}"
            '<hh:underline type="NONE" shape="SOLID" color="#000000"/><hh:strikeout shape="NONE" color="#000000"/>'
            '<hh:outline type="NONE"/><hh:shadow type="NONE" color="#C0C0C0" offsetX="10" offsetY="10"/></hh:charPr>'
        )


@dataclass(frozen=True)
class Lines:
    """How a paragraph stands: distances in hundredths of a millimetre, line height in percent, outline from 1."""

    align: Align = "left"
    left: int = 0
    first: int = 0
    before: int = 0
    after: int = 0
    height: int = 160
    keep: bool = False
    outline: int = 0
    tab: int = 0
    border: int = 2

    def xml(self, number: int) -> str:
        """Return the paraPr of this stand; Korean words stay whole."""
        outline = ("OUTLINE", self.outline - 1) if self.outline else ("NONE", 0)
        keep = int(self.keep)
        distances = self._distances(2) + "</hp:default>"
        return (
            f'<hh:paraPr id="{number}" tabPrIDRef="{self.tab}" condense="0" fontLineHeight="0" snapToGrid="1" '
            f'suppressLineNumbers="0" checked="0" textDir="LTR"><hh:align horizontal="{self.align.upper()}" '
            f'vertical="BASELINE"/><hh:heading type="{outline[0]}" idRef="0" level="{outline[1]}"/>'
            '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD" widowOrphan="1" '
            f'keepWithNext="{keep}" keepLines="{keep}" pageBreakBefore="0" lineWrap="BREAK"/>'
            '<hh:autoSpacing eAsianEng="0" eAsianNum="0"/><hp:switch><hp:case '
            'hp:required-namespace="http://www.hancom.co.kr/hwpml/2016/HwpUnitChar">'
            f"{self._distances(1)}</hp:case><hp:default>{distances}</hp:switch>"
            f'<hh:border borderFillIDRef="{self.border}" offsetLeft="0" offsetRight="0" offsetTop="0" '
            'offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
        )

    def _distances(self, factor: int) -> str:
        """Return margins and line height; programs that do not know HwpUnitChar read doubled values."""
        names = (("intent", self.first), ("left", self.left), ("right", 0), ("prev", self.before), ("next", self.after))
        parts = "".join(f'<hc:{name} value="{units(value) * factor}" unit="HWPUNIT"/>' for name, value in names)
        return f'<hh:margin>{parts}</hh:margin><hh:lineSpacing type="PERCENT" value="{self.height}" unit="HWPUNIT"/>'


@dataclass(frozen=True)
class Edges:
    """The lines above and below a cell (width in mm as Hancom names it, colour) and its ground."""

    top: tuple[str, str] | None = None
    bottom: tuple[str, str] | None = None
    ground: str = ""

    def xml(self, number: int) -> str:
        """Return the borderFill of these edges."""
        sides = (("left", None), ("right", None), ("top", self.top), ("bottom", self.bottom))
        lines = "".join(
            f'<hh:{side}Border type="{"SOLID" if line else "NONE"}" width="{line[0] if line else "0.1 mm"}" '
            f'color="#{line[1] if line else "000000"}"/>'
            for side, line in sides
        )
        brush = f'<hc:winBrush faceColor="#{self.ground}" hatchColor="#999999" alpha="0"/>'
        return (
            f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">'
            '<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
            f'{lines}<hh:diagonal type="SOLID" width="0.1 mm" color="#000000"/>'
            f"{f'<hc:fillBrush>{brush}</hc:fillBrush>' if self.ground else ''}</hh:borderFill>"
        )


@dataclass
class Numbered(Generic[Spec]):
    """Looks numbered in the order they are first used, after those of the empty document."""

    first: int
    given: dict[Spec, int] = field(default_factory=dict)

    def number(self, spec: Spec) -> int:
        """Return the number of a look, giving the next one to a new look."""
        return self.given.setdefault(spec, self.first + len(self.given))

    def xml(self, write: Callable[[Spec, int], str]) -> str:
        """Return every look's element in order."""
        return "".join(write(spec, number) for spec, number in self.given.items())


@dataclass(frozen=True)
class Style:
    """A named style of ours: what 한글 shows in its style list."""

    name: str
    english: str
    letters: Letters
    lines: Lines


BODY = Style("마당 본문", "Madang Body", Letters(), Lines(after=180))
TITLE = Style("마당 제목", "Madang Title", Letters(190, bold=True), Lines(before=100, after=450, height=130, keep=True))
KICKER = Style("마당 윗줄", "Madang Kicker", Letters(105, look.DIM), Lines(height=130, keep=True))
HEADINGS = tuple(
    Style(
        f"마당 항목 {level}",
        f"Madang Heading {level}",
        Letters(size, bold=True),
        Lines(before=before, after=250, height=130, keep=True, outline=level),
    )
    for level, (size, before) in enumerate(((125, 750), (110, 550), (105, 450), (100, 350)), 1)
)
DASH = Style("마당 글머리", "Madang Dash", Letters(), Lines(left=400, first=-400, after=60))
VOICE = Style("마당 목소리", "Madang Voice", Letters(face=SERIF), Lines(left=400, before=150, keep=True))
BY = Style("마당 말한 이", "Madang By", Letters(90, look.DIM), Lines(left=400, after=150))
CAPTION = Style(
    "마당 표 이름",
    "Madang Caption",
    Letters(85, look.DIM, bold=True),
    Lines(before=300, after=100, keep=True, tab=FIT_TAB),
)
NOTE = Style("마당 참고", "Madang Note", Letters(85, look.DIM), Lines(before=100, after=100, height=145))
CENTRED = Style("마당 가운데", "Madang Centred", Letters(110), Lines("center", before=600, keep=True))
PARTY = Style("마당 서명", "Madang Party", Letters(110), Lines("right", before=600, keep=True))
TO = Style("마당 받는 이", "Madang To", Letters(130, bold=True), Lines(before=900))
HEAD = Style("마당 머리말", "Madang Head", Letters(85, look.DIM), Lines(height=130, tab=FIT_TAB))
FOOT = Style("마당 꼬리말", "Madang Foot", Letters(85, look.DIM), Lines("center", height=130))
CELL = Style("마당 표", "Madang Cell", Letters(90), Lines(height=140))
STYLES = (BODY, TITLE, KICKER, *HEADINGS, DASH, VOICE, BY, CAPTION, NOTE, CENTRED, PARTY, TO, HEAD, FOOT, CELL)


class Looks:
    """All looks one document uses, numbered after those of the empty document."""

    def __init__(self, letters: int, lines: int, edges: int, styles: int) -> None:
        self.letters: Numbered[Letters] = Numbered(letters)
        self.lines: Numbered[Lines] = Numbered(lines)
        self.edges: Numbered[Edges] = Numbered(edges)
        self.styles: Numbered[Style] = Numbered(styles)
        self.under_head = self.edges.number(Edges(bottom=("0.12 mm", look.LINE)))
        for style in STYLES:
            self.styles.number(style)
            self.letters.number(style.letters)
            self.lines.number(style.lines)

    def style_xml(self, language: str) -> str:
        """Return the style elements."""
        tongue = 1042 if language == "ko" else 2057
        return self.styles.xml(
            lambda style, number: (
                f'<hh:style id="{number}" type="PARA" name={quoteattr(style.name)} engName={quoteattr(style.english)} '
                f'paraPrIDRef="{self.lines.number(style.lines)}" charPrIDRef="{self.letters.number(style.letters)}" '
                f'nextStyleIDRef="{number}" langID="{tongue}" lockForm="0"/>'
            )
        )


def empty_numbering() -> str:
    """Return a numbering of ten levels that writes nothing: headings carry their own numbers."""
    levels = "".join(
        f'<hh:paraHead start="1" level="{level}" align="LEFT" useInstWidth="1" autoIndent="1" widthAdjust="0" '
        'textOffsetType="PERCENT" textOffset="50" numFormat="DIGIT" charPrIDRef="4294967295" checkable="0"/>'
        for level in range(1, 11)
    )
    return f'<hh:numbering id="{EMPTY_NUMBERING}" start="0">{levels}</hh:numbering>'
