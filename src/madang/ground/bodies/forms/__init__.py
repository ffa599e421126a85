from madang.ground.bodies.forms.bodies import EndBodyForm, FoundBodyForm, OrdinanceForm
from madang.ground.bodies.forms.meetings import CallMeetingForm, MinutesForm, MotionForm
from madang.ground.bodies.forms.seats import SeatForm

__all__ = [
    "CallMeetingForm",
    "EndBodyForm",
    "FoundBodyForm",
    "MinutesForm",
    "MotionForm",
    "OrdinanceForm",
    "SeatForm",
]
