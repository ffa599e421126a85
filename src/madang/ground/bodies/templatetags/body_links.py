from __future__ import annotations

from typing import Any

from django import template

from madang.ground.bodies.addresses import address, place_address
from madang.ground.bodies.models import Body
from madang.ground.places.models import District

register = template.Library()


@register.simple_tag
def body_url(name: str, body: Body, *args: Any) -> str:
    """Return the address of a page of a body: {% body_url "meeting" body meeting.pk %}."""
    return address(name, body, *args)


@register.simple_tag
def bodies_url(name: str, district: District | None, *args: Any) -> str:
    """Return the address of a page about a district's bodies, or the city's: {% bodies_url "found" district %}."""
    return place_address(name, district, *args)
