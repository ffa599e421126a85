from django.urls import include, path

from madang.site import views

# The rooms of a district, in the order of the year: prefix of the address, module of its urls.
ROOMS: list[tuple[str, str]] = []

urlpatterns = [
    path("", views.front, name="front"),
    path("city/", views.city, name="city"),
    path("home/", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("madang.site.account_urls")),
    path("districts/<slug:district>/", views.district_page, name="district"),
    *[path(f"districts/<slug:district>/{prefix}", include(module)) for prefix, module in ROOMS],
]

handler404 = "madang.site.views.not_found"
handler500 = "madang.site.views.broken"
