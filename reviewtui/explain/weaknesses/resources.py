"""Weaknesses in the use of time, memory, files and shared state."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        362,
        "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
        "Two requests do the same thing at once, and the result depends on who is faster.",
        (
            "Read, check, write without a lock: balances, coupons, quotas, unique names. `select_for_update`, unique "
            "constraints, `F()` expressions."
        ),
        "A06",
    ),
    Weakness(
        367,
        "Time-of-check Time-of-use (TOCTOU) Race Condition",
        "Something is checked, and changed by others before it is used.",
        ("`os.path.exists` before `open`, permission checks before a second lookup, DNS checked and resolved again."),
        "",
    ),
    Weakness(
        377,
        "Insecure Temporary File",
        "A temporary file is made so that others can foresee, read or replace it.",
        "`tempfile.mktemp`, fixed names in `/tmp`, wide permissions, links in shared folders.",
        "A01",
    ),
    Weakness(
        400,
        "Uncontrolled Resource Consumption",
        "Somebody can make the program use up time, memory, disk, connections or money.",
        (
            "Requests without a timeout, uploads and bodies without a limit, page sizes from parameters, expensive "
            "reports, regular expressions."
        ),
        "",
    ),
    Weakness(
        409,
        "Improper Handling of Highly Compressed Data (Data Amplification)",
        "A few bytes unpack to gigabytes.",
        (
            "`gzip`, `zipfile`, `zlib.decompress`, images (`MAX_IMAGE_PIXELS` of Pillow), archives: is there a limit "
            "on what comes out, not only on what goes in?"
        ),
        "",
    ),
    Weakness(
        605,
        "Multiple Binds to the Same Port",
        (
            "Two programs can bind one port, and one gets what is meant for the other. Bandit uses the number for a "
            "server on all interfaces."
        ),
        "`SO_REUSEADDR` and `SO_REUSEPORT`, ports above 1024 on shared hosts; for `0.0.0.0` see CWE-1327.",
        "",
    ),
    Weakness(
        732,
        "Incorrect Permission Assignment for Critical Resource",
        "A file, folder or socket can be read or written by more accounts than it should.",
        "`chmod`, `umask`, `mkdir(mode=…)`, sockets, keys and settings with 0o644, modes of Docker volumes.",
        "A01",
    ),
    Weakness(
        770,
        "Allocation of Resources Without Limits or Throttling",
        "There is no limit on how many or how large: rows, uploads, threads, tasks, nesting.",
        (
            "Lists without paging, `read()` without a size, `MAX_CONTENT_LENGTH`, depth of JSON and GraphQL, rate "
            "limits."
        ),
        "",
    ),
    Weakness(
        1188,
        "Initialization of a Resource with an Insecure Default",
        "What is not configured is insecure: the default decides, and nobody changes it.",
        (
            '`os.environ.get("DEBUG", True)`, default keys and accounts, open CORS, host `0.0.0.0`, sample settings '
            "that run."
        ),
        "",
    ),
    Weakness(
        1327,
        "Binding to an Unrestricted IP Address",
        "A server listens on all interfaces where one was meant.",
        '`host="0.0.0.0"`, an empty host, `::`, published ports, `runserver 0.0.0.0`.',
        "",
    ),
    Weakness(
        1333,
        "Inefficient Regular Expression Complexity",
        "A regular expression takes exponential or quadratic time on some inputs.",
        (
            "Nested repetitions such as `(a+)+`, overlapping alternatives, patterns from users; `re` has no timeout. "
            "Limit the length before matching."
        ),
        "",
    ),
    Weakness(
        379,
        "Creation of Temporary File in Directory with Insecure Permissions",
        "A temporary file is made in a folder in which others can create, rename or delete.",
        '`dir="/tmp"`, shared work folders, `mkstemp` with a folder that is group-writable.',
        "A01",
    ),
    Weakness(
        404,
        "Improper Resource Shutdown or Release",
        "Something that was opened is not given back: a file, a connection, a lock, a process.",
        (
            "`open`, cursors, sessions and clients without `with`; generators that are left early; pools that run "
            "empty under errors."
        ),
        "",
    ),
    Weakness(
        674,
        "Uncontrolled Recursion",
        "Input decides how deep the program recurses, until the stack ends.",
        ("Parsers of JSON, XML, GraphQL and expressions; trees of comments or folders; `RecursionError` in a handler."),
        "",
    ),
    Weakness(
        772,
        "Missing Release of Resource after Effective Lifetime",
        "What was taken is not released when it is no longer used, so that it runs out.",
        "File handles and connections in loops, subscribers that are never removed, threads that wait for ever.",
        "",
    ),
    Weakness(
        835,
        "Loop with Unreachable Exit Condition ('Infinite Loop')",
        "Input can keep a loop from ending.",
        (
            "Redirects and pages that lead in a circle, parsers that do not move on, `while True` with a condition "
            "from data."
        ),
        "",
    ),
)
