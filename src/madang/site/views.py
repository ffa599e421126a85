from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from madang.ground.notices.models import MailboxLetter
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.places.queries import district_or_404


@open_to_all
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "site/front.html")


@open_to_all
def city(request: HttpRequest) -> HttpResponse:
    return render(request, "site/city.html")


@open_to_all
def district_page(request: HttpRequest, district: str) -> HttpResponse:
    return render(request, "site/district.html", {"district": district_or_404(district)})


@guarded("site.home")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html")


@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@open_to_all
def mailbox(request: HttpRequest) -> HttpResponse:
    if not settings.MADANG_DEMO:
        raise Http404
    return render(request, "site/mailbox.html", {"letters": MailboxLetter.objects.all()[:50]})


@open_to_all
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to the page it was chosen on."""
    chosen = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.method == "POST" and check_for_language(chosen):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive."""
    return HttpResponse("ok", content_type="text/plain")


@open_to_all
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
