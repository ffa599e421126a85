from madang.decide.forums.models.forums import Forum, ForumCount
from madang.decide.forums.models.materials import Material, MaterialSending
from madang.decide.forums.models.people import ForumTable, Registration

__all__ = ["Forum", "ForumCount", "ForumTable", "Material", "MaterialSending", "Registration"]
