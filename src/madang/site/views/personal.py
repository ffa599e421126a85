from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.ground.audit.operations import operation
from madang.ground.notices.models import MailboxLetter, Notice
from madang.ground.notices.operations import mark_read
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.models import Person
from madang.site import waiting
from madang.site.demo.people import ACCOUNTS


@guarded("site.home")
def home(request: Any) -> HttpResponse:
    """Show what waits for the person, in the order of the days."""
    today = timezone.localdate(request.at)
    context = waiting.home_context(request.actor, today)
    context["notices"] = Notice.objects.filter(person=request.actor.person)[:8]
    return render(request, "site/home.html", context)


@guarded("site.home")
def notice(request: Any, number: int) -> HttpResponse:
    """Open a notice of one's own: note that it was read and go where it leads."""
    own = get_object_or_404(Notice, pk=number, person=request.actor.person)
    mark_read(notice=own, at=request.at)
    return redirect(own.link or "home")


@open_to_all
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the letters that the demo kept instead of sending."""
    if not settings.MADANG_DEMO:
        raise Http404
    return render(request, "site/mailbox.html", {"letters": MailboxLetter.objects.all()[:50]})


@open_to_all
@require_POST
def enter_demo(request: Any) -> HttpResponse:
    """Sign in as one of the demo's people; exists only in the demo."""
    known = {account.email for account in ACCOUNTS} if settings.MADANG_DEMO else set()
    email = request.POST.get("email", "")
    if email not in known:
        raise Http404
    person = get_object_or_404(Person, email=email)
    with operation("people.enter_demo", actor=None, at=request.at):
        sign_in(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("%(name)s 님으로 들어왔어요.") % {"name": person.name})
    return redirect("home")


@open_to_all
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to the page it was chosen on."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if request.method == "POST" and check_for_language(chosen):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            _remember_language(cast(Person, request.user), chosen, request)
    return response


def _remember_language(person: Person, chosen: str, request: Any) -> None:
    """Letters go out in the language a person reads."""
    with operation("people.choose_language", actor=request.actor, at=request.at):
        Person.objects.filter(pk=person.pk).exclude(language=chosen).update(language=chosen)
