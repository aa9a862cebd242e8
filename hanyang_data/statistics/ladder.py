"""The reporting ladder: what a number of annual observations carries, and which methods are refused at this length."""

from typing import Literal, NamedTuple

from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)
Permit = Literal["mean", "interval", "slope", "test", "regression"]
ALPHA = 0.05
# the smallest number of usable observations from which on each may be computed
LOWEST: dict[Permit, int] = {"mean": 3, "interval": 5, "slope": 5, "test": 5, "regression": 8}


class Refusal(NamedTuple):
    """A method that is refused on short series: its name, from how many observations on it may be used, and why."""

    method: Text
    lowest: int
    reason: Text


# METHODS 1.1 T4, T6, T7, 1.2 and 3 (15). The shares of false alarms are simulated (40,000 draws, a true null, nominal 5%).
LENGTHS = {"hac": 30, "filter": 15, "unknown_break": 30, "bootstrap": 30}
REFUSED = {name: Refusal(lowest=LENGTHS[name], **said) for name, said in SAYS.records("refused").items()}


def permits(what: Permit, n: int) -> bool:
    """Whether ``n`` usable observations carry ``what``."""
    return n >= LOWEST[what]


def smallest_sign_flip_p(n: int) -> float:
    """The smallest two-sided p-value that the signs of ``n`` values can give."""
    return float(2 / 2**n)


def refused(n: int) -> dict[str, Refusal]:
    """The methods that ``n`` usable observations do not carry, by name."""
    return {name: refusal for name, refusal in REFUSED.items() if n < refusal.lowest}
