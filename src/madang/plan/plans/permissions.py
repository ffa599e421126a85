from madang.ground.people.permissions import Who, register
from madang.ground.people.roles import DISTRICT_STAFF, Role

PERMISSIONS = register(
    {
        "plans.read_draft": Who.of(*DISTRICT_STAFF, Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR, hidden=True),
        "plans.write": Who.of(*DISTRICT_STAFF),
        "plans.give_opinion": Who.signed_in(),
        "plans.share_draft": Who.of(*DISTRICT_STAFF),
        "plans.spread": Who.of(*DISTRICT_STAFF),
        "plans.freeze": Who.of(*DISTRICT_STAFF),
        "plans.put_to_council": Who.of(*DISTRICT_STAFF),
        "plans.decide": Who.of(*DISTRICT_STAFF),
        "plans.submit": Who.of(*DISTRICT_STAFF),
        "plans.reopen": Who.of(Role.CITY_OFFICER),
        "plans.ask_waiver": Who.of(*DISTRICT_STAFF),
        "plans.waive": Who.of(Role.CITY_OFFICER),
        "plans.read_waivers": Who.of(
            *DISTRICT_STAFF, Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR, Role.CITY_OFFICER, hidden=True
        ),
    }
)
