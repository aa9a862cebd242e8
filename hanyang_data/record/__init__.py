"""Printed figures become series: the contract, vintages, breaks, corrections, targets, what is known and what does not fit."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["derived"])
