"""What the menus and buttons say, in both languages."""

from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL

SAYS = messages(__name__)

TITLE = SAYS.title
LEAD = SAYS.lead
CONTROLS = SAYS.each("controls")
BUTTONS = SAYS.each("buttons")
TIPS = SAYS.each("tips")  # what a menu is for
MEASURE_NAMES = {"growth": GROWTH, "level": LEVEL}
READING_NAMES = SAYS.each("reading_names")
ELSEWHERE = SAYS.elsewhere
