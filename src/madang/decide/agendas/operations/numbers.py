from __future__ import annotations

from django.db import transaction

from madang.decide.agendas.models import NumberRange
from madang.ground.places.models import District


def hold_numbers(district: District, year: int, kind: str) -> NumberRange:
    """Lock the numbers of a district's year until the transaction ends, so that nobody else takes one meanwhile.

    ``kind`` is ``proposal`` or ``agenda``; two people who take a number at once are served one after the other.
    """
    NumberRange.objects.get_or_create(district=district, year=year, kind=kind)
    return NumberRange.objects.select_for_update().get(district=district, year=year, kind=kind)


def give_numbers(district: District, year: int, kind: str, many: int) -> range:
    """Give the next ``many`` numbers of a district's year as one block; none of them is ever given again."""
    with transaction.atomic():
        numbers = hold_numbers(district, year, kind)
        first = numbers.last + 1
        numbers.last += many
        numbers.save(update_fields=["last"])
    return range(first, first + many)


def give_number(district: District, year: int, kind: str) -> int:
    """Give the next number of a district's year; it is never given again."""
    return give_numbers(district, year, kind, 1)[0]
