"""The reporting ladder: what a number of annual observations carries, and which methods are refused at this length."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)

Permit = Literal["values", "mean", "interval", "slope", "test", "regression", "revisions"]

ALPHA = 0.05


class Rung(NamedTuple):
    """A rung of the ladder: from ``lowest`` usable observations on, what may be computed, and what that prints."""

    lowest: int
    permits: frozenset[Permit]
    prints: Text


_EXACT: frozenset[Permit] = frozenset({"values", "mean", "interval", "slope", "test"})
LADDER = (
    Rung(0, frozenset(), SAYS["ladder.1"]),
    Rung(1, frozenset({"values"}), SAYS["ladder.2"]),
    Rung(3, frozenset({"values", "mean"}), SAYS["ladder.3"]),
    Rung(5, _EXACT, SAYS["ladder.4"]),
    Rung(8, _EXACT | {"regression"}, SAYS["ladder.5"]),
    Rung(11, _EXACT | {"regression", "revisions"}, SAYS["ladder.6"]),
)


class Refusal(NamedTuple):
    """A method that is refused on short series: its name, from how many observations on it may be used, and why."""

    method: Text
    lowest: int
    reason: Text


# METHODS 1.1 T4, T6, T7, 1.2 and 3 (15). The shares of false alarms are simulated (40,000 draws, a true null, nominal 5%).
REFUSED = {"hac": Refusal(
        SAYS["refused.hac.method"],
        30,
        SAYS["refused.hac.reason"],
    ), "filter": Refusal(
        SAYS["refused.filter.method"],
        15,
        SAYS["refused.filter.reason"],
    ), "unknown_break": Refusal(
        SAYS["refused.unknown_break.method"],
        30,
        SAYS["refused.unknown_break.reason"],
    ), "bootstrap": Refusal(
        SAYS["refused.bootstrap.method"],
        30,
        SAYS["refused.bootstrap.reason"],
    )}  # fmt: skip


def rung(n: int) -> Rung:
    """The rung of the ladder on which ``n`` usable observations stand."""
    return [step for step in LADDER if step.lowest <= n][-1]


def permits(what: Permit, n: int) -> bool:
    """Whether ``n`` usable observations carry ``what``."""
    return what in rung(n).permits


def smallest_sign_flip_p(n: int) -> float:
    """The smallest two-sided p-value that the signs of ``n`` values can give."""
    return float(2 / 2**n)


def refused(n: int) -> dict[str, Refusal]:
    """The methods that ``n`` usable observations do not carry, by name."""
    return {name: refusal for name, refusal in REFUSED.items() if n < refusal.lowest}


def refuse(method: str, n: int) -> None:
    """Stop whoever asks for a method that ``n`` usable observations do not carry.

    Args:
        method: key of ``REFUSED``.
        n: usable observations.

    Raises:
        ParameterError: naming the method, the number needed and the reason; or for a method that is not in the list.
    """
    if method not in REFUSED:
        raise ParameterError(f"unknown method {method!r}: {nearest(method, REFUSED)}")
    name, lowest, reason = REFUSED[method]
    if n < lowest:
        raise ParameterError(f"{name.en}: refused at n = {n}, allowed from {lowest} on. {reason.en}")
