"""The catalogues against each other and against the code: same placeholders, nothing missing, nothing unused."""

import ast
import csv
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import PROJECT

from hanyang_data.studies.registry import STUDIES, Part, declared
from hanyang_data.words.messages import CATALOGUE, COLUMNS, LEXICON, Text, catalogue

PACKAGE = PROJECT / "hanyang_data"
SAYS = "SAYS"
GROUPS = ("each", "row", "records")  # of Messages
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]")
COUNTS = (0, 1, 2, 5)
CUTS = ("replace", "removesuffix", "removeprefix", "split", "rsplit", "partition", "rpartition")


def rooms() -> list[Path]:
    """The folders with a catalogue (a lexicon of the reader is called alike and holds other columns)."""
    files = [file for file in sorted(PACKAGE.rglob(CATALOGUE)) if file.parent.name != LEXICON]
    return [file.parent for file in files]


def named(room: Path) -> str:
    return room.relative_to(PACKAGE).as_posix()


def messages() -> dict[str, Text]:
    return {f"{named(room)}/{key}": text for room in rooms() for key, text in catalogue(room).items()}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def plurals(template: str) -> list[tuple[str, str, str]]:
    """Name of the count, form for one, form for any other."""
    parts = string.Formatter().parse(template)
    return [(name, *spec.split("|")) for _, name, spec, _ in parts if spec and "|" in spec]


def test_there_are_catalogues():
    assert len(rooms()) > 10
    assert len(messages()) > 900


@pytest.mark.parametrize("room", rooms(), ids=named)
def test_excel_opens_it_as_utf_8_and_takes_no_sentence_for_a_formula(room):
    raw = (room / CATALOGUE).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "save it as CSV UTF-8: without its mark Excel shows no Chinese"
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), strict=True))
    assert rows[0] == COLUMNS
    assert not [row for row in rows if any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)]


def test_both_languages_have_the_same_placeholders():
    for key, (en, zh) in messages().items():
        assert placeholders(zh) == placeholders(en), key


def test_english_has_no_chinese_in_it_and_chinese_no_plural():
    for key, (en, zh) in messages().items():
        assert not CHINESE.search(en), key
        assert "|" not in zh, key


def test_plural_forms_are_right():
    templates = {key: text for key, text in messages().items() if plurals(text.en)}
    assert len(templates) > 20
    for key, text in templates.items():
        for count in COUNTS:
            shown = text.format(**dict.fromkeys(placeholders(text.en) | placeholders(text.zh), count))
            for name, one, other in plurals(text.en):
                assert one != other, (key, name)
                assert (one if count == 1 else other) in shown.en, (key, count, shown.en)
            assert not re.search(r"[{}|]", shown.en + shown.zh), key


NOUNS = "years|observations|indicators|runs|texts|outturns|targets|parts|rows|regions|districts|values|figures"
# said of several only: of one there is a sentence of its own, or the number is fixed
OF_SEVERAL = {
    "report/words.several_states",
    "studies/growth_gap/findings.counts",
    "studies/growth_gap/findings.every.higher",
    "studies/growth_gap/findings.every.level",
    "studies/growth_gap/findings.every.lower",
    "studies/convergence/study.left.all",
    "studies/convergence/study.left.both",
    "studies/convergence/study.left.missing",
    "studies/convergence/study.left.unlike",
    "studies/convergence/study.open",
    "studies/data_audit/figure.all_revised.down",
    "studies/data_audit/figure.all_revised.up",
    "studies/data_audit/figure.both_ways",
    "studies/data_audit/figure.covered",
    "studies/data_audit/figure.covered_but",
    "studies/data_audit/figure.estimated.all",
    "studies/data_audit/figure.estimated.some",
    "studies/data_audit/figure.never_revised",
    "studies/data_audit/figure.revised.down",
    "studies/data_audit/figure.revised.up",
    "studies/data_audit/figure.unnumbered",
    "studies/growth_gap/findings.share_fell.all",
    "studies/growth_gap/findings.share_fell.none",
    "studies/growth_gap/findings.share_fell.some",
    "studies/growth_gap/findings.mostly.higher",
    "studies/growth_gap/findings.mostly.level",
    "studies/growth_gap/findings.mostly.lower",
    "studies/growth_gap/findings.never.higher",
    "studies/growth_gap/findings.never.lower",
    "studies/growth_gap/findings.pairs.all",
    "studies/growth_gap/findings.pairs.none",
    "studies/growth_gap/findings.pairs.some",
    "studies/target_shortfall/ladder.always.higher",
    "studies/target_shortfall/ladder.always.lower",
    "studies/target_shortfall/ladder.always.same",
    "studies/target_shortfall/findings.grid.all",
    "studies/target_shortfall/findings.grid.none",
    "studies/target_shortfall/findings.grid.some",
    "studies/target_shortfall/findings.counted.all",
    "studies/target_shortfall/findings.counted.none",
    "studies/target_shortfall/findings.counted.some",
    "studies/target_shortfall/ladder.never.higher",
    "studies/target_shortfall/ladder.never.lower",
    "studies/target_shortfall/findings.none_at_all",
    "studies/target_shortfall/findings.own.all",
    "studies/target_shortfall/findings.own.none",
    "studies/target_shortfall/findings.own.some",
    "studies/trend/findings.few.all",
    "studies/trend/findings.few.some",
    "studies/trend/findings.ranged",
}
NAMES_AN_INDICATOR = {"studies/target_shortfall/ladder.no_other"}


