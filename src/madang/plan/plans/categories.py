"""Names of the budget categories (편성목) by the first three digits of an item code."""

from django.utils.translation import gettext_lazy as _

CATEGORIES = {
    "101": _("인건비"),
    "201": _("일반운영비"),
    "202": _("여비"),
    "203": _("업무추진비"),
    "206": _("재료비"),
    "207": _("연구개발비"),
    "301": _("일반보전금"),
    "303": _("포상금"),
    "307": _("민간이전"),
    "308": _("자치단체 등 이전"),
    "401": _("시설비 및 부대비"),
    "402": _("민간자본이전"),
    "403": _("자치단체 등 자본이전"),
    "405": _("자산취득비"),
    "406": _("기타자본이전"),
}


def category_name(code: str) -> str:
    """Return the name of the category of an item code, or the three digits where the name is not known."""
    return str(CATEGORIES.get(code[:3], code[:3]))
