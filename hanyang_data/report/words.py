"""What a report says of itself: labels and sentences in both languages, used by every format."""

from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Lang

SAYS = messages(__name__)
LANGUAGE: dict[Lang, str] = {"en": "en-GB", "zh": "zh-CN"}  # as programs of an office name them

ORIGIN_HEADS = SAYS.each("origin_heads")
SOURCE_HEADS = SAYS.each("source_heads")
RUN_HEADS = SAYS.each("run_heads")
STATUS = SAYS.each("status")
VINTAGE = SAYS.each("vintage")
SHEET_HEADS = SAYS.each("sheet_heads")
