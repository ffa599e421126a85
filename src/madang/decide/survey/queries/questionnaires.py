from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.decide.survey.asking import Asked
from madang.decide.survey.models import Questionnaire, Resource
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may
from madang.ground.people.todo import ToDo
from madang.ground.places.models import District

PAGE = 40


def questionnaires_of(district: District, *, drafts: bool) -> QuerySet[Questionnaire]:
    """Return the newest questionnaires of a district with how many answered, drafts only where asked for."""
    found = Questionnaire.objects.filter(district=district).annotate(answered=Count("sheets"))
    shown = found if drafts else found.exclude(state="draft").exclude(state="cancelled", announced_at=None)
    return shown.order_by("-opens_on", "-id")[:PAGE]


def questionnaire_in(district: District, number: int) -> Questionnaire | None:
    """Return one questionnaire of a district, or None."""
    return Questionnaire.objects.filter(district=district, pk=number).select_related("district", "cycle").first()


def questions_asked(questionnaire: Questionnaire) -> list[Asked]:
    """Return the questions of a questionnaire without their words, in order."""
    return [question.asked() for question in questionnaire.questions.order_by("place")]


def has_answered(questionnaire: Questionnaire, actor: Actor) -> bool:
    """Say whether somebody has answered a questionnaire that takes one answer a person."""
    if actor.person_id is None:
        return False
    return questionnaire.respondents.filter(person_id=actor.person_id).exists()


def waiting_for(actor: Actor, district: District | None, day: date) -> list[ToDo]:
    """Return suggestions to check and results to publish, for those who keep the register and the questionnaires."""
    if district is None:
        return []
    found = []
    if may(actor, "survey.keep_resources", Resource(district=district)):
        found += _suggestions(district)
    if may(actor, "survey.ask", Questionnaire(district=district)):
        found += _results(district, day)
    return found


def _suggestions(district: District) -> list[ToDo]:
    number = Resource.objects.filter(district=district, state="suggested").count()
    if not number:
        return []
    title = ngettext("추천받은 자원 %(n)d건을 확인해 주세요", "추천받은 자원 %(n)d건을 확인해 주세요", number)
    return [
        ToDo(
            title=title % {"n": number},
            text=_("확인한 자원만 목록에 올라가요"),
            url=reverse("survey:resources", args=[district.slug]),
            tone="info",
            label=_("자원"),
        )
    ]


def _results(district: District, day: date) -> list[ToDo]:
    ended = Questionnaire.objects.filter(
        Q(district=district, state="announced", closes_on__lt=day), sheets__isnull=False
    ).distinct()[:10]
    return [
        ToDo(
            title=_("「%(title)s」 결과를 공개해 주세요") % {"title": questionnaire.title},
            text=_("답을 받는 때가 끝났어요"),
            url=reverse("survey:questionnaire", args=[district.slug, questionnaire.pk]),
            tone="pine",
            label=_("설문조사"),
        )
        for questionnaire in ended
    ]
