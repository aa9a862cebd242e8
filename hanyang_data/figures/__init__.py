"""Figures for print, one module per analysis: ``figures.trend``, ``figures.gap``, ``figures.shortfall``,
``figures.audit``; the chained gap and the waterfall of sectors in ``figures.cumulative`` and ``figures.attribution``;
``figures.overview`` of finished runs; of targets the heat table, the ladder of regions and the path to a plan in
``figures.heat``, ``figures.ladder``, ``figures.plan``.

Below them: style (what they look like), charts and matrix (drawing), captions (what they say), export (files).
"""

from hanyang_data.figures import attribution, audit, cumulative, gap, heat, ladder, overview, plan, shortfall, trend

__all__ = ["attribution", "audit", "cumulative", "gap", "heat", "ladder", "overview", "plan", "shortfall", "trend"]
