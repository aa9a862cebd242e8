"""What the back-test, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.parts import parts
from hanyang_data.words.messages import messages

SAYS = messages(__name__)

LABEL = SAYS.label
SECTION = SAYS.section
QUESTION = SAYS.question
METHOD = SAYS.method
FIGURES = parts(SAYS, "figures", key=["intervals"], beside={"reliability": "coverage", "intervals": "estimates"})
BRIEF = ["region", "last_year", "rule", "printed_pct", "estimate_pct", "low", "high", "held"]
TABLES = parts(SAYS, "tables", key={"estimates": BRIEF})
