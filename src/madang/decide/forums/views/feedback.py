from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from madang.decide.forums.forms import FeedbackForm
from madang.decide.forums.operations import feedback as asking
from madang.decide.forums.queries.numbers import feedback_of
from madang.decide.forums.queries.qr import qr_code
from madang.decide.forums.states import QUESTIONS
from madang.decide.forums.views.found import forum_for, forum_or_404
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo

SALT = "madang.forums.feedback"
A_MONTH = 31 * 24 * 3600


@guarded("forums.give_feedback")
def feedback(request: Any, district: str, number: int, token: str) -> HttpResponse:
    """Answer the questionnaire of a forum without a name; the address is known to those who were there."""
    found = forum_or_404(district, number)
    if not found.feedback_token or not constant_time_compare(found.feedback_token, token):
        raise Http404
    cookie = f"madang_forum_{found.pk}"
    own = request.get_signed_cookie(cookie, default="", salt=SALT)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own = own or secrets.token_urlsafe(18)
        try:
            asking.give_feedback(
                forum=found,
                answers=form.answers(),
                said=form.cleaned_data["said"],
                token=own,
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            answer = redirect("forums:feedback", district, number, token)
            answer.set_signed_cookie(
                cookie,
                own,
                salt=SALT,
                max_age=A_MONTH,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return answer
    context = {"district": found.district, "forum": found, "form": form, "given": bool(own)}
    return render(request, "forums/feedback.html", context)


@guarded("forums.record")
def answers(request: Any, district: str, number: int) -> HttpResponse:
    """Ask those who came how it was, and show what they answer."""
    found = forum_for(request, "forums.record", district, number)
    if request.method == "POST":
        try:
            asking.ask_for_feedback(forum=found, actor=request.actor, at=request.at)
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(request, _("설문을 열고, 들어온 분들께 알렸어요."))
        return redirect("forums:answers", district, number)
    heard = feedback_of(found)
    context = {
        "district": found.district,
        "forum": found,
        "heard": heard,
        "means": [(label, heard.means.get(name)) for name, label in QUESTIONS],
        "said": list(found.feedback.exclude(said="").values_list("said", flat=True)[:200]),
        "begun": request.at >= found.starts_at,
    }
    if found.feedback_token:
        link = reverse("forums:feedback", args=[district, number, found.feedback_token])
        context["link"] = request.build_absolute_uri(link)
        context["code"] = qr_code(context["link"])
    return render(request, "forums/answers.html", context)
