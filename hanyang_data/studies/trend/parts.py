"""What the trend study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.parts import parts
from hanyang_data.words.messages import messages

SAYS = messages(__name__)

LABEL = SAYS.label
SECTION = SAYS.section
QUESTION = SAYS.question
METHOD = SAYS.method
FIGURES = parts(SAYS, "figures", key=["growth_and_level"], beside={"growth_and_level": "figures_on_record"})
TABLES = parts(
    SAYS,
    "tables",
    key={"figures_on_record": ["year", "growth_printed", "level_printed", "vintage", "published_on"]},
    limits=["refused"],
)
