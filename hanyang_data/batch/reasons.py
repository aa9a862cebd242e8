"""Why a run failed or is out of date: a sentence that a terminal prints in English and a report in its own language."""

from hanyang_data.words.messages import Text, messages

SAYS = messages(__name__)


class Reason(str):
    """The English sentence, with both languages beside it; it goes from process to process as it is.

    >>> Reason.of(Text("never run", "尚未运行")).text.zh
    '尚未运行'
    """

    text: Text

    @classmethod
    def of(cls, text: Text) -> "Reason":
        """The reason of a message that is filled in."""
        made = cls(text.en)
        made.text = text
        return made


def unwritable(place: object, error: OSError) -> Reason:
    """That a folder or file cannot be written, and what the system says to it."""
    return Reason.of(SAYS.cannot_be_written.format(place=place, error=error.strerror or error))


def no_data(error: object) -> Reason:
    """That nothing is on record for a run of a matrix, in English with what there is."""
    return Reason.of(Text(str(error), SAYS.no_data.zh))


def in_both(reason: str) -> Text:
    """A reason in both languages; what a program says itself stays in its words."""
    said = reason.text if isinstance(reason, Reason) else Text(reason, reason)
    return Text(" ".join(said.en.split()), " ".join(said.zh.split()))
