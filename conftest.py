"""What every test may use; the database comes from madang.site.serving.pytest_database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

SEOUL = ZoneInfo("Asia/Seoul")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys first: shared out to several processes, the longest files must not be left for the end."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


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
