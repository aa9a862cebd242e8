"""A synthetic panel of many districts: what the package must bear, not what anybody printed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from hanyang_data.record.contract import COLUMNS

DISTRICTS = [f"d{number:03d}" for number in range(300)]
INDICATORS = [f"synthetic_{number}" for number in range(10)]
YEARS = range(2000, 2020)


def level(district: int, indicator: int, year: int) -> float:
    """The value of one cell of the panel: another constant growth rate for each series."""
    return round(100 * (1 + (district % 50 + indicator) / 1000) ** (year - YEARS[0]), 1)


def write_panel(folder: Path) -> Path:
    """Write the panel as a snapshot folder: 300 districts × 10 indicators × 20 years, 60,000 rows."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "regions.csv", ([d, d, d, "district", "", "synthetic", ""] for d in DISTRICTS))
    _write(folder, "indicators.csv", ([i, i, i, "CNY_100M", "nominal", "higher", "synthetic", ""] for i in INDICATORS))
    _write(
        folder,
        "sources.csv",
        (
            [f"s{y}", f"合成{y}", f"Synthetic {y}", "nobody", f"{y + 1}-02-01", "bulletin", DISTRICTS[0], *[""] * 5]
            for y in YEARS
        ),
    )
    _write(folder, "breaks.csv", [])
    _write(folder, "observations.csv", (_row(d, i, y) for d in range(300) for i in range(10) for y in YEARS))
    return folder


def _row(district: int, indicator: int, year: int) -> list[object]:
    value = level(district, indicator, year)
    return [
        f"s{year}", "web", DISTRICTS[district], INDICATORS[indicator], year, "annual", "outturn", "level", value, "",
        "CNY_100M", "point", "preliminary", "current_prices", f"{value}亿元", "official", "",
    ]  # fmt: skip


def _write(folder: Path, name: str, rows: Iterable[list[object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS[name])
        writer.writerows(rows)
