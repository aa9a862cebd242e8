"""The reading of catalogues: what an editor may do to one, and the one sentence where it went wrong."""

import re
import shutil
import subprocess
import sys

import pytest
from helpers import PROJECT

from hanyang_data.batch import cache
from hanyang_data.words import messages as catalogues
from hanyang_data.words.messages import CATALOGUE, Messages, Text, WordsError, catalogue
from hanyang_data.words.wording import points

ROWS = "key,en,zh\nfigure.head,Head,表头\nfigure.of.a,A,甲\nfigure.of.b,B,乙\nother.of.c,C,丙\n"


def room(folder, content):
    (folder / CATALOGUE).write_bytes(content if isinstance(content, bytes) else content.encode())
    return Messages(folder, "figure")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_catalogue_reads_the_same_however_it_was_saved(tmp_path, mark, end):
    says = room(tmp_path, mark + ROWS.replace("\n", end) + f",,{end}")
    assert says.head == Text("Head", "表头")
    assert says["of.b"] == Text("B", "乙")
    assert says.each("of") == {"a": Text("A", "甲"), "b": Text("B", "乙")}
    assert says.row("of") == (Text("A", "甲"), Text("B", "乙"))


def test_records_are_groups_of_groups(tmp_path):
    says = room(tmp_path, "key,en,zh\nfigure.t.one.label,L,标\nfigure.t.one.note,N,注\nfigure.t.two.label,M,签\n")
    assert says.records("t") == {"one": {"label": ("L", "标"), "note": ("N", "注")}, "two": {"label": ("M", "签")}}


def test_what_excel_makes_of_quotes_and_line_ends_is_the_sentence_again(tmp_path):
    says = room(tmp_path, '\ufeffkey,en,zh\r\nfigure.a,"said ""about"", or\nnot","“左右”"\r\n')
    assert says.a == Text('said "about", or\nnot', "“左右”")


def test_nothing_is_read_before_the_first_word_and_it_once(tmp_path):
    says = Messages(tmp_path, "figure")
    room(tmp_path, ROWS)
    first = says.head
    (tmp_path / CATALOGUE).unlink()
    assert says.head is first
    assert says["head"] is first


FAULTS = {
    "no file": (None, "cannot be read"),
    "another encoding": ("key,en,zh\nfigure.head,Head,表头\n".encode("gbk"), 'is not in UTF-8: save it as "CSV UTF-8"'),
    "semicolons": (ROWS.replace(",", ";"), "begins with 'key;en;zh' and not with key,en,zh"),
    "empty": ("", "begins with '' and not with key,en,zh"),
    "a cell too many": (ROWS + "figure.more,a,b,c\n", "row 6: 'figure.more,a,b,c' is not a key, its English and its Chinese"),
    "no Chinese": (ROWS + "figure.more,a,\n", "row 6: 'figure.more,a,' is not a key, its English and its Chinese"),
    "twice": (ROWS + "figure.head,a,b\n", "row 6: figure.head stands twice"),
    "an open quote": (ROWS + 'figure.more,"a,b\n', "is no CSV file"),
}


@pytest.mark.parametrize(("content", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_broken_catalogue_is_one_sentence_that_names_the_file(tmp_path, content, sentence):
    says = Messages(tmp_path, "figure") if content is None else room(tmp_path, content)
    with pytest.raises(WordsError) as found:
        _ = says.head
    assert sentence in str(found.value)
    assert str(tmp_path / CATALOGUE) in str(found.value)
    assert "\n" not in str(found.value)


def test_what_is_not_there_is_said_with_its_file(tmp_path):
    says = room(tmp_path, ROWS)
    with pytest.raises(WordsError, match=r"words.csv has no row figure\.nowhere$"):
        _ = says.nowhere
    for ask in (says.each, says.row, says.records):
        with pytest.raises(WordsError, match=r"words.csv has no rows figure\.nowhere\.…$"):
            ask("nowhere")
    assert not hasattr(says, "__wrapped__")


@pytest.mark.parametrize("broken", ["{m} years", "{n years", "{n:year|years", "{} years", "{n.x}", "{n:q}"])
def test_a_placeholder_that_an_editor_broke_is_one_sentence(broken):
    with pytest.raises(WordsError, match="the words .* cannot be filled in"):
        Text(broken, "{n}年").format(n=2)
    with pytest.raises(WordsError, match="the words .* cannot be filled in"):
        Text("{n} years", broken).format(n=2)


@pytest.mark.parametrize(("n", "en"), [(0, "0 years"), (1, "1 year"), (2, "2 years"), (5, "5 years"), ("1", "1 year")])
def test_english_counts_have_two_forms_and_chinese_ones_one(n, en):
    assert Text("{n} {n:year|years}", "{n}年").format(n=n) == Text(en, f"{n}年")


def test_a_text_in_a_text_comes_in_its_own_language():
    assert Text("{n} {n:gap|gaps}: {of}", "{of}：{n}").format(n=1, of=points(-0.5)) == ("1 gap: −0.5 pp", "−0.5个百分点：1")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the package that may be broken."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("hanyang_data", "notebooks", "params"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "hanyang_data"


@pytest.mark.parametrize("of", ["words", "statistics", "studies/trend"])
def test_the_command_says_what_is_wrong_with_a_catalogue(package, of):
    file = package / of / CATALOGUE
    good = file.read_bytes()
    file.write_bytes(good + b"alone\n")
    call = "from hanyang_data.cli.command import main; main()"  # the copy stands in the folder it is called in
    ran = subprocess.run(
        [sys.executable, "-c", call, "run", "params/trend.yaml", "--out", "out"],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    file.write_bytes(good)
    assert ran.returncode == 2
    sentence = rf"error: hanyang_data/{of}/words\.csv, row \d+: 'alone' is not a key, its English and its Chinese\n"
    assert re.fullmatch(sentence, ran.stderr)


def test_the_words_are_part_of_the_code_hash(package, monkeypatch):
    monkeypatch.setattr(cache, "PACKAGE", package)
    digest = cache.package_digest.__wrapped__
    before = digest()
    for of, changes in (("statistics", True), ("studies/trend", True), ("report", False), ("explore", False)):
        file = package / of / CATALOGUE
        good, stamp = file.read_text(encoding="utf-8"), cache._stamp_of_package()
        file.write_text(good + "words.more,one more,又一句\n", encoding="utf-8")
        assert (digest() != before) is changes, of
        assert (cache._stamp_of_package() != stamp) is changes, of
        file.write_text(good, encoding="utf-8")
    assert digest() == before


def test_a_room_is_read_once(tmp_path):
    room(tmp_path, ROWS)
    assert catalogue(tmp_path) is catalogue(tmp_path)
    assert catalogues.PACKAGE == PROJECT / "hanyang_data"
