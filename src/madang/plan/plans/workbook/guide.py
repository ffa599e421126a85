"""What the workbook tells the officer who fills it in, and the words of its drop-down lists."""

from __future__ import annotations

from collections.abc import Iterator

from madang.engines import rulebook
from madang.engines.rulebook.workbook.layout import FLAG_WORDS, PART_WORDS

PARTS = list(PART_WORDS)
FLAGS = list(FLAG_WORDS)
NATURES = list(rulebook.STATED)
YES_NO = ["예", "아니오"]
NATURE_WORDS = {
    "personnel": "인건비성 경비",
    "facilities": "시설비 및 부대비",
    "assets": "자산취득비",
    "private_transfer": "민간이전",
    "current": "그 밖의 경상",
    "capital": "그 밖의 자본",
    "other": "그 밖",
}
GUIDE = (
    ("쓰는 법", "‘예산’ 시트에 한 줄씩 적고, ‘사업’ 시트에서 함께 운영하는 방법을 적는다. 회색 칸은 고치지 않는다."),
    ("줄 더하기", "‘예산’ 시트의 빈 줄에 사업 번호와 통계목을 골라 적는다. 줄을 지우면 계획에서도 빠진다."),
    ("금액", "천원 단위의 정수로 적는다. 3,000처럼 쉼표를 써도 된다. 수식을 쓰면 계산된 값을 읽는다."),
    ("표시", "여럿이면 쉼표로 잇는다. 예: 재산성 물품, 회의 수당"),
    ("성격", "통계목 표에 없는 코드에만 적는다. " + ", ".join(f"{key}({word})" for key, word in NATURE_WORDS.items())),
    ("편성 불가", "검토에서 걸린 번호(1–5)를 쉼표로 잇는다."),
    ("합치지 않기", "칸을 병합하거나 열과 시트의 이름을 바꾸면 읽지 못한다."),
    ("사업과 과제", "세부사업과 추진과제를 더하거나 빼는 일은 마당의 화면에서 한다."),
    ("돌려주기", "마당의 계획 화면에서 ‘엑셀로 가져오기’로 올린다. 무엇이 바뀌는지 먼저 보고 한꺼번에 반영한다."),
    ("미리 점검", "이 파일은 madang check 명령으로도 점검할 수 있다. 위원 명단은 들어 있지 않다."),
)


def item_rows(items: rulebook.ItemTable) -> Iterator[tuple[str, str]]:
    """Yield the codes of a fiscal year with their names."""
    for item in items:
        yield item.code, item.name
