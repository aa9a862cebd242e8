"""Indicators and regions of one's own: their names, which direction is better, real or nominal, and what is part of what."""

import pandas as pd
import pytest
from click.testing import CliRunner

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import SnapshotError

OWN = {"region": "武侯区", "regions": {"武侯区": "wuhou"}}
PM25 = pd.DataFrame({"年份": [2021, 2022, 2023], "PM2.5浓度（个）": [46, 38, 39], "PM2.5浓度目标（个）": [45, 40, 36]})
PER_HEAD = pd.DataFrame({"年份": [2022, 2023], "人均GDP（万元）": [15.6, 16.4], "人均GDP增速（%）": [2, 5]})


def test_less_of_it_may_be_better_and_is_told_once(tmp_path):
    told = {"PM2.5浓度（个）": "pm25, PM2.5 concentration, lower"}
    data = hd.dataset_from_frame(PM25, **OWN, indicators=told, targets_published_on="01")
    assert data.indicators.loc["pm25", ["name_en", "name_zh", "better"]].tolist() == ["PM2.5 concentration", "PM2.5浓度", "lower"]
    study = hd.target_shortfall("pm25", "wuhou", measure="level", dataset=data)
    assert str(study.answer()).splitlines()[0] == (
        "Wuhou missed its target for PM2.5 concentration in 2021 and 2023 (by 2.2% and 8.3%), but met it in 2022"
    )
    assert str(study.answer("zh")).splitlines()[0] == "武侯区PM2.5浓度2021、2023年未达到目标，分别高2.2%、8.3%，2022年达到"
    assert not any("better" in str(said) for said in data.oddities)
    PM25.to_csv(tmp_path / "a.csv", index=False)
    typed = ["import", str(tmp_path / "a.csv"), "--region", "武侯区", "--regions", "武侯区=wuhou", "--targets-published-on", "01"]
    named = "--indicators=PM2.5浓度（个）=pm25, PM2.5 concentration, lower"
    shown = CliRunner().invoke(main, [*typed, named, "-o", str(tmp_path / "a")])
    assert shown.exit_code == 0, shown.output
    assert hd.open_dataset(tmp_path / "a").indicators.at["pm25", "better"] == "lower"
    shown = CliRunner().invoke(main, [*typed, "--indicators=PM2.5浓度（个）=pm25", "-o", str(tmp_path / "b")])
    assert "pm25: more is taken as better; if less is, say --indicators 'PM2.5浓度（个）=pm25, its English name" in shown.output


def test_the_widest_miss_of_a_ceiling_lies_above_it():
    years = pd.DataFrame(
        {"年份": range(2018, 2024), "PM2.5（个）": [52, 44, 42, 46, 38, 39], "PM2.5目标（个）": [50, 44, 42, 45, 40, 36]}
    )
    data = hd.dataset_from_frame(years, **OWN, indicators={"PM2.5（个）": "pm25, PM2.5, lower"}, targets_published_on="01")
    study = hd.target_shortfall("pm25", "wuhou", measure="level", start_year=2018, end_year=2023, dataset=data)
    assert "met its target for PM2.5 in 3 of 6 years" in str(study.answer())
    assert "It exceeded the ceiling most in 2023, by 8.3%." in str(study.answer())
    assert "高出最多的是2023年，高8.3%" in str(study.answer("zh"))


def test_growth_of_money_of_ones_own_is_asked_and_what_is_per_head_is_kept_in_yuan():
    with pytest.raises(
        SnapshotError, match=r"'人均GDP增速（%）' may be real or nominal: say which, such as --indicators '人均GDP"
    ):
        hd.dataset_from_frame(PER_HEAD, **OWN, indicators={"人均GDP（万元）": "gdp_per_head"})
    told = {"人均GDP（万元）": "gdp_per_head, GDP per head, real"}
    for frame, said in (
        (PER_HEAD, told),
        (PER_HEAD.rename(columns={"人均GDP增速（%）": "人均GDP实际增速（%）"}), {"人均GDP（万元）": "gdp_per_head"}),
    ):
        printed = hd.dataset_from_frame(frame, **OWN, indicators=said).printed
        assert printed[["value", "unit", "basis"]].values.tolist() == [
            [156000, "CNY", "current_prices"], [164000, "CNY", "current_prices"], [2, "percent", "real"], [5, "percent", "real"],
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "asks"),
    [
        ("gdp_per_head, lower, higher", "says 'lower' and 'higher'"),
        ("gdp, lower", "gdp is on record with its names"),
        ("GDP per head", "is no id: write small letters"),
    ],
)
def test_what_is_told_wrong_is_asked(told, asks):
    with pytest.raises(SnapshotError, match=f"^--indicators: .*{asks}"):
        hd.dataset_from_frame(PER_HEAD, **OWN, indicators={"人均GDP（万元）": told})


