"""The way to the clipboard of the terminal that the user sits at, through ssh, tmux and screen: OSC 52.

No terminal answers whether it obeyed, and some never do: what is said of it is that it was sent.
"""

import base64
import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import Final

USUAL_LIMIT: Final = 74_994
"""Bytes of text of which some terminals take no more: the sequence then has 100,000."""
LIMIT: Final = 750_000
"""Bytes of text that are sent at most: tmux drops a sequence of more than a megabyte."""

_SCREEN_PIECE: Final = 500
"""Bytes in one of GNU screen's envelopes, which take 768."""
_TMUX_SECONDS: Final = 2.0


def sequences(text: str, environment: Mapping[str, str]) -> str:
    """What to write to the terminal so that `text` gets into its clipboard; the text itself travels as base64 only.

    Around it stands what a multiplexer needs to let it through; one that reads the plain sequence gets that too.
    """
    encoded = base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\x07"
    terminal = environment.get("TERM", "")
    if environment.get("TMUX") or terminal.startswith("tmux"):
        escaped = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{escaped}\x1b\\"
    if environment.get("STY") or terminal.startswith("screen"):
        pieces = (plain[at : at + _SCREEN_PIECE] for at in range(0, len(plain), _SCREEN_PIECE))
        enveloped = "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
        # Beyond ssh, TERM=screen may as well be a tmux, which drops the envelopes.
        return enveloped if environment.get("STY") else plain + enveloped
    return plain


def hand_to_tmux(text: str, environment: Mapping[str, str]) -> bool:
    """Whether tmux itself took the text and passed it on: as it is set up at first, it drops what programs send."""
    if not environment.get("TMUX"):
        return False
    folders = [part for part in environment.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(part)]  # noqa: PTH117
    program = shutil.which("tmux", path=os.pathsep.join(folders))
    if program is None:
        return False
    try:
        done = subprocess.run(
            [program, "load-buffer", "-w", "-"],
            input=text.encode("utf-8", "surrogateescape"),
            env=dict(environment),
            cwd=os.sep,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TMUX_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
