"""Anybody's table as a dataset: what economists have in Excel, CSV, Stata or pandas, read as a whole or asked about."""

from hanyang_data.reader.own_table.build import dataset_from_file, dataset_from_frame

__all__ = ["dataset_from_file", "dataset_from_frame"]
