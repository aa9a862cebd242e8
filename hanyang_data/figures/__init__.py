"""Figures for print, one module per analysis: ``figures.trend``, ``figures.gap``, ``figures.shortfall``, ``figures.audit``.

The gap also has ``figures.share``, ``figures.cumulative`` and ``figures.attribution``; targets have ``figures.heat``,
``figures.ladder`` and ``figures.plan``; finished runs ``figures.overview``.

Below them: style (what they look like), charts and matrix (drawing), captions (what they say), export (files).
"""

from hanyang_data.figures import (
    attribution,
    audit,
    cumulative,
    gap,
    heat,
    ladder,
    overview,
    plan,
    share,
    shortfall,
    trend,
)

__all__ = [
    "attribution",
    "audit",
    "cumulative",
    "gap",
    "heat",
    "ladder",
    "overview",
    "plan",
    "share",
    "shortfall",
    "trend",
]
