"""How many of something, in words."""


def number_of(count: int, noun: str, plural: str = "") -> str:
    """`1 file`, `2000 files`; `plural` where it is not the noun with an s."""
    return f"{count} {_word(count, noun, plural)}"


def grouped(count: int, noun: str, plural: str = "") -> str:
    """The same for numbers that may be large: `2,000 files`."""
    return f"{count:,} {_word(count, noun, plural)}"


def _word(count: int, noun: str, plural: str) -> str:
    return noun if count == 1 else plural or f"{noun}s"
