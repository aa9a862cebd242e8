"""A params file as a checked run: every mistake is one sentence before any kernel starts."""

from pathlib import Path

import pytest
from helpers import PROJECT
from helpers import planned as planned

from hanyang_data.batch.job import among_themselves, refuse_clashes, slug
from hanyang_data.batch.plan import read_plan, runs_of
from hanyang_data.errors import HanyangError, ParameterError, SnapshotError


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)

    def read(content, **options):
        file = tmp_path / "p.yaml"
        file.write_text(content, encoding="utf-8")
        return planned(file, **options)

    return read


def with_parameters(lines, notebook="trend"):
    return f"notebook: {notebook}\nparameters:\n" + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    "file",
    [f for f in sorted((PROJECT / "params").rglob("*.yaml")) if f.stem != "report" and f.parent.name != "sweeps"],
    ids=lambda f: f"{f.parent.name}-{f.stem}",
)
def test_the_params_that_come_along_are_valid(file, monkeypatch):
    monkeypatch.chdir(PROJECT)
    run = planned(file)
    assert run.name == file.stem
    assert run.parameters.get("region", "hanyang") in ("hanyang", "wuhan")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("notebook: [", "is not YAML"),
        ("- a", "holds no `notebook:`"),
        ("", "holds no `notebook:`"),
        ("parameters: {}", "notebook is None"),
        ("notebook: trnd", "did you mean trend"),
        ("notebok: trend", "unknown key 'notebok': did you mean notebook"),
        ("notebook: trend\nparameters: [a]", "expected lines such as"),
        (with_parameters(["end_yaer: 2023"]), "unknown parameter 'end_yaer': did you mean end_year"),
        (with_parameters(['start_year: "2017"']), "start_year is '2017', expected a whole number"),
        (with_parameters(["indicator: gpd"]), "unknown indicator 'gpd': did you mean gdp"),
        (with_parameters(["region: hanyan"]), "unknown region 'hanyan': did you mean hanyang"),
        (with_parameters(["start_year: 2024", "end_year: 2017"]), "end_year 2017 lies before start_year 2024"),
        (
            with_parameters(["start_year: 1990", "end_year: 1999"]),
            "no growth or level of gdp for hanyang in 1990–1999: the record holds level outturns of 20",
        ),
        (with_parameters(["as_of: '2015-01-01'"]), "as known on 2015-01-01: the record holds nothing"),
        (with_parameters(["as_of: 2021-01-01"]), "as_of is the date 2021-01-01 (put it in quotes), expected str"),
        (with_parameters(["as_of: soon"]), "write a day such as"),
        (with_parameters(["lang: fr"]), "unknown language 'fr'"),
        (with_parameters(["lang: cn"]), "unknown language 'cn': did you mean zh?"),
        (with_parameters(["lang: 中文"]), "unknown language '中文': did you mean zh?"),
        (with_parameters(["lang: Chinese"]), "unknown language 'Chinese': did you mean zh?"),
        (with_parameters(["region: a: b"]), "begins with a sign such as ? * & % stands in quotes"),
        (with_parameters(["region: {en: How is it?, zh: b}"]), "a text that holds : or #, in braces also ? or a comma,"),
        (with_parameters(["region: ? b"]), "begins with a sign such as ? * & % stands in quotes"),
        (with_parameters(["vintage: newest"]), "vintage is 'newest'"),
        (with_parameters(["formats: [gif]"]), "format 'gif'"),
        (with_parameters(["out_dir: elsewhere"]), "say where with --out"),
        (with_parameters(["comparator: hanyang"], "growth_gap"), "the region itself"),
        (with_parameters(["indicators: [gdp, gpd]"], "growth_gap"), "unknown indicator 'gpd'"),
        (with_parameters(["focus_year: 2016"], "target_shortfall"), "focus_year 2016 lies outside 2017–2024"),
        (with_parameters(["measure: growht"], "target_shortfall"), "measure is 'growht'"),
        (with_parameters(["indicators: []"], "growth_gap"), "indicators is empty"),
        (with_parameters(["regions: [wuchang, wuchan]"], "growth_gap"), "unknown region 'wuchan': did you mean wuchang"),
        (with_parameters(["regions: [wuchang, wuchang]"], "growth_gap"), "regions names 'wuchang' twice"),
        (with_parameters(["regions: [wuchang, wuhan]"], "growth_gap"), "regions names 'wuhan', the comparator itself"),
        (with_parameters(["margin_pp: 0"], "growth_gap"), "margin_pp is 0: a size that would matter is more than 0"),
        (with_parameters(["indicator: gdp", "indicator: retail_sales"]), "'indicator' stands twice"),
        ("notebook: trend\nnotebook: growth_gap", "'notebook' stands twice"),
        ("notebook: ../trend", "notebook is '../trend', expected a name"),
        (with_parameters(["indicators: [gdp, gdp]"], "growth_gap"), "names 'gdp' twice"),
        (
            with_parameters(["comparator: east_lake_scenic"], "growth_gap"),
            "no growth of gdp for east_lake_scenic in 2017–2024: the record holds nothing on it (see hanyang list series); "
            "hanyang has it for 2017, 2020, 2023; name another comparator, such as wuhan, wuchang, ",
        ),
        (with_parameters(["as_of: 20210630"]), "as_of is 20210630, expected str"),
        (with_parameters(["comparator: ''"], "growth_gap"), "comparator is empty"),
        (with_parameters(["end_year: 20024"]), "the years 2017–20024 are not all between 1949 and 2100"),
        (
            with_parameters(["indicator: permanent_population"], "growth_gap"),
            "no growth of permanent_population for hanyang or wuhan",
        ),
        (
            with_parameters(["indicator: new_urban_employment"], "target_shortfall"),
            "original level targets of 2018–2021, 2023–2024",
        ),
    ],
)
def test_a_mistake_is_one_sentence_that_names_file_and_word(plan, content, says):
    with pytest.raises(ParameterError) as caught:
        plan(content)
    assert says in str(caught.value)
    assert "p.yaml" in str(caught.value) or "no notebook" in str(caught.value)
    assert "<unicode string>" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ParameterError, match="nowhere.yaml cannot be read"):
        planned(tmp_path / "nowhere.yaml")


