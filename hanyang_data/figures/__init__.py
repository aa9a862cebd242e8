"""Figures for print, one module per analysis: ``figures.trend``, ``figures.gap``, ``figures.shortfall``.

Below them: style (what they look like), charts (drawing), captions (what they say), export (files).
"""

from hanyang_data.figures import gap, shortfall, trend

__all__ = ["gap", "shortfall", "trend"]
