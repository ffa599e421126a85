from madang.decide.agendas.models.agendas import Agenda, CriteriaReview, DepartmentReview, Strand
from madang.decide.agendas.models.differences import Difference
from madang.decide.agendas.models.judged import ExclusionReview, Invitation
from madang.decide.agendas.models.proposals import ImportBatch, NumberRange, Proposal

__all__ = [
    "Agenda",
    "CriteriaReview",
    "DepartmentReview",
    "Difference",
    "ExclusionReview",
    "ImportBatch",
    "Invitation",
    "NumberRange",
    "Proposal",
    "Strand",
]
