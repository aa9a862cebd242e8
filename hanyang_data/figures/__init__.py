"""Figures for print, one module per analysis: ``figures.trend``, ``figures.gap``, ``figures.shortfall``,
``figures.audit``.

Below them: style (what they look like), charts and matrix (drawing), captions (what they say), export (files).
"""

from hanyang_data.figures import audit, gap, shortfall, trend

__all__ = ["audit", "gap", "shortfall", "trend"]
