"""A synthetic nation, from a seed: what the package must bear, not what anybody printed.

31 provinces, 340 cities, 2,800 counties × 10 indicators × 20 years, as governments print them: a work report before the year
is over and a bulletin after it, first estimates that run high, bounds and wordings, targets for the year ahead, years
that nobody printed, and series that break. Counties add up to cities and those to provinces, but for what is printed too high.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from hanyang_data.record.contract import COLUMNS, RELIABILITY, SNAPSHOT

INDICATORS = ("gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue", "disposable_income",
              "foreign_trade", "secondary_value_added", "tertiary_value_added", "permanent_population")  # fmt: skip
YEARS = np.arange(2005, 2025)
COUNTIES, CITIES, PROVINCES = 2800, 340, 31
PRINTED = {"province": 0.95, "city": 0.85, "district": 0.5}  # how many of the years have a level
SYLLABLES = (
    "an 安 ping 平 yang 阳 shan 山 he 河 jiang 江 hai 海 lin 林 xin 新 dong 东 xi 西 nan 南 bei 北 yuan 原 feng 丰 tai 泰 "
    "ning 宁 chang 昌 de 德 long 龙 hu 湖 quan 泉 shui 水 tian 田 gu 谷 ling 岭 qing 清 ming 明 guang 光 hua 华 yong 永 "
    "fu 福 gui 贵 jin 金 yin 银 yu 玉 shi 石 cheng 成 wu 武 wen 文 li 利 jian 建 guan 关 kou 口 dao 道 qiao 桥 men 门 "
    "tang 塘 chi 池 ze 泽 gang 岗 po 坡 xing 兴 sheng 盛 heng 恒 xu 旭 bao 宝 shou 寿 lu 鹿 ma 马"
)
PAIRS = list(zip(SYLLABLES.split()[::2], SYLLABLES.split()[1::2], strict=True))
NOISE, HIGH = 0.5, 0.3  # a first estimate of growth is off by so much, and too high by so much on average
ENDS = {"province": ("Province", "省"), "city": ("City", "市"), "district": ("County", "县")}
SUFFIX = {"point": "", "about": "左右", "at_least": "以上", "over": ""}


class Regions(NamedTuple):
    """The regions of the nation, provinces first: their ids, levels, and which of them contains each (-1: none)."""

    ids: list[str]
    level: list[str]
    inside: np.ndarray


def regions(counties: int = COUNTIES) -> Regions:
    """A nation of so many counties, with cities and provinces in the proportion of the whole one."""
    share = counties / COUNTIES
    cities, provinces = max(1, round(CITIES * share)), max(1, round(PROVINCES * share))
    ids = [f"p{n:02d}" for n in range(provinces)] + [f"c{n:03d}" for n in range(cities)]
    ids += [f"d{n:04d}" for n in range(counties)]
    above = [np.full(provinces, -1), np.arange(cities) % provinces, provinces + np.arange(counties) % cities]
    return Regions(ids, ["province"] * provinces + ["city"] * cities + ["district"] * counties, np.concatenate(above))


def write_nation(folder: Path, *, counties: int = COUNTIES, seed: int = 17) -> Path:
    """Write the nation as a snapshot folder of CSV; the whole one has 756,000 rows and cites 127,000 texts."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    nation = regions(counties)
    broken = rng.random((len(nation.ids), len(INDICATORS))) < 0.03
    first_new = rng.integers(5, len(YEARS) - 3, broken.shape)
    levels = _levels(rng, nation, np.where(broken, first_new, len(YEARS)))
    _write(folder, "regions.csv", _region_rows(rng, nation))
    _write(folder, "sources.csv", _source_rows(nation))
    known = pd.read_csv(SNAPSHOT / "indicators.csv", dtype=str, keep_default_na=False, comment="#").set_index("id", drop=False)
    known = known.loc[list(INDICATORS), COLUMNS["indicators.csv"]]
    known.to_csv(folder / "indicators.csv", index=False, lineterminator="\n")
    places = zip(*np.nonzero(broken), strict=True)
    _write(folder, "breaks.csv", (_break(nation, r, i, int(YEARS[first_new[r, i]])) for r, i in places))
    _write(folder, "observations.csv", _observations(rng, nation, levels, known))
    return folder


def _levels(rng: np.random.Generator, nation: Regions, first_new: np.ndarray) -> np.ndarray:
    """Region × indicator × year: each county grows at its own falling rate, with the year 2020; a break takes a fifth away."""
    counties = np.array([level == "district" for level in nation.level])
    trend = np.linspace(11, 5, len(YEARS)) - 7 * (YEARS == 2020)
    rate = (
        trend
        + rng.normal(0, 2, (counties.sum(), len(INDICATORS), 1))
        + rng.normal(0, 2.5, (counties.sum(), len(INDICATORS), len(YEARS)))
    )
    own = rng.lognormal(4, 0.8, (counties.sum(), len(INDICATORS), 1)) * np.cumprod(1 + rate / 100, axis=2)
    own *= np.where(np.arange(len(YEARS)) >= first_new[counties][:, :, None], 0.8, 1.0)
    whole = np.zeros((len(nation.ids), *own.shape[1:]))
    whole[counties] = own
    for level in ("district", "city"):  # what a city has is what its counties have together
        at = np.flatnonzero([of == level for of in nation.level])
        np.add.at(whole, nation.inside[at], whole[at])
    per_head = INDICATORS.index("disposable_income")
    whole[:, per_head] = 200 * whole[np.flatnonzero(counties)[0], per_head] * rng.lognormal(0, 0.1, (len(nation.ids), 1))
    return whole.round(1)


