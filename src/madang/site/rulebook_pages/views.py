from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from madang.engines import rulebook as engine
from madang.engines.rulebook import contents
from madang.engines.rulebook.worked import examples
from madang.ground.people.guards import open_to_all
from madang.site.rulebook_pages.situations import situation

LONGEST_SEARCH = 80
MOST_ITEMS = 60


@open_to_all
def rulebook(request: Any) -> HttpResponse:
    """Show the whole rulebook by topic, or what a search finds in it."""
    book = engine.load()
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = frame(request) | {"asked": asked, "book": book}
    if asked:
        found = contents.search(asked, book, context["view"])
        context |= {"found": found, "sections": found.sections, "steps": by_kind(found.steps)}
        context |= {"items": found.items[:MOST_ITEMS], "more_items": max(0, len(found.items) - MOST_ITEMS)}
    else:
        context |= {"sections": contents.sections(book), "steps": by_kind(contents.steps(book))}
    return render(request, "site/rulebook/rulebook.html", context)


@open_to_all
def rule(request: Any, rule: str) -> HttpResponse:
    """Show one rule with its clause, its reading, its figures and its worked examples."""
    book = engine.load()
    found = book.rules.get(rule)
    if found is None:
        raise Http404
    context = frame(request)
    figures = [one for part in contents.sections(book) for one in part.figures if rule in one.rules]
    situations = [situation(one, context["view"]) for one in examples().get(rule, ())]
    context |= {"rule": found, "figures": figures, "situations": situations}
    return render(request, "site/rulebook/rule.html", context)


@open_to_all
def items(request: Any, year: int) -> HttpResponse:
    """Show the item codes of a fiscal year with the nature that the caps count."""
    context = frame(request)
    if year not in context["view"].fiscal_years:
        raise Http404
    table = context["view"].items(year)
    checked = sum(one.verified for one in table)
    context |= {"table": table, "year": year, "verified": checked, "unverified": len(table) - checked}
    return render(request, "site/rulebook/items.html", context)


@open_to_all
def changes(request: Any) -> HttpResponse:
    """Show what changed in which year: editions, values, item codes."""
    return render(request, "site/rulebook/changes.html", frame(request) | {"history": contents.history()})


def frame(request: Any) -> dict[str, Any]:
    """Return what every page of the rulebook knows: the view of the day and the fiscal years."""
    day = max(timezone.localdate(request.at), contents.first_day(engine.load()))
    view = engine.on(day)
    return {"view": view, "fiscal_years": view.fiscal_years, "topics": contents.TOPICS}


def by_kind(steps: tuple[engine.Step, ...]) -> list[tuple[str, list[engine.Step]]]:
    """Return the steps of the calendar by their kind, in its order."""
    kinds = dict.fromkeys(step.kind for step in steps)
    return [(kind, [step for step in steps if step.kind == kind]) for kind in kinds]
