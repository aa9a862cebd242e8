"""Printed figures become series: the contract, vintages, breaks, corrections, targets, what is known and what does not fit."""
