"""Papers the tests write: the agenda action plan of appendix 6 with figures that add up, and a page of hostile text."""

from madang.engines.papers import (
    Band,
    Bullets,
    Column,
    Field,
    FieldTable,
    Heading,
    Note,
    Paper,
    Paragraph,
    Quote,
    Row,
    Run,
    Signatory,
    Signatures,
    Table,
    total_row,
)

SIGNATORIES = (Signatory("민간대표 (협치회의 의장)", "김솔"), Signatory("행정대표 (도봉구청장)", "이늘"))

COST = "86,000천원 (시비 70,000 · 구비 16,000) / 경상 26,250 (30.5%) · 자본 59,750 (69.5%)"

BUDGET_ROWS = (
    ("일반운영비", "사무관리비", "주민 설계 워크숍 6회 × 500,000원", 0, 3000),
    ("", "사무관리비", "회의수당 10명 × 8회 × 50,000원", 0, 4000),
    ("", "행사운영비", "밤마실 걷기 행사 4회 × 1,500,000원", 0, 6000),
    ("일반보전금", "행사실비지원금", "시민관리단 15명 × 45일 × 10,000원", 6750, 0),
    ("민간이전", "민간경상사업보조", "시민관리단 교육·운영 13회 × 500,000원", 0, 6500),
    ("시설비 및 부대비", "시설비", "바닥 조명 47곳 × 850,000원", 5450, 34500),
    ("", "시설비", "쉼터 의자 12곳 × 1,250,000원", 2000, 13000),
    ("", "시설부대비", "설계·감리 등 1식 × 1,800,000원", 1800, 0),
    ("자산취득비", "자산및물품취득비", "이동식 안내판 5대 × 600,000원", 0, 3000),
)


def budget() -> Table:
    """The budget of the look's sample plan: 16,000 of the district and 70,000 of the city make 86,000."""
    plain = [Row((a, b, c, own, city, 0, 0, own + city)) for a, b, c, own, city in BUDGET_ROWS]
    first, last = plain[:3], plain[3:]
    kinds = {"kind": "number"}
    return Table(
        columns=(
            Column("편성목"),
            Column("통계목"),
            Column("산출내역"),
            Column("구비", **kinds),
            Column("시비", **kinds),
            Column("국비", **kinds),
            Column("기타", **kinds),
            Column("합계", strong=True, **kinds),
        ),
        bands=(Band("", 3), Band("재원", 4), Band("", 1)),
        rows=(
            *first,
            total_row("소계", 0, 13000, 0, 0, 13000, across=3, kind="subtotal"),
            *last,
            total_row("합계", 16000, 70000, 0, 0, 86000, across=3),
        ),
        caption="소요예산",
        unit="천원",
        notes=("시설비 및 부대비·자산취득비 59,750 / 86,000 = 69.5% (한도 70%, 운영지침 3.2.2(2)③)",),
    )


