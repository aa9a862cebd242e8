"""Reports from finished runs: HTML, Word, Excel, LaTeX and CSV, in English and Chinese, from results and never from notebooks."""

from hanyang_data.report.content import Entry
from hanyang_data.report.document import build
from hanyang_data.report.section import faults
from hanyang_data.report.spec import FORMATS, Spec, read_spec

__all__ = ["FORMATS", "Entry", "Spec", "build", "faults", "read_spec"]
