"""How far may an implied figure be trusted? Every printed one estimated without its district, and the promise held against it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

import pandas as pd

from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.conformal import Reliable, reliability
from hanyang_data.studies.backtest import figure as drawing
from hanyang_data.studies.calibration import RULES, SCHEMES, Scheme, kept_promises, left_out, standing
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.relations import Peers, Reading, kind_of, pairs, peers_of
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import Text, messages

SAYS = messages(__name__)
WISHED = (0.5, 0.6, 0.7, 0.8, 0.9)
COVERAGE_DIGITS = {"covered_pct": 1, "promised_pct": 1, "p_value": 4, "width_pp": 1, "error_pp": 1}
COVERAGE = ["indicator", "years", "left_out", "rule", "estimates", "without_interval", "covered", "covered_pct", "promised_pct",
            "p_value", "width_pp", "error_pp"]  # fmt: skip


class Backtest(Study):
    """Implied figures held against printed ones; made by :func:`hanyang_data.backtest`."""

    name = "backtest"
    declared = (
        figure("reliability", lambda s: drawing.reliability(s.scope, s._title, s._reliable, s._rows, size=s.size)),
        figure(
            "intervals",
            lambda s: drawing.intervals(s.scope, s._title, s._estimates, s._rows, size=s.size),
            key=True,
            beside="estimates",
        ),
        table("coverage", lambda s: s._headed(s.coverage.round(COVERAGE_DIGITS))),
        table(
            "estimates",
            lambda s: s._estimates_table(),
            key=["region", "last_year", "rule", "printed_pct", "estimate_pct", "low", "high", "held"],
        ),
    )

    @frame
    def estimates(self) -> pd.DataFrame:
        """One row a printed growth rate and rule: the estimate made without its district, the interval, and whether it held.

        ``promised_pct, low_pct, high_pct, covered`` are empty where fewer than five pairs were left.
        """
        cells = self._estimates.assign(promised=100 * self._estimates["promised"].astype(float))
        return cells.astype({"covered": "boolean"}).rename(columns={name: f"{name}_pct" for name in ("promised", "low", "high")})

    @frame
    def pairs(self) -> pd.DataFrame:
        """The calibration pairs of the indicator, as of :func:`hanyang_data.derived.calibration`."""
        table = pairs(self.scope.dataset, self.scope.indicator, *self._of)
        return self._windowed(table[table["indicator"].eq(self.scope.indicator)]).reset_index(drop=True)

    @frame
    def coverage(self) -> pd.DataFrame:
        """How each rule did, one row an indicator of the record, span, scheme and rule; the indicator that is asked comes first.

        ``indicator, years, left_out`` (district, district_year, rolling), ``rule`` (implied, city, last_year), ``estimates`` with
        an interval and those ``without_interval``, ``covered``, ``covered_pct``, ``promised_pct``, ``p_value`` of so few or
        fewer, ``width_pp`` of the intervals on average, ``error_pp``, the median of the absolute errors in % a year.
        """
        first_of_kind, rows = {kind_of(self.scope.dataset, id_): id_ for id_ in reversed(self.scope.dataset.indicators.index)}, []
        for indicator, scheme in product([id_ for kind, id_ in first_of_kind.items() if kind], SCHEMES):
            cells = self._windowed(left_out(self.scope.dataset, indicator, *self._of, scheme))
            for (id_, years, rule), part in cells.groupby(["indicator", "years", "rule"], sort=False):
                kept, tried = kept_promises(part), part["promised"].notna()
                rows.append({
                    "indicator": id_, "years": years, "left_out": scheme, "rule": rule, "estimates": kept.cells,
                    "without_interval": int((~tried).sum()), "covered": kept.covered,
                    "covered_pct": 100 * kept.covered / kept.cells if kept.cells else None,
                    "promised_pct": 100 * kept.promised, "p_value": kept.p_value if kept.cells else None,
                    "width_pp": float((part["high"] - part["low"]).mean()),
                    "error_pp": float((part["estimate_pct"] - part["printed_pct"]).abs().median()),
                })  # fmt: skip
        rows.sort(key=lambda row: (row["indicator"] != self.scope.indicator, row["indicator"], row["years"]))
        return pd.DataFrame(rows, columns=COVERAGE)

    @frame
    def reliability(self) -> pd.DataFrame:
        """Promised and kept at several levels: ``rule, wished, promised, covered, estimates, p_value``."""
        rows = [
            (rule, r.wished, r.kept.promised, r.kept.covered, r.kept.cells, r.kept.p_value)
            for rule, found in self._reliable.items()
            for r in found
        ]
        return pd.DataFrame(rows, columns=["rule", "wished", "promised", "covered", "estimates", "p_value"])

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The estimates for which fewer than five pairs were left, so that there is no interval to test."""
        without = self.estimates[self.estimates["promised_pct"].isna()]
        return without.drop(columns=["promised_pct", "low_pct", "high_pct", "covered"])

    def _answer(self) -> Sequence[Text]:
        return self._title, *drawing.sentences(self._cells)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield self._rows

    def _numbers(self) -> Mapping[str, object]:
        return {"kept": self._kept, "coverage": self.coverage, "reliability": self.reliability}

    @cached_property
    def _of(self) -> tuple[Peers, Reading]:
        """The regions that calibrate one another, and the reading of the record."""
        return peers_of(self.scope.dataset, self.scope.region), Reading(self.scope.vintage, self.scope.as_of)

    def _windowed(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows whose growth lies in the window."""
        return table[table["first_year"].ge(self.scope.start_year - 1) & table["last_year"].le(self.scope.end_year)]

    @cached_property
    def _cells(self) -> dict[Scheme, pd.DataFrame]:
        data, indicator = self.scope.dataset, self.scope.indicator
        tables = {scheme: self._windowed(left_out(data, indicator, *self._of, scheme)) for scheme in SCHEMES}
        return {scheme: cells[cells["indicator"].eq(indicator)] for scheme, cells in tables.items()}

    _estimates = cached_property(lambda s: s._cells["district"])
    _kept = cached_property(lambda s: kept_promises(s._estimates[s._estimates["rule"].eq("implied")]))

    @cached_property
    def _title(self) -> Text:
        tried = self._estimates.loc[self._estimates["promised"].notna(), "years"]
        asked, years = (self.scope.dataset, self.scope.indicator, *self._of), int(tried.min()) if len(tried) else 1
        return drawing.headline(self.scope, self._kept, standing(*asked, years))

    @cached_property
    def _reliable(self) -> dict[str, list[Reliable]]:
        """Rule → how intervals of several levels did, where five pairs or more calibrated them."""
        tried = self._estimates[self._estimates["promised"].notna()]
        by_rule = {rule: tried[tried["rule"].eq(rule)] for rule in RULES}
        return {rule: reliability(part["place"].tolist(), part["pairs"].tolist(), WISHED) for rule, part in by_rule.items()}

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """The texts behind the pairs."""
        ids = dict.fromkeys(id_ for cell in self.pairs["sources"] for id_ in cell.split(", "))
        return pd.DataFrame({"source_id": list(ids)}, dtype="str")

    def _estimates_table(self) -> pd.DataFrame:
        cells = self._estimates.round(dict.fromkeys(["printed_pct", "estimate_pct", "error_pct", "low", "high"], 1))
        told = {
            "promised": (100 * cells["promised"].astype(float)).round(1),
            "held": cells["covered"].astype(object).where(cells["promised"].notna(), ""),
        }
        return self._headed(cells.assign(**told).drop(columns=["covered", "place", "years"]))

    def _headed(self, frame: pd.DataFrame) -> pd.DataFrame:
        named = {"rule": drawing.RULES, "left_out": drawing.SCHEMES}
        told = {column: frame[column].map(names) for column, names in named.items() if column in frame}
        return headed(self.scope, frame.assign(**told), SAYS.each("heads"))


def backtest(
    indicator: str = "gdp", region: str = "hanyang", *, start_year: int = 2017, end_year: int = 2024, vintage: str = "latest",
    as_of: str = "", lang: str = "en", size: str = "page", data_dir: str = "", dataset: Dataset | None = None,
) -> Backtest:  # fmt: skip
    """How often intervals of implied figures hold what was printed, against two simpler guesses.

    Args:
        indicator: id or name of an indicator of which levels and growth are printed.
        region: id or name; all regions of its level (districts, or cities) are estimated, each without itself.
        start_year, end_year: first and last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

    Returns:
        A study with the frames ``estimates, pairs, coverage, reliability, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        NoDataError: if nothing of the region is on record.

    Example:
        >>> kept = backtest("gdp").coverage.query("indicator == 'gdp' and years == 1 and rule == 'implied'")
        >>> kept.set_index("left_out")[["covered", "estimates"]].loc["district"].tolist()
        [6, 8]

    Source: leave one district out, against the promise of split-conformal intervals, METHODS 1.7.
    """
    return Backtest.of(locals())