def test_a_malformed_snapshot_is_named_by_its_row(plan, edit):
    with pytest.raises(SnapshotError, match="observations.csv, row 4, column unit"):
        plan(with_parameters(["region: hanyang"]), data_dir=str(edit("observations.csv", 4, unit="RMB")))


def test_another_snapshot_is_part_of_the_run(plan, snapshot):
    run = plan(with_parameters(["region: hanyang"]), data_dir=str(snapshot))
    assert run.parameters["data_dir"] == str(snapshot)
    assert run.slug != plan(with_parameters(["region: hanyang"])).slug


def test_slugs_are_readable_stable_and_tell_runs_apart(plan):
    one = plan(with_parameters(["lang: zh"]))
    assert one.slug.startswith("hanyang-gdp-2017-2024-latest-zh-")
    assert one.slug == plan(with_parameters(["start_year: 2017", "lang: zh"])).slug
    others = [
        plan(with_parameters([line])).slug for line in ("lang: en", "formats: [png]", "as_of: '2021-01-01'", "end_year: 2023")
    ]
    assert len({one.slug, *others}) == 5
    assert "/" not in slug({"region": "a/../b"})


def test_two_runs_may_not_write_the_same_place(plan):
    one, other = plan(with_parameters([])), plan(with_parameters(["end_year: 2023"]))
    refuse_clashes([one, other], figures=False)
    with pytest.raises(ParameterError, match="2 runs write the same p en"):
        refuse_clashes([one, other], figures=True)
    with pytest.raises(ParameterError, match="2 runs write the same trend hanyang-gdp"):
        refuse_clashes([one, one], figures=False)


def test_a_folder_without_notebooks_says_where_to_go(tmp_path, monkeypatch):
    from hanyang_data.batch import plan as module

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "a" / "b" / "plan.py"))
    with pytest.raises(HanyangError, match="run hanyang from the project's folder"):
        module.notebooks_folder()


SWEEP = """
parameters: {lang: zh}
matrix: {indicator: [gdp, retail_sales]}
exclude: [{region: wuhan, indicator: [retail_sales]}]
runs:
  - notebook: trend
    matrix: {region: [hanyang, wuhan]}
  - notebook: growth_gap
    parameters: {lang: en, end_year: 2023}
"""


@pytest.fixture
def sweep(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)

    def read(content, **options):
        (tmp_path / "s.yaml").write_text(content, encoding="utf-8")
        return read_plan(tmp_path / "s.yaml", **options)

    return read


def asked(runs):
    return [(r.notebook.stem, *(r.parameters[k] for k in ("region", "indicator", "lang", "end_year", "vintage"))) for r in runs]


