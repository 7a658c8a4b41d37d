"""An interviewer's bank: exercises that are trusted, who had which, and how they did. Public is what this names."""

from bugforge.bank.bank import Bank as Bank
from bugforge.bank.drawing import Request as Request
from bugforge.bank.items import Filter as Filter
from bugforge.cluster.cluster import Cluster as Cluster
from bugforge.formats.interview import GivenTests as GivenTests
from bugforge.grading.rubric import Criterion as Criterion
from bugforge.interviews import Interview as Interview
from bugforge.interviews import interviews as interviews
