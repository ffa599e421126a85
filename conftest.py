"""What every test may use; the database comes from madang.site.serving.pytest_database."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

# A busy machine is no fault of the code: tests measure no time.
settings.register_profile("madang", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("madang")
SEOUL = ZoneInfo("Asia/Seoul")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys first: shared out to several processes, the longest files must not be left for the end."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Bring back what the migrations put in after a test that emptied the database, so that files come in any order."""
    yield
    # After the last test the database itself is gone.
    if nextitem is not None and empties_the_database(item):
        from django.db import connection

        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


def empties_the_database(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked = bool(mark and mark.kwargs.get("transaction"))
    return asked or "transactional_db" in getattr(item, "fixturenames", ())


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
