"""The command ``init``: a working folder for who has the package alone."""

from __future__ import annotations

from pathlib import Path

import click

from hanyang_data.words.messages import LANGUAGES


@click.command("init", epilog="\b\nExamples:\n  hanyang init work\n  hanyang init --lang zh 工作")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the notebooks.")
def init(folder: Path, lang: str) -> None:
    """Lay out a working folder: notebooks, params, figures, a README and a Makefile. What is there is never overwritten."""
    from shlex import quote

    from hanyang_data.cli.layout import lay_out

    done = lay_out(folder, lang)
    kept = f", left {len(done.kept)} that were there" if done.kept else ""
    click.echo(f"wrote {len(done.written)} files into {folder}{kept}; next:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {quote(str(folder))}")
    click.echo("  hanyang run trend -p region=wuhan")
    click.echo("  jupyter lab notebooks/index.ipynb")
