"""Report text → candidate rows → reviewed rows of the record; and anybody's own table, as a dataset.

Example:
    >>> from hanyang_data import reader
    >>> reading = reader.read_report("report.pdf", region="hanyang")  # doctest: +SKIP
    >>> reader.review_frame(reading)  # doctest: +SKIP
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "acceptance": ["Accepted", "accept"],
        "reading": ["Reading", "read_report"],
        "review": ["review_frame", "write_workbook"],
        "taking_back": ["undo"],
        "texts": ["Text"],
    },
)
