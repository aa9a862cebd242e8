"""Signs that a terminal's encoding lacks are written in signs that it has: nothing ends because of what it prints."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Callable

OWN_ASCII = "hanyang_ascii"
PLAIN, ESCAPED = "hanyang.plain", "hanyang.escaped"
# in place of the signs that the project's own lines hold
INSTEAD = {"→": "->", "–": "-", "—": "-", "−": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "×": "x",
           "†": "+", "█": "#", "▸": ">", "（": "(", "）": ")", "，": ", ", "：": ": ", "。": ". ", "、": ", "}  # fmt: skip


def plain(sign: str) -> str:
    """A sign in ASCII: a near one, the letter without its accent, or a question mark.

    >>> plain("→"), plain("é"), plain("汉")
    ('->', 'e', '?')
    """
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return INSTEAD.get(sign) or letters or "?"


def escaped(sign: str) -> str:
    """A sign as JSON escapes it, so that what reads the output gets it back.

    >>> escaped("汉")
    '\\\\u6c49'
    """
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def degrade(*, json: bool = False) -> None:
    """Let stdout and stderr write what their encoding lacks in other signs; of JSON nothing is lost."""
    for name, sign in ((PLAIN, plain), (ESCAPED, escaped)):
        codecs.register_error(name, _handler(sign))
    codecs.register(_own_ascii)
    for stream, handler in ((sys.stdout, ESCAPED if json else PLAIN), (sys.stderr, PLAIN)):
        if reconfigure := getattr(stream, "reconfigure", None):
            ascii_alone = codecs.lookup(stream.encoding).name == "ascii"
            reconfigure(encoding=OWN_ASCII if ascii_alone else None, errors=handler)


def _own_ascii(name: str) -> codecs.CodecInfo | None:
    """ASCII under a name of ours: click takes a terminal of that encoding for one of UTF-8, and sends it what it cannot show."""
    if name != OWN_ASCII:
        return None
    found = codecs.lookup("ascii")
    return codecs.CodecInfo(found.encode, found.decode, found.streamreader, found.streamwriter, found.incrementalencoder,
                            found.incrementaldecoder, OWN_ASCII)  # fmt: skip


def _handler(sign: Callable[[str], str]) -> Callable[[UnicodeError], tuple[str, int]]:
    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(map(sign, error.object[error.start : error.end])), error.end

    return handle
