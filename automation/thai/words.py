"""Where Thai words end: Thai writes no spaces between them, so a text that must be cut needs a dictionary."""

from __future__ import annotations

import os


def cut_at_word(text: str, most_bytes: int) -> str:
    """The text cut behind a whole word to at most this many UTF-8 bytes; the text itself if it fits.

    A single word that is longer is cut between two letters, never between a letter and its marks.
    """
    if len(text.encode()) <= most_bytes:
        return text
    kept, size = "", 0
    for word in _words(text):
        size += len(word.encode())
        if size > most_bytes:
            break
        kept += word
    return kept.rstrip() or _cut_letters(text, most_bytes)


def _words(text: str) -> list[str]:
    # pythainlp makes a folder in the user's home while it is imported, unless it is told not to.
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    from pythainlp.tokenize import word_tokenize

    return list(word_tokenize(text, engine="newmm", keep_whitespace=True))


def _cut_letters(text: str, most_bytes: int) -> str:
    from unicodedata import category

    cut = text.encode()[:most_bytes].decode(errors="ignore")
    while cut and len(cut) < len(text) and category(text[len(cut)]) == "Mn":
        cut = cut[:-1]
    return cut