def test_several_heads_of_one_indicator_need_one_unit_and_one_word():
    heads = {"PM2.5浓度": "pm25, lower", "PM2.5浓度（个）": "pm25, PM2.5"}
    data = hd.dataset_from_frame(PM25, **OWN, indicators=heads, targets_published_on="01")
    assert data.indicators.loc["pm25", ["name_en", "better", "level_unit"]].tolist() == ["PM2.5", "lower", "count"]
    with pytest.raises(SnapshotError, match="^--indicators: pm25 is told to be 'lower' and 'higher': say one of them$"):
        hd.dataset_from_frame(PM25, **OWN, indicators={"PM2.5浓度（个）": "pm25, lower", "PM2.5浓度": "pm25, higher"})


NAMES = {"武侯区": "wuhou", "锦江区": "jinjiang", "双流县": "shuangliu", "成都市": "chengdu", "简阳市": "jianyang"}


def chengdu(*regions, **told):
    """GDP and growth of some regions in two years."""
    rows = [
        {"地区": name, "年份": year, "GDP（亿元）": 500 + 100 * k, "GDP增速（%）": 6 + k / 10}
        for k, name in enumerate(regions)
        for year in (2022, 2023)
    ]
    return hd.dataset_from_frame(pd.DataFrame(rows), regions=NAMES, **told)


def test_districts_beside_one_city_are_part_of_it_and_it_is_said():
    data = chengdu("武侯区", "锦江区", "双流县", "成都市")
    assert data.regions["part_of"].to_dict() == dict.fromkeys(["wuhou", "jinjiang", "shuangliu"], "chengdu") | {"chengdu": ""}
    said = "武侯区、锦江区、双流县: taken as part of 成都市, by their names: --part-of 武侯区=another says otherwise"
    assert said in map(str, data.oddities)
    assert len(hd.convergence("gdp", "chengdu", dataset=data).districts) == 3


def test_of_several_cities_it_is_told_which():
    data = chengdu("武侯区", "简阳市", "成都市")
    assert set(data.regions["part_of"]) == {""}
    assert any("武侯区: of which city they are part is not said" in str(said) for said in data.oddities)
    alone = hd.convergence("gdp", "chengdu", dataset=data)
    assert str(alone.answer()) == "No region on record is listed as part of Chengdu"
    assert str(alone.answer("zh")) == "地区表中没有成都市所辖的地区"
    for told in ("成都市", {"武侯区": "成都市", "简阳市": "chengdu"}, {"武侯区": "chengdu", "": "成都市"}):
        regions = chengdu("武侯区", "简阳市", "成都市", part_of=told).regions
        assert regions["part_of"].to_dict() == {"wuhou": "chengdu", "jianyang": "chengdu", "chengdu": ""}
        assert regions["level"].to_dict() == {"wuhou": "district", "jianyang": "district", "chengdu": "city"}
    with pytest.raises(SnapshotError, match="^--part-of: no figure is of '锦江区'"):
        chengdu("武侯区", "成都市", part_of={"锦江区": "成都市"})


def test_the_command_takes_a_city_for_one_region_or_for_all(tmp_path):
    (tmp_path / "a.csv").write_text("地区,年份,GDP（亿元）\n武侯区,2022,1\n简阳市,2022,1\n成都市,2022,3\n", encoding="utf-8")
    named = [f"--regions={name}={id_}" for name, id_ in NAMES.items()]
    for k, told in enumerate((["成都市"], ["武侯区=成都市", "简阳市=成都市"])):
        typed = ["import", str(tmp_path / "a.csv"), *named, *(f"--part-of={text}" for text in told), "-o", str(tmp_path / f"{k}")]
        shown = CliRunner().invoke(main, typed)
        assert shown.exit_code == 0, shown.output
        assert shown.output.count("preliminary") == 1  # what is taken for granted is said once
        assert set(hd.open_dataset(tmp_path / f"{k}").regions["part_of"]) == {"chengdu", ""}
