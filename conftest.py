"""Tests run against a real PostgreSQL: the one of DATABASE_URL, else an embedded one that is started here."""

from __future__ import annotations

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

SEOUL = ZoneInfo("Asia/Seoul")


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ:
        from madang.site.serving.postgres import start_for_tests

        os.environ["DATABASE_URL"] = start_for_tests()
    os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")


@pytest.fixture
def at() -> datetime:
    """A quiet moment of the planning year: 21 May 2020, ten in the morning in Seoul."""
    return datetime(2020, 5, 21, 10, 0, tzinfo=SEOUL)


@pytest.fixture(autouse=True)
def _plain_settings(settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
