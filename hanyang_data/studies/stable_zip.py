"""Word and Excel files note when they were written; these do not, so that equal content is equal bytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
STAMP = "1980-01-01T00:00:00Z"
CORE = "docProps/core.xml"
STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def forget_the_time(file: Path) -> None:
    """Write an Office file anew without the time of writing, in its archive and in its properties."""
    with zipfile.ZipFile(file) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, STAMPS.sub(rb"\g<1>" + STAMP.encode() + rb"\g<3>", content) if name == CORE else content)
