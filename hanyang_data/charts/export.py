"""Write figures as files whose bytes depend on the picture alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from hanyang_data.charts import backend
from hanyang_data.charts.formats import FORMATS, check_formats
from hanyang_data.charts.style import CM, Caption, theme
from hanyang_data.charts.style import size as named_size
from hanyang_data.errors import HanyangError
from hanyang_data.files import fresh

# without the metadata that changes from day to day and from version to version
METADATA = {
    "png": {"Software": None, "Title": "{title}", "Description": "{alt}"},
    "svg": {"Date": None, "Creator": None, "Title": "{title}", "Description": "{alt}"},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": "{title}", "Subject": "{alt}"},
}


@dataclass(frozen=True)
class Chart:
    """A figure ready for export: the drawing, its words, and the sources of the rows that were drawn."""

    figure: Figure
    caption: Caption
    size: str = "page"


def export(chart: Chart, folder: Path, name: str, formats: Sequence[str] = FORMATS, picture: bytes | None = None) -> list[Path]:
    """Save ``chart`` as ``folder/name.format`` for each format, title and alt text in the file's metadata.

    ``picture`` is the PNG where it was made already.

    Returns:
        The files, in the order of ``formats``.

    Raises:
        ParameterError: for an unknown format.
        HanyangError: if the figure is not as wide as its size says or has text below 8 points, if a glyph is missing from
            the font, or the folder cannot be written.
    """
    # a figure is printed as it is: its width is that of the named size, and its canvas takes no text below what is legible
    width = chart.figure.get_figwidth() / CM
    if abs(width - named_size(chart.size).width) > 0.01:
        raise HanyangError(f"figure {name} is {width:.1f} cm wide and says it is a {chart.size}")
    files = []
    for kind in check_formats(formats):
        told = {k: v and v.format(**chart.caption._asdict()) for k, v in METADATA[kind].items()}
        file = folder / f"{name}.{kind}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with theme(chart.size), fresh(file) as part:
                if kind == "png" and picture:
                    part.write_bytes(picture)
                else:
                    chart.figure.savefig(part, format=kind, metadata=told, backend=backend.NAME)
        except HanyangError as error:
            raise HanyangError(f"figure {name}: {error}") from None
        except OSError as error:
            raise HanyangError(f"{file} cannot be written: {error.strerror or error}") from None
        files.append(file)
    return files
