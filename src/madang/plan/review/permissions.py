from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

CITY_READERS = (Role.CITY_OFFICER, Role.BUDGET_OFFICER, Role.CITY_SUPPORT_OFFICER, Role.MEDIATOR, Role.EVALUATOR)

PERMISSIONS = register(
    {
        "review.submit": Who.of(*DISTRICT_STAFF),
        "review.reopen": Who.of(Role.CITY_OFFICER),
        "review.read_submission": Who.of(
            *DISTRICT_STAFF, Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR, *CITY_READERS, hidden=True
        ),
        "review.read_inbox": Who.of(*CITY_READERS),
    }
)
