from django.urls import include, path

from madang.plan.review.views import inbox
from madang.site.admin import admin_site
from madang.site.rulebook_pages import views as rulebook_pages
from madang.site.views import health, personal, public

# The rooms of a district, in the order of the year: prefix of the address, module of its urls.
ROOMS: list[tuple[str, str]] = [
    ("survey/", "madang.decide.survey.urls"),
    ("forums/", "madang.decide.forums.urls"),
    ("proposals/", "madang.decide.agendas.proposal_urls"),
    ("agendas/", "madang.decide.agendas.agenda_urls"),
    ("bodies/", "madang.ground.bodies.urls"),
    ("year/", "madang.ground.cycles.urls"),
    ("elections/", "madang.decide.voting.urls"),
    ("plans/", "madang.plan.plans.urls"),
    ("plans/", "madang.plan.review.urls"),
]

urlpatterns = [
    path("", public.front, name="front"),
    path("city/", public.city, name="city"),
    path("city/inbox/", inbox, name="inbox"),
    path("city/bodies/", include("madang.ground.bodies.city_urls")),
    path("about/", public.about, name="about"),
    path("b/", include("madang.decide.forums.board_urls")),
    path("rulebook/", rulebook_pages.rulebook, name="rulebook"),
    path("rulebook/changes/", rulebook_pages.changes, name="rulebook_changes"),
    path("rulebook/items/<int:year>/", rulebook_pages.items, name="rulebook_items"),
    path("rulebook/rules/<str:rule>/", rulebook_pages.rule, name="rulebook_rule"),
    path("home/", personal.home, name="home"),
    path("home/notices/<int:number>/", personal.notice, name="notice"),
    path("mailbox/", personal.mailbox, name="mailbox"),
    path("demo/enter/", personal.enter_demo, name="enter_demo"),
    path("language/", personal.language, name="language"),
    path("admin/", admin_site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("madang.site.account_urls")),
    path("districts/<slug:district>/", public.district_page, name="district"),
    path("districts/<slug:district>/thread/<str:number>/", public.thread, name="thread"),
    *[path(f"districts/<slug:district>/{prefix}", include(module)) for prefix, module in ROOMS],
]

handler404 = "madang.site.views.health.not_found"
handler500 = "madang.site.views.health.broken"
