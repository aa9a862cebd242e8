"""What one types first works, and a mistake is blamed on the word that holds it; odd params files get one short sentence."""

import subprocess
import sys

import pytest
from helpers import PROJECT, hanyang


@pytest.mark.parametrize("name", ["trend", "notebooks/trend.ipynb", PROJECT / "notebooks" / "trend.ipynb"])
def test_a_notebook_is_run_by_its_name_or_file(tmp_path, name):
    for command in ("run", "sweep"):
        planned = hanyang(command, name, "-p", "region=wuhan", "--dry-run", "--out", tmp_path / "out")
        assert planned.returncode == 0, planned.stderr
        assert planned.stdout.startswith("run     trend wuhan-gdp-2017-2024-")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("run trnd", "there is no params file 'trnd' here and no notebook of that name: did you mean trend"),
        ("run nothing/trend.ipynb -p regin=x", "-p: unknown parameter 'regin': did you mean region?"),
        ("run explore", "explore: explore is for looking at: open it with make lab"),
        ("run params/report.yaml", "params/report.yaml describes a report: hanyang report params/report.yaml"),
        ("sweep params/report.yaml", "params/report.yaml describes a report: hanyang report params/report.yaml"),
        ("report params/trend.yaml", "params/trend.yaml is a params file: hanyang run params/trend.yaml"),
        (
            "report params/sweeps/tutorial.yaml",
            "params/sweeps/tutorial.yaml is a params file: hanyang sweep params/sweeps/tutorial.yaml",
        ),
        ("run params/trend.yaml -p region=wuhn", "-p: unknown region 'wuhn': did you mean wuhan"),
        (
            "run params/trend.yaml -p end_year=soon",
            "-p: end_year is 'soon', expected a whole number such as 2024, without quotes",
        ),
        ("run params/trend.yaml -p end_year=2010", "-p: end_year 2010 lies before start_year 2017"),
        ("run params/trend.yaml -p start_year=2030", "-p: start_year 2030: there is data up to 2026; for hanyang the"),
        ("run params/trend.yaml --since yesterday", "--since is 'yesterday': write a day such as"),
    ],
)
def test_a_mistake_is_blamed_on_the_word_that_holds_it(tmp_path, words, says):
    shown = hanyang(*words.split(), "--out", tmp_path / "out")
    assert shown.returncode == 2
    assert shown.stderr.startswith(f"error: {says}")
    assert shown.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("as_of=2021-13-45", "as_of is '2021-13-45': write a day"),
        ("end_year=" + "9" * 5000, "-p: end_year is '999"),
        ("end_year=" + "[" * 5000, "-p: end_year is '[[["),
        ("end_year={a: " * 400, "-p: end_year is '{a: "),
    ],
)
def test_an_odd_value_at_p_gets_one_short_sentence(given, says):
    shown = hanyang("run", "trend", "-p", given)
    assert shown.returncode == 2
    assert says in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert len(shown.stderr) < 400


def test_a_mistake_of_the_file_is_not_blamed_on_the_command_line(tmp_path):
    (tmp_path / "p.yaml").write_text("notebook: trend\nparameters: {region: wuhn}\n")
    shown = hanyang("run", tmp_path / "p.yaml", "-p", "lang=zh")
    assert f"error: {tmp_path / 'p.yaml'}: unknown region 'wuhn'" in shown.stderr


