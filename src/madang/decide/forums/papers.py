from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Registration
from madang.engines.papers import Column, Field, FieldTable, Note, Paper, Row, Table
from madang.ground.files.paper_files import demo_mark

EMPTY_ROWS = 20


def sign_in_sheet(forum: Forum, people: Sequence[Registration]) -> Paper:
    """Build the sheet people sign at the door: those registered with a seat, then empty lines for others."""
    starts, ends = timezone.localtime(forum.starts_at), timezone.localtime(forum.ends_at)
    columns = (
        Column(_("번호"), "number", 1),
        Column(_("이름"), width=3),
        Column(_("속한 곳"), width=3),
        Column(_("탁자"), width=1),
        Column(_("서명"), width=4),
    )
    rows = [
        Row((place, one.called, str(one.get_origin_display()), str(one.table.number) if one.table else "", ""))
        for place, one in enumerate(people, start=1)
    ]
    rows += [Row((len(people) + place, "", "", "", "")) for place in range(1, EMPTY_ROWS + 1)]
    return Paper(
        title=_("참석자 명부"),
        kicker=forum.title,
        blocks=(
            FieldTable(
                (
                    (Field(_("때"), f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"),),
                    (Field(_("곳"), f"{forum.place} {forum.address}".strip()),),
                )
            ),
            Table(columns, tuple(rows)),
            Note(_("이름은 참석을 확인하는 데만 쓰고, 결과를 기록한 뒤 지운다.")),
        ),
        status_mark=demo_mark(),
    )
