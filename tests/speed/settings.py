"""The site as it is, with the yardstick pages beside it."""

from madang.site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.speed.urls"
