"""Files that appear whole and where they are meant to: nothing is ever written through a link."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    finally:
        part.unlink(missing_ok=True)