LISTS = b"notebook:\n- &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"- &%c [%b]\n" % (name, b", ".join([b"*%c" % (name - 1)] * 10)) for name in b"bcdefghijk"
)
ODD = {
    "nested": (b"[" * 5000, "it is nested too deeply"),
    "nested keys": (b"notebook: " + b"{a: " * 3000, "it is nested too deeply"),
    "large": (b"notebook: trend\nparameters:\n  region: " + b"x" * 10_000_000, "has more than 500,000 bytes, which is the limit"),
    "large name": (b"notebook: " + b"x" * 300_000, "notebook is 'xxx"),
    "large number": (b"notebook: trend\nparameters:\n  end_year: '" + b"9" * 100_000 + b"'", "end_year is '999"),
    "western": ("notebook: trend # café müßig".encode("latin-1"), "is not in UTF-8, UTF-16 or GBK: save it in UTF-8"),
    "half of UTF-16": (b"\xff\xfen\x00o", "is not in UTF-8"),
    "itself": (b"notebook: trend\nparameters: &a {region: *a}", "an alias stands within what it names"),
    "a day that is none": (
        b"notebook: trend\nparameters: {as_of: 2021-13-45}",
        "is not YAML: '2021-13-45' is no timestamp (month must be in 1..12)",
    ),
    "endless digits": (b"notebook: trend\nparameters: {end_year: " + b"9" * 5000 + b"}", "Exceeds the limit (4300 digits)"),
    "endless lists": (LISTS, "it stands for more than 200,000 values"),
    "binary": (b"\x00\x01\x02", "is not YAML"),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_params_file_gets_one_short_sentence(tmp_path, odd):
    content, says = ODD[odd]
    (tmp_path / "p.yaml").write_bytes(content)
    for command in ("run", "report"):
        shown = hanyang(command, tmp_path / "p.yaml", "--out", tmp_path / "out")
        assert shown.returncode == 2, shown.stderr[-300:]
        assert "Traceback" not in shown.stderr
        assert len(shown.stderr) < 700
        assert shown.stderr.count("\n") == 1
        assert command == "report" or says in shown.stderr, shown.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk"])
def test_a_params_file_with_a_mark_of_its_encoding_is_read(tmp_path, encoding):
    (tmp_path / "p.yaml").write_text("notebook: trend\nparameters: {region: hanyang} # 汉阳\n", encoding=encoding)
    shown = hanyang("run", tmp_path / "p.yaml", "--dry-run", "--out", tmp_path / "out")
    assert shown.stdout.startswith("run     trend hanyang-gdp")


def test_tab_after_hd_offers_the_api_and_no_module_inside():
    code = (
        "import hanyang_data as hd, hanyang_data.charts\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from IPython.core.completer import provisionalcompleter\n"
        "shell = InteractiveShell.instance(); shell.user_ns['hd'] = hd\n"
        "with provisionalcompleter():\n"
        "    print(*{c.text.lstrip('.') for c in shell.Completer.completions('hd.', 3)})\n"
        "print(*hd.__all__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    offered, public = (set(line.split()) for line in done.stdout.strip().splitlines()[-2:])
    assert offered == public


def test_the_table_on_screen_is_a_frame_in_the_next_cell():
    from IPython.core.interactiveshell import InteractiveShell

    from hanyang_data.explore.view import Page

    InteractiveShell.instance()
    page = Page("en", PROJECT / "saved", PROJECT / "build" / "runs", "")
    shown = page.box.data
    assert shown["Growth, %"].dropna().tolist()[0] == 7.0
    shown["Growth, %"] = 99.0
    assert page.box.data["Growth, %"].tolist()[0] == 7.0, "what is on screen stays"
    page.changed("region", "wuhan")
    assert page.box.data["Growth, %"].notna().sum() >= 8


def test_the_params_of_a_new_dataset_take_all_years_there_are(tmp_path):
    import yaml

    from hanyang_data.record.datapackage import new_dataset
    from hanyang_data.record.observations import open_dataset

    new_dataset(tmp_path / "own")
    years = open_dataset(tmp_path / "own").observations["year"]
    for file in (tmp_path / "own" / "params").glob("*.yaml"):
        asked = yaml.safe_load(file.read_text(encoding="utf-8"))["parameters"]
        assert (asked["start_year"], asked["end_year"]) == (years.min(), years.max()), file.name


def test_one_text_is_audited_alone_and_its_hash_proposed(tmp_path, snapshot):
    import hashlib

    from hanyang_data.record.observations import default_dataset

    name = next(file for file in default_dataset().sources["file"] if file)
    text, other = tmp_path / name, tmp_path / "new.txt"
    text.write_text("another edition", encoding="utf-8")
    other.write_text("a new text", encoding="utf-8")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    shown = hanyang("audit", "--sources", text)
    assert shown.returncode == 1
    assert f"another edition of the text? If not, write {digest} there" in shown.stdout
    assert "1 texts" in shown.stdout
    assert "cannot be read" not in shown.stdout, "the other texts are not asked for"
    unknown = hanyang("audit", "--sources", other)
    assert unknown.returncode == 2
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    assert unknown.stderr == (f"error: no source is in a file new.txt: write file new.txt and sha256 {digest} into sources.csv\n")
