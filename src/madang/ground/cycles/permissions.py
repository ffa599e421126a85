from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

PERMISSIONS = register(
    {
        "cycles.open": Who.of(Role.CITY_OFFICER),
        "cycles.set_participation": Who.of(Role.CITY_OFFICER),
        "cycles.set_stage": Who.of(*DISTRICT_STAFF),
    }
)
