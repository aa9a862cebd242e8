"""Files that appear whole and where they are meant to: nothing is ever written through a link."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hanyang_data.errors import HanyangError


@contextmanager
def writing(place: Path, fault: type[HanyangError] = HanyangError) -> Iterator[None]:
    """What cannot be written inside is said in one sentence: the file that the system names, or else ``place``."""
    try:
        yield
    except OSError as error:
        raise fault(f"{error.filename or place} cannot be written: {error.strerror or error}") from None


@contextmanager
def fresh(place: Path) -> Iterator[Path]:
    """A new file beside ``place`` to write into, moved there once it is whole.

    What stood at ``place`` stays if anything goes wrong. A symbolic link there is replaced and never followed.

    Raises:
        OSError: if it cannot be moved.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> with fresh(folder / "note.txt") as part:
        ...     _ = part.write_text("whole")
        >>> [file.name for file in folder.iterdir()]
        ['note.txt']
    """
    part = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        yield part
        part.replace(place)
    except OSError as error:
        if str(error.filename) == str(part):  # a name that nobody knows
            error.filename = str(place)
        raise
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """The same for what a user asked for: where the system refuses to write, a HanyangError says so and names the file."""
    with writing(place), fresh(place) as part:
        yield part
