from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF

PERMISSIONS = register(
    {
        "forums.plan": Who.of(*DISTRICT_STAFF),
        "forums.record": Who.of(*DISTRICT_STAFF),
    }
)
