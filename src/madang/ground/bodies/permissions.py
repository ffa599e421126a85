from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

PERMISSIONS = register(
    {
        "bodies.manage": Who.of(*DISTRICT_STAFF),
        "bodies.run_meeting": Who.of(*DISTRICT_STAFF),
        "bodies.vote": Who.of(Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR, Role.SUBCOMMITTEE_MEMBER),
    }
)
