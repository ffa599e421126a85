"""The addresses of a body's pages: below its district, or below the city for the city's bodies."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from madang.ground.bodies.models import Body
from madang.ground.places.models import District


def place_address(name: str, district: District | None, *args: Any) -> str:
    """Return the address of a page of a district's bodies, or of the city's where there is no district."""
    if district is None:
        return reverse(f"city_bodies:{name}", args=args)
    return reverse(f"bodies:{name}", args=[district.slug, *args])


def address(name: str, body: Body, *args: Any) -> str:
    """Return the address of a page of a body."""
    return place_address(name, body.district, body.pk, *args)
