"""Widgets for a choice: menus, the screen below them, three buttons. What is chosen, shown and saved is decided elsewhere."""

import asyncio
import gc
import html
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]
import pandas as pd
from IPython.display import Javascript, display

from hanyang_data.charts.web import font_face, script
from hanyang_data.errors import HanyangError, NoDataError
from hanyang_data.explore import actions
from hanyang_data.explore.choices import Choice, address_of, asks_for, choice_in, not_followed, shelf_of, start
from hanyang_data.explore.screen import CSS, Whole, download, everything_said, first_look, paragraphs, screen, served, study_of
from hanyang_data.record.catalogue import indicator_name, region_name
from hanyang_data.studies.registry import declared, label
from hanyang_data.studies.tables import MEASURES
from hanyang_data.words.wording import LANGUAGES, Text, listed, messages

SAYS = messages(__name__)
CONTROLS, TIPS, BUTTONS = SAYS.each("controls"), SAYS.each("tips"), SAYS.each("buttons")
READINGS = SAYS.each("reading_names")
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
MENUS = (
    "analysis", "figure", "region", "comparator", "indicator", "measure", "start_year", "end_year", "vintage", "as_of", "regions",
)  # fmt: skip
LOOKS = ("lang", "figure", "table")  # how a choice is shown
FOLLOWED = ("analysis", "region", "comparator", "indicator")  # others may have to follow, and come back with the next value
LETTERS_AFTER = 2.0  # seconds: cutting the font may not hold up the first figure
ADDRESS = "hy-address"  # of the served page: what follows its # is the choice


def page(lang: str = "en", *, saved: str = "../saved", runs: str = "../build/runs", data_dir: str = "") -> Whole:
    """The page: choose, see, save; ``page.data`` is the table on screen, for the next cell.

    Args:
        lang: language it opens in, en or zh.
        saved: folder for what the user saves: figures and tables, and choices below ``params/``. A visitor of the served page
            writes nothing there and downloads instead.
        runs: folder for executed notebooks; relative to the notebook, so that a link to them works.
        data_dir: folder of another snapshot; empty for the one that comes with the package.

    Raises:
        SnapshotError: if ``data_dir`` holds no valid snapshot.
        ParameterError: for another language.
    """
    display(Javascript((Path(__file__).parent / "page.js").read_text(encoding="utf-8") + script()))  # type: ignore[no-untyped-call]
    return Page(lang, Path(saved), Path(runs), data_dir).box