def test_a_sweep_is_every_combination_but_the_excluded_and_values_are_layered(sweep):
    assert asked(sweep(SWEEP)) == [
        ("trend", "hanyang", "gdp", "zh", 2024, "latest"),
        ("trend", "wuhan", "gdp", "zh", 2024, "latest"),
        ("trend", "hanyang", "retail_sales", "zh", 2024, "latest"),
        ("growth_gap", "hanyang", "gdp", "en", 2023, "latest"),
        ("growth_gap", "hanyang", "retail_sales", "en", 2023, "latest"),
    ]
    over = sweep(SWEEP, given=["indicator=gdp", "vintage=first", "comparator=wuchang"])
    assert asked(over)[0] == ("trend", "hanyang", "gdp", "zh", 2024, "first")
    assert len(over) == 3
    assert over[-1].parameters["comparator"] == "wuchang", "a value goes to the notebooks that take it"
    assert len({run.slug for run in sweep(SWEEP)}) == 5
    assert sweep(SWEEP)[0].name == "s-gdp-hanyang"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("runs: []", "expected a list of blocks"),
        ("runs: [trend]", "expected a list of blocks"),
        ("runs:\n- notebook: trend\n  matrx: {}", r"s.yaml, runs\[1\]: unknown key 'matrx': did you mean matrix"),
        ("runs:\n- notebook: trend\nnotebook: trend", "unknown key 'notebook'"),
        ("parameters: {colour: red}\nruns:\n- notebook: trend", "unknown parameter 'colour'"),
        ("notebook: trend\nmatrix: {regin: [hanyang]}", "unknown parameter 'regin': did you mean region"),
        ("notebook: trend\nmatrix: {region: hanyang}", "matrix of region is 'hanyang', expected a list"),
        ("notebook: trend\nmatrix: {region: []}", "matrix of region is .., expected a list"),
        ("notebook: trend\nmatrix: {region: [wuhan, wuhan]}", "has 'wuhan' twice"),
        ("notebook: trend\nmatrix: {end_year: [2020, '2021']}", "s.yaml, matrix: end_year is '2021', expected a whole number"),
        ("notebook: trend\nmatrix: {out_dir: [a]}", "say where with --out"),
        ("notebook: trend\nexclude: [{regin: wuhan}]", "exclude: unknown parameter 'regin'"),
        ("notebook: trend\nexclude: [{end_year: '2020'}]", "exclude: end_year is '2020', expected a whole number"),
        ("notebook: trend\nexclude: {region: wuhan}", "expected a list such as"),
        (
            "notebook: trend\nmatrix: {region: [hanyang, wuhan]}\nexclude: [{region: [wuhan, wuhn]}]",
            "exclude: region 'wuhn' is in no run: did you mean wuhan",
        ),
        ("notebook: trend\nexclude: [{end_year: 2023}]", "exclude: end_year 2023 is in no run: did you mean 2024"),
        (
            "exclude: [{region: wuchang}]\nruns:\n- notebook: trend\n- notebook: growth_gap",
            "s.yaml, exclude: region 'wuchang' is in no run: did you mean hanyang",
        ),
    ],
)
def test_a_mistake_in_a_sweep_is_named(sweep, content, says):
    with pytest.raises(ParameterError, match=says) as caught:
        sweep(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("regin=wuhan", "-p: unknown parameter 'regin': did you mean region"),
        ("end_year=soon", "end_year is 'soon', expected a whole number"),
        ("region", "write key=value"),
        ("out_dir=x", "say where with --out"),
    ],
)
def test_a_mistake_on_the_command_line_is_named(sweep, given, says):
    with pytest.raises(ParameterError, match=says):
        sweep("notebook: trend", given=[given])


def test_run_takes_one_run_a_file(sweep):
    with pytest.raises(ParameterError, match=r"asks for several runs: use hanyang sweep"):
        sweep(SWEEP, matrix=False)


def test_every_value_of_a_sweep_that_comes_along_is_in_the_catalogue(monkeypatch):
    """A combination without data is skipped; an id that does not exist would be a mistake."""
    from hanyang_data.batch.sweep import Options, decide
    from hanyang_data.studies.asked import check

    monkeypatch.chdir(PROJECT)
    files = sorted((PROJECT / "params" / "sweeps").glob("*.yaml"))
    assert files
    for file in files:
        small = read_plan(file)[::40]
        assert {d.action for d in decide(small, PROJECT / "nowhere", check, Options())} <= {"run", "skipped"}


def test_the_sweep_of_everything_names_everything(monkeypatch):
    from hanyang_data.record.observations import default_dataset

    monkeypatch.chdir(PROJECT)
    runs = read_plan(PROJECT / "params" / "sweeps" / "everything.yaml")
    data = default_dataset()
    pairs = {(r.notebook.stem, r.parameters["region"], r.parameters["indicator"], r.parameters["lang"]) for r in runs}
    names = ("trend", "growth_gap", "target_shortfall", "data_audit")
    assert pairs == {
        (n, r, i, la) for n in names for r in data.regions.index for i in data.indicators.index for la in ("en", "zh")
    }
    assert len(runs) == len(pairs)


def test_a_report_looks_at_the_runs_its_file_names_and_at_no_others(monkeypatch):
    monkeypatch.chdir(PROJECT)
    blocks = [{"notebook": "trend", "parameters": {"region": r}} for r in ("hanyang", "wuhan")]
    runs = runs_of({"runs": [*blocks, {"notebook": "summary"}]}, Path("report.yaml"))
    *others, looking = among_themselves(runs)
    assert looking.parameters["runs"] == sorted(f"trend/{run.slug}" for run in others)
    assert others == runs[:2]
    alone = among_themselves([*runs[:1], runs[2]])[-1]
    assert alone.slug != looking.slug  # so that one report's summary does not stand in for another's
