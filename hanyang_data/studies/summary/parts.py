"""What the summary study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.parts import parts
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS

SAYS = messages(__name__)

LABEL = SAYS.label
SECTION = SAYS.section
QUESTION = METHOD = NO_WORDS  # it is of runs and not of the economy: for the annex alone
FIGURES = parts(SAYS, "figures")
TABLES = parts(SAYS, "tables")