class Page:
    """The widgets of one page and the choice they show."""

    def __init__(self, lang: str, saved: Path, runs: Path, data_dir: str) -> None:
        self.saved, self.runs, self.data_dir = saved, runs, data_dir
        self.served = served()
        self.shelf = shelf_of(data_dir)
        self.choice = self.meant = self.shelf.settle(start(lang))  # shown; and asked for, where it had no data
        self.following = False  # menus are being set by the page and not by the user
        self.menus: dict[str, Any] = {name: w.Dropdown(layout=w.Layout(width="auto")) for name in (*MENUS, "table")}
        self.menus["regions"] = w.SelectMultiple(rows=4, layout=w.Layout(width="auto"))
        self.menus["lang"] = w.ToggleButtons(
            options=[(LANGUAGE_NAMES[lang], lang) for lang in LANGUAGES], style={"button_width": "72px"}
        )
        self.labels = {name: w.HTML() for name in self.menus}
        self.head, self.finding, self.figure, self.answer, self.table = (w.HTML() for _ in range(5))
        self.told, self.missing, self.link, self.font = w.HTML(), w.HTML(), w.Output(), w.HTML()
        self.address = w.Text(layout=w.Layout(display="none"), continuous_update=True)
        self.buttons = {name: w.Button(layout=w.Layout(width="auto")) for name in BUTTONS}
        self.buttons["export"].button_style = "primary"
        for name, menu in self.menus.items():
            menu.observe(lambda change, name=name: self.changed(name, change["new"]), "value")
        self.buttons["export"].on_click(lambda _: self.do(self.export))
        self.buttons["write"].on_click(lambda _: self.do(self.write))
        self.buttons["code"].on_click(lambda _: self.do(self.code))
        self.buttons["execute"].on_click(lambda _: asyncio.ensure_future(self.execute()))
        self.address.observe(lambda change: self.asked_for(change["new"]), "value")
        self.box = self._laid_out()
        self.show(self.choice)
        if self.served:  # they are cut already; and a browser that fetches the page just then would miss what comes later
            self._letters()
            self.box.first_look = self._first_look()
        else:
            letters = threading.Timer(LETTERS_AFTER, self._letters)
            letters.daemon = True
            letters.start()
        gc.freeze()  # what is imported stays: Python would go through all of it for garbage now and then, at a click

    def changed(self, name: str, value: Any) -> None:
        """The user has chosen: show the nearest choice that has data."""
        if self.following:
            return
        chosen: dict[str, Any] = {name: tuple(value) if name == "regions" else value}
        if name == "analysis":  # every notebook opens with its own reading and measure
            chosen |= {own: getattr(start(self.choice.lang, value), own) for own in ("vintage", "measure", "regions")}
        elif name == "figure":  # and every figure with its table
            chosen["table"] = ""
        kept = {look: getattr(self.choice, look) for look in ("analysis", *LOOKS)}
        asked, wished = replace(self.choice, **chosen), replace(self.meant, **kept | chosen)
        back = name == "analysis" or (name in FOLLOWED and self.shelf.has(wished))  # what gave way before comes back
        self._show_nearest(wished if back else asked)
        if name not in LOOKS:
            self.meant = wished if name in FOLLOWED else self.choice

    def asked_for(self, address: str) -> None:
        """The page was opened with a choice in its address: show it, or the nearest that has data."""
        if not self.following and address != address_of(self.choice):
            self.meant = choice_in(address, self.choice)
            self._show_nearest(self.meant, address)

    def _show_nearest(self, asked: Choice, address: str = "") -> None:
        """Show the nearest choice that has data and say what had to follow, what no menu has, or that there is no data."""
        try:
            settled = self.shelf.settle(asked)
            strange = SAYS.odd.format(names=odd).to(settled.lang) if (odd := not_followed(address, asked, settled)) else ""
            said = " ".join(filter(None, [self._moved(asked, settled), strange]))
        except NoDataError as error:
            settled, said = self.choice, str(error)
        self.say(said)
        self.show(settled)

    def _letters(self) -> None:
        """Chinese letters for a browser that has none: all that the page may show."""
        self.font.value = f"<style>{font_face(everything_said(self.shelf.dataset))}</style>"

    def show(self, choice: Choice) -> None:
        """Set every menu, and show the figure, the answer and the table of a choice."""
        self.choice, lang = choice, choice.lang
        self.box.puts_on_screen(pd.DataFrame(), None)
        try:
            seen = screen(choice, self.data_dir)
        except HanyangError as error:
            self.finding.value = paragraphs([SAYS.trouble.format(reason=error).to(lang)])
            self.figure.value = self.answer.value = self.table.value = ""
        else:
            above = f'<p class="hy-subtitle">{html.escape(seen.subtitle)}</p>' if seen.subtitle else ""
            self.figure.value = above + (seen.figure or f'<p class="hy-none">{html.escape(seen.words)}</p>')
            self.box.puts_on_screen(seen.data, study_of(choice, self.data_dir))
            self.finding.value = f'<p role="status" class="hy-finding">{html.escape(seen.answer[0])}</p>'
            self.answer.value = f'<div class="hy-answer">{paragraphs(seen.answer[1:])}</div>'
            more = SAYS.more.format(names=listed([Text(head, head) for head in seen.more], ";")).to(lang) if seen.more else ""
            table = f'<div class="hy-table jp-RenderedHTMLCommon" tabindex="0">{seen.table}</div>'
            self.table.value = table + f'<p class="hy-missing">{html.escape(more)}</p>' * bool(more)
        self.following = True
        try:
            self.address.value = address_of(choice) if self.served else ""
            self._set_menus(choice)
        finally:
            self.following = False

    def _set_menus(self, choice: Choice) -> None:
        lang = choice.lang
        self.head.value = f"<style>{CSS}</style><h1>{SAYS.title.to(lang)}</h1><p>{SAYS.lead.to(lang)}</p>"
        for name, menu in self.menus.items():
            title = CONTROLS[name].to(lang)
            menu.tooltip = SAYS.tip.format(name=CONTROLS[name], what=TIPS[name]).to(lang)
            self.labels[name].value = f'<span title="{html.escape(menu.tooltip)}">{title}</span>'
            self.groups[name].layout.display = "" if name == "lang" or asks_for(choice, name) else "none"
            if name in ("lang", "regions"):
                continue
            options = [(self._word(name, value).to(lang), value) for value in self.shelf.values(name, choice)]
            _fill(menu, options, getattr(choice, name))
        self.menus["lang"].value = lang
        _fill(self.menus["regions"], [(self._word("region", v).to(lang), v) for v in self.shelf.beside(choice)], choice.regions)
        offered = set(self.shelf.values("indicator", choice))
        absent = [self._word("indicator", v) for v in self.shelf.dataset.indicators.index if v not in offered]
        told = SAYS.no_data.format(count=len(absent)).to(lang)
        names = html.escape(listed(absent).to(lang))
        self.missing.value = f'<details class="hy-missing"><summary>{told}</summary>{names}</details>' if absent else ""
        self.elsewhere.value = f'<p class="hy-missing">{SAYS.elsewhere.to(lang)}</p>'
        for name, button in self.buttons.items():
            button.description = BUTTONS[name].to(lang)

    def _word(self, name: str, value: Any) -> Text:
        """What a menu says for a value."""
        if name in ("figure", "table"):
            return declared(self.choice.analysis).parts[name, value].label
        if name in ("region", "comparator"):
            return region_name(value, self.shelf.dataset)
        if name == "indicator":
            return indicator_name(value, self.shelf.dataset, self.choice.region)
        if name == "as_of" and not value:
            return SAYS.today
        named = {"measure": MEASURES, "vintage": READINGS}.get(name, {})
        return label(value) if name == "analysis" else named.get(value, Text(str(value), str(value)))

    def _moved(self, asked: Choice, settled: Choice) -> str:
        """A sentence on the menus that had to follow another one, or nothing."""
        shown = {n: getattr(settled, n) for n in MENUS if n not in ("figure", "regions") and asks_for(settled, n)}
        moved = [SAYS.tip.format(name=CONTROLS[n], what=self._word(n, v)) for n, v in shown.items() if v != getattr(asked, n)]
        return SAYS.moved.format(names=listed(moved, "，")).to(settled.lang) if moved else ""

    def say(self, text: str, links: str = "") -> None:
        """Tell the user what happened, in place of what was told before."""
        self.link.outputs = ()
        self.told.value = f'<p role="status" class="hy-told">{html.escape(text)}{links}</p>' if text else ""

    def do(self, action: Callable[[], None]) -> None:
        """Carry out an action; a mistake becomes its sentence."""
        self.say(SAYS.working.to(self.choice.lang))
        try:
            action()
        except HanyangError as error:
            self.say(str(error))

    def export(self) -> None:
        """Save figure and table, and offer them for download."""
        with self._place() as place:
            done = actions.export(self.choice, place, self.data_dir)
            text = SAYS.ready if self.served else SAYS.saved if done.new else SAYS.same
            names = ", ".join(file.name for file in done.files)
            self._offer(text.format(folder=self.saved.resolve().name, files=names), done.files)

    def write(self) -> None:
        """Save the choice as a params file, and offer it for download."""
        with self._place() as place:
            done = actions.write_params(self.choice, place / "params", self.data_dir)
            named = f"{self.saved.resolve().name}/{done.files[0].relative_to(place).as_posix()}"
            text = SAYS.ready if self.served else SAYS.written if done.new else SAYS.held
            self._offer(text.format(file=named, files=done.files[0].name), done.files)

    @contextmanager
    def _place(self) -> Iterator[Path]:
        """The folder that is saved to; of the served page one that is gone once its files are offered for download."""
        if not self.served:
            yield self.saved
            return
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)

    def _offer(self, text: Text, files: Sequence[Path]) -> None:
        told = SAYS.download.format(links=" ".join(map(download, files))).to(self.choice.lang)
        self.say(text.to(self.choice.lang), f"<br>{told}")

    def code(self) -> None:
        """Say the lines that make in a cell what is on screen."""
        lines = html.escape(actions.as_code(self.choice, self.data_dir))
        self.say(SAYS.as_code.to(self.choice.lang), f'<pre class="hy-code">{lines}</pre>')

    async def execute(self) -> None:
        """Run the whole notebook of the choice and link to its executed copy."""
        lang = self.choice.lang
        button = self.buttons["execute"]
        button.disabled = True
        self.say(SAYS.running.to(lang))
        try:
            file, seconds = await actions.execute(self.choice, self.runs, self.data_dir)
        except HanyangError as error:
            self.say(SAYS.ran_badly.format(reason=error).to(lang))
        else:
            self.say("")
            ran = SAYS.ran.format(seconds=round(seconds), link=file.as_posix()).to(lang)
            data = {"text/markdown": ran, "text/plain": ran}
            self.link.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
        finally:
            button.disabled = False

    def _first_look(self) -> str:
        """What is on screen, as a page without widgets."""
        shown = [name for name in ("lang", *MENUS) if self.groups[name].layout.display != "none"]
        menus = ((name, self.labels[name].value, self.menus[name].label) for name in (*shown, "table"))
        parts = {"head": self.head, "top": self.finding, "drawn": self.figure, "answer": self.answer, "table": self.table}
        return first_look(menus, **{name: part.value for name, part in parts.items()})

    def _laid_out(self) -> Whole:
        self.groups = {name: w.VBox([self.labels[name], menu]) for name, menu in self.menus.items()}
        for name, group in self.groups.items():
            group.add_class("hy-menu")
            group.add_class(f"hy-menu-{name.replace('_', '-')}")
        menus = [self.groups[name] for name in ("lang", *MENUS)]
        side = w.Box([self.head, *menus, self.missing, self.address, self.font])
        bar = w.Box([b for name, b in self.buttons.items() if not (self.served and name == "execute")])
        self.elsewhere = w.HTML(layout=w.Layout(display="" if self.served else "none"))
        drawn = w.VBox([self.figure, bar, self.told, self.link, self.elsewhere])
        read = w.VBox([self.answer, self.groups["table"], self.table])
        main = w.Box([self.finding, drawn, read])
        box = Whole([side, main])
        named = {"side": side, "main": main, "drawn": drawn, "read": read, "bar": bar, "page": box, "top": self.finding}
        for name, widget in named.items():
            widget.add_class(f"hy-{name}")
        self.address.add_class(ADDRESS)
        return box


def _fill(menu: Any, options: list[tuple[str, Any]], value: Any) -> None:
    """Set options and value, in one message and only where they differ."""
    if tuple(menu.options) != tuple(options):
        with menu.hold_sync():
            menu.options = options
            menu.value = value
    elif menu.value != value:
        menu.value = value
