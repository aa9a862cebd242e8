"""A sweep as it goes on, for a terminal: a line for each run that ends, below them what runs now and how much is left.

Piped into a file it is the lines alone.
"""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from hanyang_data.batch.collect import STATUSES, Outcome
from hanyang_data.batch.job import Run
from hanyang_data.batch.parent import can_fork
from hanyang_data.batch.run import FAILED
from hanyang_data.batch.sweep import Decision, Watcher

FORMAT = "{desc} {bar} {n_fmt}/{total_fmt}{postfix}"
UNHEARD = (OSError, ValueError)  # the reader of a pipe is gone, or the stream closed: the batch goes on
SPAWNED = "this system does not fork: each run starts a process of its own, which takes longer and leaves the same"
tqdm.monitor_interval = 0  # no thread for a bar


class Progress(Watcher):
    """Tells on a stream; ``quiet`` leaves out runs that are cached or skipped, which are counted all the same."""

    def __init__(self, total: int, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream, self.total, self.quiet = stream or sys.stdout, total, quiet
        self.counts: Counter[str] = Counter()
        self.running: dict[str, str] = {}
        self.bar = tqdm(total=total, file=self.stream, bar_format=FORMAT, leave=False, disable=not self.stream.isatty(),
                        dynamic_ncols=True)  # fmt: skip

    def start(self, decisions: Sequence[Decision]) -> None:
        """How much there is to do; what looks at these runs is counted with them, and decided once they are made."""
        if decisions and not self.counts:
            counts = Counter(decision.action for decision in decisions)
            after = f", then {n} that sum{'s' * (n == 1)} up" if (n := self.total - len(decisions)) else ""
            self.say(f"{counts['run']} to run, {counts['cached']} unchanged, {counts['skipped']} skipped{after}")
            if counts["run"] and not can_fork():
                self.say(SPAWNED)

    def cell(self, run: Run, number: int, of: int) -> None:
        """Show at which cell a run is."""
        self.running[str(run)] = f"{run.notebook.stem} {number}/{of}"
        self._show()

    def end(self, outcome: Outcome) -> None:
        """A line for a run that is over."""
        self.running.pop(str(outcome.run), None)
        self.counts[outcome.status] += 1
        if not (self.quiet and outcome.status in ("cached", "skipped")):
            self.say(f"[{sum(self.counts.values())}/{self.total}] {line(outcome)}")
        with suppress(*UNHEARD):
            self.bar.update()
        self._show()

    def say(self, sentence: str) -> None:
        """A line of its own."""
        try:
            self.bar.write(sentence, file=self.stream)
            self.stream.flush()
        except UNHEARD:
            unread(self.stream)

    def close(self) -> None:
        """Take the bar away."""
        with suppress(*UNHEARD):
            self.bar.close()

    def _show(self) -> None:
        counts = [f"{self.counts[s]} {s}" for s in STATUSES if self.counts[s]]
        with suppress(*UNHEARD):
            self.bar.set_description_str(" | ".join(self.running.values()) or "…", refresh=False)
            self.bar.set_postfix_str(", ".join([*counts, f"{self.total - sum(self.counts.values())} left"]))


def unread(stream: TextIO) -> None:
    """Let what nobody reads go nowhere: what is left of it would fail again when a process starts, which clears the streams."""
    with suppress(*UNHEARD), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def line(outcome: Outcome) -> str:
    """How one run ended, on one line."""
    what = str(outcome.run)
    if outcome.status == FAILED:
        return f"{what} failed: {outcome.reason}"
    if outcome.status == "skipped":
        return f"{what} skipped: {outcome.reason}"
    how = f"{outcome.seconds:.1f} s" if outcome.status == "done" else "unchanged"
    return f"{outcome.run.notebook.stem} {how} → {outcome.folder}" + (
        f", {outcome.copies} figure files copied" if outcome.copies else ""
    )
