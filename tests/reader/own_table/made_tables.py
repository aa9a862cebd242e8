"""Excel files as people make them, and what their figures are."""

from openpyxl import Workbook


def book(file, *sheets, formats=(), merged=()):
    """An Excel file; each sheet is a name and its rows."""
    whole = Workbook()
    whole.remove(whole.active)
    for name, rows in sheets:
        sheet = whole.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell, shown in formats:
            sheet[cell].number_format = shown
        for span in merged:
            sheet.merge_cells(span)
    whole.save(file)
    return file


def read(data):
    """(region, indicator, measure, year) → value."""
    rows = data.printed[["region", "indicator", "measure", "year", "value"]].itertuples(index=False, name=None)
    return {(region, indicator, measure[0], int(year)): value for region, indicator, measure, year, value in rows}


GDP = {("hanyang", "gdp", "l", 2022): 1000, ("hanyang", "gdp", "l", 2023): 1100}
GROWTH = {("hanyang", "gdp", "g", 2022): 3.5, ("hanyang", "gdp", "g", 2023): 7}
