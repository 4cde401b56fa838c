"""Our own rules on text that misleads its reader: what each means, when it is real, and what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reviewtui.model.risk import Severity

TOOL: Final = "text"


@dataclass(frozen=True, slots=True)
class TextRule:
    """One way in which a text is not what it looks like."""

    id: str
    name: str
    severity: Severity
    """Of the plain case; where a hit says otherwise, its message says why."""
    cwe: tuple[int, ...]
    means: str
    """What the text does to its reader."""
    real: str
    """When it is an attack, and when an ordinary thing."""
    look: str
    """What to do now."""


_ALL: Final = (
    TextRule(
        "T001",
        "bidi_reorders_code",
        Severity.HIGH,
        (838, 1007),
        "A control for right-to-left text is open beyond the string or comment that it stands in. Editors and web "
        "pages then draw the code after it in another order than it runs: a comment may look like code, or code "
        "like a comment (Trojan Source, CVE-2021-42574).",
        "Nobody needs this in code. Text in Arabic or Hebrew closes what it opens; a forgotten end is an accident "
        "only where such text stands beside it.",
        "Read the line as it is drawn here: characters in the order in which the program reads them. Ask who wrote "
        "it and what it looked like in their review.",
    ),
    TextRule(
        "T002",
        "bidi_control",
        Severity.MEDIUM,
        (838, 1007),
        "A control for right-to-left text, closed in the string or comment in which it was opened: what is between "
        "is drawn in another order than it is stored.",
        "Libraries that write messages in many languages have isolates in their strings. Suspicious in names, "
        "paths, addresses, keys, and wherever two values are compared.",
        "See whether the text is compared, matched or shown to somebody who must trust what it says.",
    ),
    TextRule(
        "T003",
        "bidi_mark",
        Severity.LOW,
        (838,),
        "A mark that is drawn as nothing and gives its neighbours a direction, with no right-to-left letter near.",
        "Often pasted along with a path or a date. Real where it makes two equal-looking strings or names differ.",
        "Look whether the string is a key, a name of a user, a path or an address.",
    ),
    TextRule(
        "T004",
        "invisible_character",
        Severity.MEDIUM,
        (1007,),
        "A character that is drawn as nothing: zero-width space or joiner, soft hyphen, word joiner, byte order "
        "mark amid the text. Two texts that look equal are not.",
        "In code or in a name it is an accident at best; in a string it defeats comparisons, filters and block "
        "lists. Joiners within emoji and within Indic, Arabic and other scripts that need them are not reported.",
        "Search for the same text without it: if both exist, find out which one is used where.",
    ),
    TextRule(
        "T005",
        "blank_letter",
        Severity.HIGH,
        (1007,),
        "A letter that is drawn as a blank. Compilers take it for a letter: a variable, a parameter or an argument "
        "can be there that nobody sees.",
        "In JavaScript a hidden parameter named by a Hangul filler was shown as a back door. Ordinary only in texts"
        " about Korean or Braille.",
        "Follow the invisible name: where is it assigned, where is it used or run?",
    ),
    TextRule(
        "T006",
        "hidden_payload",
        Severity.CRITICAL,
        (506, 1007),
        "A run of characters that are drawn as nothing: long enough to hold a message or a program that a short "
        "piece of visible code decodes and runs.",
        "Malicious packages and editor extensions have hidden their code like this, in variation selectors and "
        "zero-width characters. No ordinary text has such runs.",
        "Look near it, and wherever the string goes, for decoding, `eval`, `exec`, `Function` or a child process.",
    ),
    TextRule(
        "T007",
        "tag_characters",
        Severity.HIGH,
        (506, 1007),
        "Characters that mirror ASCII and are drawn as nothing. They can hold whole sentences.",
        "Used to hand hidden instructions to language models and to mark texts. Flags of regions have a few of them"
        " after a black flag, which is not reported.",
        "Read what they say: each is the ASCII character of its last two digits.",
    ),
    TextRule(
        "T008",
        "escape_sequence",
        Severity.MEDIUM,
        (150, 116),
        "Bytes that a terminal obeys: who prints the file with `cat`, `git diff` or `less -R` may not see what it "
        "holds. Such sequences clear and rewrite lines, set titles, and write the clipboard.",
        "Colours in recorded output and test data are ordinary. High where the sequence moves the cursor, erases, "
        "or talks to the terminal: then the file shows something else than it holds.",
        "Read the line here, where nothing is obeyed; compare with what `cat` would show.",
    ),
    TextRule(
        "T009",
        "control_character",
        Severity.MEDIUM,
        (150,),
        "A control character in the text. A backspace overwrites what stands before it on a terminal; a NUL ends "
        "the text for some programs and not for others.",
        "Test data and old binary formats have some. Real where two programs must agree on the text: names, keys, "
        "headers, code.",
        "Ask which program reads this, and where it would stop or step back.",
    ),
    TextRule(
        "T010",
        "line_counted_otherwise",
        Severity.MEDIUM,
        (838,),
        "A character at which some programs begin a new line and others do not: a lone carriage return, NEL, the "
        "line and paragraph separators, vertical tab, form feed amid a line. What looks like the rest of a comment "
        "may run; line numbers of tools differ from here on.",
        "High after the beginning of a comment, where the compiler's idea of a line differs from the editor's. Old "
        "files of the Macintosh have carriage returns only, and are reported once.",
        "Read what follows on the next line as code of its own.",
    ),
    TextRule(
        "T011",
        "mixed_script_word",
        Severity.HIGH,
        (1007,),
        "A word with letters of two scripts, at least one of which looks like another letter (CVE-2021-42694): it "
        "is not the word that it seems to be.",
        "In a name or a string of code it is an attack or a slip of the keyboard that has the effect of one. "
        "Formulas with a Greek letter, and words that are wholly of one script, are not reported.",
        "Search for the word as it seems to be spelled. Does the code define both? Which one is checked, which one "
        "is used?",
    ),
    TextRule(
        "T012",
        "look_alike_name",
        Severity.HIGH,
        (1007,),
        "A name in another script that looks exactly like a name in ASCII in the same file: two things that a "
        "reader takes for one.",
        "A one-letter name of a formula may be innocent. A longer one is not.",
        "Go through all uses of both, by their code points.",
    ),
    TextRule(
        "T013",
        "folded_name",
        Severity.HIGH,
        (1007, 176),
        "A name in letters that the language folds into plain ones: full-width, mathematical or ligatures. In "
        "Python `ｅｖａｌ` is `eval`, which a text search or a filter does not find.",
        "In Python code there is no reason for it. Other languages do not fold names, so there it is another name "
        "that looks the same.",
        "Read the name as the message spells it.",
    ),
    TextRule(
        "T014",
        "unusual_codec",
        Severity.HIGH,
        (838, 116),
        "The cookie of the file names a codec in which plain bytes mean other characters. Editors and code hosts "
        "show other code than Python runs.",
        "Nobody writes Python in UTF-7, unicode_escape or the like.",
        "Read it here: this is what Python runs. Compare with what the bytes look like elsewhere.",
    ),
    TextRule(
        "T015",
        "piled_marks",
        Severity.LOW,
        (1007,),
        "More marks on one letter than any language has: they cover neighbouring lines.",
        "Mostly a joke or test data. Medium in code, where what is below can be covered.",
        "Read the line here, where they are spelled out.",
    ),
    TextRule(
        "T016",
        "posing_punctuation",
        Severity.HIGH,
        (1007,),
        "A letter that looks like a sign stands in a name: `aǃ=b` assigns to a variable where it seems to compare.",
        "Letters for clicks and tones have no place in names of code.",
        "Read the statement with the sign as a letter.",
    ),
    TextRule(
        "T101",
        "misleading_path",
        Severity.HIGH,
        (451, 150),
        "The name of the file or of a folder of it holds control characters, or controls that turn around how it is"
        " drawn: `exe.txt` may be `txt.exe`.",
        "No tool makes such names; test data of file managers and archivers has some.",
        "See what opens, imports or serves the file, and what kind it really is.",
    ),
    TextRule(
        "T102",
        "invisible_in_path",
        Severity.MEDIUM,
        (451, 1007),
        "The name of the file or of a folder of it holds characters that are drawn as nothing or as a blank, or "
        "ends with a space: another file could have the name that it seems to have.",
        "An accident of copying, or a file that is to be taken for another.",
        "Look whether the plain name exists too, and which one the code opens.",
    ),
    TextRule(
        "T103",
        "look_alike_path",
        Severity.HIGH,
        (451, 1007),
        "The path looks like that of another file in the repository, or mixes letters of two scripts.",
        "Real where a name is imported, served or trusted. The same name in two forms of an accented letter is an "
        "accident of file systems.",
        "Compare the two files; find out which of them the code uses.",
    ),
)

RULES: Final[Mapping[str, TextRule]] = {rule.id: rule for rule in _ALL}
"""By id."""


def rule_of(tool: str, rule: str) -> TextRule | None:
    """The rule behind a hit, if it is one of ours."""
    return RULES.get(rule) if tool == TOOL else None