def _observations(rng: np.random.Generator, nation: Regions, levels: np.ndarray, known: pd.DataFrame) -> Iterable[list[object]]:
    """The printed figures, one kind after the other."""
    growth = np.full(levels.shape, np.nan)
    growth[:, :, 1:] = (100 * (levels[:, :, 1:] / levels[:, :, :-1] - 1)).round(1)
    growth = np.clip(growth, -60, 200)
    printed = np.array([PRINTED[level] for level in nation.level])[:, None, None]
    first = rng.random(levels.shape) < 0.55  # the first reading is the estimate of the work report, else the bulletin's
    for measure, values, share in (("level", levels, printed), ("growth", growth, printed * 0.75)):
        out = (rng.random(levels.shape) < share) & ~np.isnan(values)
        early = values + (
            rng.normal(HIGH, NOISE, values.shape) if measure == "growth" else 0.004 * values * rng.normal(0.5, 1, values.shape)
        )
        yield from _printed(rng, nation, known, out & first, early.round(1), measure, "initial_estimate", "g")
        again = out & (~first | (rng.random(levels.shape) < 0.2))
        yield from _printed(rng, nation, known, again, values, measure, "preliminary", "b")
    part = (rng.random(levels.shape) < 0.05) & ~np.isnan(growth)
    yield from _printed(rng, nation, known, part, (growth + 0.5).round(1), "growth", "preliminary", "b", period="h1")
    aims = (rng.random(levels.shape) < 0.16) & ~np.isnan(growth)
    yield from _printed(rng, nation, known, aims, (growth * 2 + 1).round() / 2, "growth", "original", "g")


def _printed(
    rng: np.random.Generator, nation: Regions, known: pd.DataFrame, mask: np.ndarray, values: np.ndarray, measure: str,
    vintage: str, kind: str, *, period: str = "annual",
) -> Iterable[list[object]]:  # fmt: skip
    """The rows of one kind of figure; the target for a year stands in the work report of the year before."""
    at = np.nonzero(mask)
    draws = rng.random((2, len(at[0])))
    places = rng.integers(3, 20_000, len(at[0]))
    units, bases = known["level_unit"].tolist(), known["growth_basis"].tolist()
    wordings = ["point", "about", "at_least", "over"]
    said = np.searchsorted([0.86, 0.92, 0.96], draws[0])
    trust = np.searchsorted([0.5, 0.9], draws[1])
    told = zip(*(part.tolist() for part in (*at, values[at], said, trust, places)), strict=True)
    target = vintage == "original"
    for r, i, y, value, wording, reliability, place in told:
        qualifier = wordings[wording]
        unit = "percent" if measure == "growth" else units[i]
        basis = bases[i] if measure == "growth" else "count" if bases[i] == "count" else "current_prices"
        amount = f"{value:.15g}"
        of = {"percent": "%", "CNY_100M": "亿元", "USD_100M": "亿美元", "CNY": "元", "10K_persons": "万人"}[unit]
        token = f"{'突破' if qualifier == 'over' else ''}{amount}{of}{SUFFIX[qualifier]}"
        source = f"{nation.ids[r]}_{kind}{YEARS[y] - target}"
        if target and y == 0:
            continue
        concept = "target" if target else "outturn"
        yield [source, f"L3:c{place}", nation.ids[r], INDICATORS[i], YEARS[y], period, concept, measure,
               amount, "", unit, qualifier, vintage, basis, token, RELIABILITY[reliability], ""]  # fmt: skip


def _region_rows(rng: np.random.Generator, nation: Regions) -> Iterable[list[str]]:
    pairs = rng.permutation(len(PAIRS) ** 2)[: len(nation.ids)]
    for id_, level, inside, pair in zip(nation.ids, nation.level, nation.inside, pairs, strict=True):
        (one, first), (two, second) = PAIRS[pair // len(PAIRS)], PAIRS[pair % len(PAIRS)]
        english, chinese = ENDS[level]
        within = nation.ids[inside] if inside >= 0 else ""
        yield [id_, f"{one}{two}".capitalize() + f" {english}", f"{first}{second}{chinese}", level, within, "synthetic", ""]


def _source_rows(nation: Regions) -> Iterable[list[str]]:
    for id_, year in product(nation.ids, YEARS):
        for kind, day, zh, en in (
            ("g", f"{year}-12-26", "政府工作报告", "Work Report"), ("b", f"{year + 1}-04-15", "统计公报", "Bulletin"),
        ):  # fmt: skip
            yield [f"{id_}_{kind}{year}", f"{year}年{id_}{zh}（合成）", f"Synthetic {en} {year}, {id_}", f"Office of {id_}", day,
                   en.lower().replace(" ", "_"), id_, "", "", "", "", f"{id_}统计局"]  # fmt: skip


def _break(nation: Regions, r: int, i: int, year: int) -> list[object]:
    return [nation.ids[r], INDICATORS[i], year, "definition", "another coverage", "口径调整", "Synthetic.",
            f"{nation.ids[r]}_b{year}", "L3:c1", "口径调整", "published_growth" if i % 2 else "none", "合成。"]  # fmt: skip


def _write(folder: Path, name: str, rows: Iterable[list[object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS[name])
        writer.writerows(rows)
