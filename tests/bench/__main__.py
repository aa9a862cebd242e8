"""One table of what a user waits for: ``make bench``, or ``python tests/bench`` with the parts that are wanted.

Every time stands beside that of the obvious alternative, measured in the same run: times do not carry to another machine, their
ratios do.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1]
PARTS = {  # what is measured: the module and its function
    "load": ("load", "rows"),
    "notebooks": ("notebooks", "rows"),
    "page": ("explore_page", "rows"),
    "visitors": ("visitors", "rows"),
    "report": ("explore_page", "report"),
    "where": ("where", "rows"),
    "24": ("batch", "rows_24"),
    "1000": ("batch", "rows_1000"),
    "28000": ("batch", "rows_28000"),
    "site": ("site_and_wheel", "rows"),
}

if __name__ == "__main__":
    sys.path[:0] = [str(TESTS / "bench"), str(TESTS), str(TESTS / "browser")]
    wanted = sys.argv[1:] or [*PARTS]
    if unknown := sorted({*wanted} - {*PARTS}):
        sys.exit(f"no part {', '.join(unknown)}: there are {', '.join(PARTS)}")
    parts = [(name, getattr(import_module(PARTS[name][0]), PARTS[name][1])) for name in wanted]
    import_module("table").show(parts, TESTS.parent / "build" / "bench.csv")
