from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF

PERMISSIONS = register(
    {
        "survey.write": Who.of(*DISTRICT_STAFF),
        "survey.publish": Who.of(*DISTRICT_STAFF),
    }
)
