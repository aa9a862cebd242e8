"""The command ``init``: a working folder for who has the package alone: notebooks, params, figures, what to type first."""

from pathlib import Path
from shlex import quote
from typing import NamedTuple

import click

from hanyang_data.cli.terminal import PATH
from hanyang_data.errors import HanyangError
from hanyang_data.files import writing
from hanyang_data.words.messages import LANGUAGES
from hanyang_data.words.prose import in_chinese

WORKING = Path(__file__).parents[1] / "working"  # README and Makefile; in a wheel with all that is carried
CARRIED = ("notebooks/[!.]*.ipynb", "params/**/*.yaml", "params/schema.json", "figures/*.png")
OWN = ("README.md", "Makefile")


class LaidOut(NamedTuple):
    """The files that were written, and those that were there already and stay as they are."""

    written: list[Path]
    kept: list[Path]


@click.command("init", epilog="\b\nExamples:\n  hanyang init work\n  hanyang init --lang zh 工作")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of notebooks, params and README."
)
def init(folder: Path, lang: str) -> None:
    """Lay out a working folder: notebooks, params, figures, a README and a Makefile. What is there is never overwritten."""
    done = lay_out(folder, lang)
    kept = f", left {len(done.kept)} that were there" if done.kept else ""
    click.echo(f"wrote {len(done.written)} files into {folder}{kept}; next:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {quote(str(folder))}")
    click.echo("  hanyang run trend -p region=wuhan")
    click.echo("  jupyter lab notebooks/index.ipynb")


def carried() -> Path:
    """The folder that holds notebooks, params and figures: of the installed package, or of the checkout."""
    return WORKING if (WORKING / "notebooks").is_dir() else WORKING.parents[1]


def lay_out(folder: Path, lang: str = "en") -> LaidOut:
    """Write notebooks, params, figures, a README and a Makefile into a folder; what is there is never overwritten.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "work"
    >>> (place / "notebooks" / "trend.ipynb") in lay_out(place).written
    True
    >>> lay_out(place).written
    []
    """
    done, source = LaidOut([], []), carried()
    found = sorted(file for pattern in CARRIED for file in source.glob(pattern))
    # name in the working folder → where it comes from
    files = {name: WORKING / name for name in OWN} | {file.relative_to(source).as_posix(): file for file in found}
    for place in dict.fromkeys(parent for name in files for parent in reversed((folder / name).parents)):
        if place != folder and folder not in place.parents:
            continue
        # no pipe or link to nothing, nor a folder that is another one's by a link
        if (place.exists() or place.is_symlink()) and not place.is_dir():
            raise HanyangError(f"{place} is no folder: nothing is written")
        if not place.resolve().is_relative_to(folder.resolve()):
            raise HanyangError(f"{place} leads out of {folder}: nothing is written")
    with writing(folder):
        for name, origin in files.items():
            content = _chinese(origin) if lang == "zh" else origin.read_bytes()
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with file.open("xb") as handle:
                    handle.write(content)
            except FileExistsError:  # also of a link
                done.kept.append(file)
            else:
                done.written.append(file)
    return done


def _chinese(source: Path) -> bytes:
    """A file as a Chinese folder has it: notebooks in Chinese, the README and the params files that have a twin by their twin."""
    if source.suffix == ".ipynb":
        return in_chinese(source.read_bytes(), opens=True)
    twins = (source.with_suffix(f".zh{source.suffix}"), source.parent / "zh" / source.name)
    twin = next((twin for twin in twins if twin.is_file()), source)
    return twin.read_bytes().replace(b"=../schema.json", b"=schema.json") if twin != source else source.read_bytes()