def plan() -> Paper:
    """The agenda action plan of appendix 6 as the look's sample shows it."""
    goal = "밤 9시 이후 산책로 이용 주민 30% 늘리기, 야간 보행 불안 응답 절반으로 줄이기"
    partners = (
        "주무부서 공원녹지과(시설·안전), 협력부서 치수과(점용허가), 민간 방학천사람들(주민 설계·시민관리단), "
        "제안자 3명, 경관조명 자문 1명"
    )
    return Paper(
        title="밤에도 걷고 싶은 방학천",
        kicker="추진과제 2-1 걷고 머무는 우리 동네 _ 의제 3",
        running="도봉구 2021년 지역사회혁신계획(구단위계획형) 실행계획",
        record_number="도봉-2020-의12",
        status_mark="예시",
        blocks=(
            Paragraph("어두운 천변 산책로에 낮은 바닥 조명과 쉼터 의자를 놓고, 주민이 설계부터 돌봄까지 함께한다."),
            FieldTable(
                (
                    (Field("추진시기", "2021년 1월 – 12월"), Field("담당", "공원녹지과")),
                    (
                        Field(
                            "예산", "86,000천원 (시비 70,000 · 구비 16,000) / 경상 26,250 (30.5%) · 자본 59,750 (69.5%)"
                        ),
                    ),
                    (Field("사업 목표", goal),),
                    (Field("민관협력체계", partners),),
                )
            ),
            Heading("추진 배경과 필요성", number="1"),
            Paragraph(
                (
                    Run("2020년 3월 방학1동 공론장에서 나온 "),
                    Run("주민 제안 네 건", bold=True),
                    Run("을 융합·병합한 의제로, 우선순위 투표에서 11개 가운데 2위(4,318명)로 선정되었다. "),
                    Run("정의교–도당교 구간은 가로등이 없어 야간 통행이 어렵고, 쉴 곳이 부족하다는 의견이 세대별 "),
                    Run("공론장에서 되풀이되었다."),
                )
            ),
            Quote("밤에 아이와 걷기에는 너무 어두워요. 발밑만이라도 보이면 좋겠어요.", by="방학1동 주민"),
            Heading("사업 목표 및 추진방향", number="2"),
            Bullets(
                (
                    "빛 공해를 줄이는 낮은 조도의 바닥 조명을 주민이 위치를 정해 설치한다.",
                    (
                        Run("시설을 놓는 데서 끝나지 않고 "),
                        Run("시민관리단", bold=True),
                        Run("이 부서와 같은 점검표로 돌본다."),
                    ),
                )
            ),
            Heading("세부추진 계획", number="4"),
            Heading("추진일정", level=2, number="4.1"),
            Table(
                columns=(Column("시기"), Column("내용"), Column("민간"), Column("행정")),
                rows=(
                    Row(("1–3월", "주민 설계 워크숍 6회, 설치 위치 정하기", "진행·기록", "현장 자료")),
                    Row(("4–6월", "점용허가, 남쪽 구간 조명 설치", "현장 확인", "발주·감리")),
                    Row(("7–10월", "쉼터 의자, 북쪽 구간 조명, 걷기 행사", "행사 운영", "안전 지원")),
                ),
                caption="추진일정",
            ),
            Heading("모니터링 및 평가계획", number="5"),
            Table(
                columns=(Column("지표"), Column("지금", "percent"), Column("목표", "percent"), Column("재는 방법")),
                rows=(Row(("야간 보행이 불안하다는 응답", 620, 310, "이용자 설문 200명")),),
            ),
            Heading("소요예산", number="6"),
            budget(),
            Note("이름과 숫자는 지어낸 것이다."),
            Signatures(
                statement="위와 같이 실행계획을 제출합니다.",
                date="2020년 7월 6일",
                parties=SIGNATORIES,
                to="서울특별시장 귀하",
            ),
        ),
    )


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    '#show: "x"',
    "#let a = 1; #sys.inputs",
    "$ x^2 $ *굵게* _기울임_ `코드` <표지> @인용",
    "<script>alert('방학천')</script>",
    "</hp:t></hp:run> & &amp; ]]> <!-- -->",
    "따옴표 \"큰\" '작은' “둥근” ‘홑’ 「낫표」",
    "역사선 \\n \\u{1F600} // 주석 /* 설명 */",
    "https://example.org/?q=1&r=2#조각",
    "{{ 틀 }} {% raw %} ${값} %s %(이름)s",
    "[1] 대괄호 = 제목 - 목록 + 번호 / 용어: 뜻",
    "가나다라마바사아자차카타파하" * 12,
    "Wordwithoutanyspace" * 20,
)
SEEN_BY_NO_ONE = "\u0000\u0007\u000b\u001b\u007f\u0085\u202e\u2066\ufeff\ufffe\ud800"


def hostile() -> Paper:
    """A paper whose every place holds a text meant to break a format."""
    blocks = []
    for text in HOSTILE:
        blocks += [Heading(text, level=2, number="#1"), Paragraph((Run(text), Run(text, bold=True))), Bullets((text,))]
        blocks += [Quote(text, by=text), Note(text), FieldTable(((Field(text, text), Field(text, text)),))]
        blocks.append(
            Table(
                columns=(Column(text), Column(text, "number")),
                rows=(Row((text, 1)), Row((text, text)), total_row(text, 1)),
                caption=text,
                unit=text,
                notes=(text,),
            )
        )
    blocks.append(Signatures(statement=HOSTILE[0], date=HOSTILE[3], parties=(Signatory(HOSTILE[6], HOSTILE[7]),)))
    first = HOSTILE[6] + SEEN_BY_NO_ONE
    return Paper(
        title=first, blocks=tuple(blocks), running=first, record_number=HOSTILE[5], status_mark=first, kicker=first
    )


def ledger(rows: int) -> Paper:
    """A long table of figures with its sum: the 60-page paper."""
    columns = (Column("번호", "number"), Column("사업"), Column("산출내역"), Column("구비", "number"))
    columns += (Column("시비", "number"), Column("합계", "number", strong=True))
    lines = tuple(
        Row((n, f"주민참여 사업 {n}", f"공론장 진행 {n}회 × 500,000원", n * 7, n * 11, n * 18))
        for n in range(1, rows + 1)
    )
    whole = rows * (rows + 1) // 2
    total = total_row("합계", whole * 7, whole * 11, whole * 18, across=3)
    table = Table(columns, (*lines, total), unit="천원")
    return Paper(title="사업 목록", blocks=(table,), running="도봉구 2021년 실행계획")