def test_no_count_stands_before_a_plain_plural():
    bare = {key for key, (en, _) in messages().items() if re.search(rf"\{{\w+\}} (\w+ )?({NOUNS})\b", en)} - NAMES_AN_INDICATOR
    assert bare <= OF_SEVERAL, "write {n:year|years}; where it is said of several only, name it in OF_SEVERAL"


# what the code says


def said(file: Path) -> Iterator[tuple[Path, str, bool]]:
    """Catalogue row (module file, key) that a module names; True: all rows below that key."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    places = imported(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=says, attr=group), args=[ast.Constant(value=str(key))]) if (
                group in GROUPS and (module := owner(says, file, places))
            ):
                yield module, key, True
            case ast.Subscript(value=says, slice=ast.Constant(value=str(key))) if module := owner(says, file, places):
                yield module, key, False
            case ast.Subscript(value=says, slice=ast.Tuple(elts=[ast.Constant(value=str(key)), _])) if module := owner(
                says, file, places
            ):
                yield module, key, True
            case ast.Attribute(value=says, attr=key) if key not in GROUPS and (module := owner(says, file, places)):
                yield module, key, False


def imported(tree: ast.Module) -> dict[str, Path]:
    """Names that stand for modules of the package."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("hanyang_data"):
            folder = PROJECT.joinpath(*node.module.split("."))
            found |= {name.asname or name.name: folder / f"{name.name}.py" for name in node.names}
    return found


def owner(node: ast.expr, file: Path, places: dict[str, Path]) -> Path | None:
    """The module whose words an expression is: ``SAYS``, or ``words.SAYS`` of another one."""
    match node:
        case ast.Name(id=name) if name == SAYS:
            return file
        case ast.Attribute(value=ast.Name(id=base), attr=name) if name == SAYS:
            return places[base]
    return None


def row_of(module: Path, key: str) -> str:
    return f"{named(module.parent)}/{module.stem}.{key}"


def said_in_templates() -> dict[str, set[str]]:
    """Template of the report → the rows that it says."""
    texts = {file.name: file.read_text(encoding="utf-8") for file in (PACKAGE / "report").glob("*.j2")}
    return {name: {f"report/words.{key}" for key in re.findall(rf"\bwords\.{SAYS}\.(\w+)", text)} for name, text in texts.items()}


def test_every_row_is_said_and_everything_said_is_a_row():
    rows = set(messages())
    used = set().union(*said_in_templates().values()) & rows
    for file in [*PACKAGE.rglob("*.py")]:
        for module, key, group in said(file):
            row = row_of(module, key)
            found = {one for one in rows if one.startswith(f"{row}.")} if group else {row} & rows
            assert found, f"{file.relative_to(PROJECT)} says {row}, which no catalogue has"
            used |= found
    for study in STUDIES:
        told = ["label", "section", "question", "method"]
        for (kind, name), part in declared(study).parts.items():
            told += [f"{kind}s.{name}.{field}" for field in (*Part._fields[:4], *(f"notes.{key}" for key in part.notes))]
        used |= {f"studies/{study}/parts.{key}" for key in told} & rows
    assert rows - used == set(), "no code says these"


def test_what_the_templates_of_the_report_say_is_a_row():
    said = said_in_templates()
    assert min(len(said[name]) for name in ("report.html.j2", "report.xml.j2")) > 5
    assert set().union(*said.values()) <= set(messages())


def test_no_sentence_stands_between_lines_of_code():
    left = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Text"), args=[ast.Constant(value=str(en)), ast.Constant(value=str(zh))]) if (
                    en or zh
                ):
                    left.append(f"{file.relative_to(PROJECT)}:{node.lineno} {en}")
    assert left == []


@pytest.mark.parametrize("room", ["charts", "statistics", "studies"])
def test_no_code_cuts_a_sentence_that_an_editor_may_put_otherwise(room):
    cut = []
    for file in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Attribute(attr="en" | "zh"), attr=how) if how in CUTS:
                    cut.append(f"{file.relative_to(PROJECT)}:{node.lineno} {how}")
    assert cut == []


def test_english_method_names_in_the_catalogue_are_those_of_the_code():
    code = "\n".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "statistics").glob("*.py"))
    names = [text.en for key, text in catalogue(PACKAGE / "studies").items() if key.startswith("inference.methods.")]
    assert len(names) > 10
    for name in names:
        stem = name.split(",")[0]
        assert stem in code, f"{name}: the code calls it otherwise, and its Chinese would not be found"
