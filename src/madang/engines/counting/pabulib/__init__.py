"""Election files in the Pabulib format: sections META, PROJECTS and VOTES of lines with fields between semicolons."""

from madang.engines.counting.pabulib.problems import Problem, UnableToReadElection
from madang.engines.counting.pabulib.reading import read_election
from madang.engines.counting.pabulib.writing import write_election

__all__ = ["Problem", "UnableToReadElection", "read_election", "write_election"]
