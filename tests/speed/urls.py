from django.urls import path
from tests.speed.yardstick import yardstick

from madang.site.urls import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [
    path("yardstick/", yardstick, {"address": ""}),
    path("yardstick/<path:address>", yardstick),
    *urlpatterns,
]
