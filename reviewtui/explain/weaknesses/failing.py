"""Weaknesses in how errors are met, checks are made and events recorded."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        117,
        "Improper Output Neutralization for Logs",
        (
            "Outside text goes into a log as it is: a line end makes an entry of its own, which looks like the "
            "program's."
        ),
        (
            '`logger.info(f"... {name}")` with plain text formatters. JSON logs, or escaping of control characters, '
            "end it."
        ),
        "A09",
    ),
    Weakness(
        248,
        "Uncaught Exception",
        "An exception that nobody catches ends the request, the worker or the process.",
        (
            'Parsers and conversions on input (`int(request.args["n"])`), background tasks, consumers of queues, '
            "WebSocket handlers."
        ),
        "A10",
    ),
    Weakness(
        390,
        "Detection of Error Condition Without Action",
        "An error is noticed, and then nothing is done about it.",
        "`except ...: pass` or `continue`, handlers that only log while what follows needs the result.",
        "A10",
    ),
    Weakness(
        391,
        "Unchecked Error Condition",
        "A result that reports an error is not looked at.",
        (
            "`subprocess.run` without `check=True`, `requests` without `raise_for_status`, return values of verify "
            "functions, `asyncio.gather(..., return_exceptions=True)`."
        ),
        "A10",
    ),
    Weakness(
        396,
        "Declaration of Catch for Generic Exception",
        "The handler catches far more than it is written for, and hides other failures.",
        "`except Exception` around a login, a permission check or a transaction.",
        "A10",
    ),
    Weakness(
        431,
        "Missing Handler",
        "There is no handler for something that will happen, and the default decides.",
        (
            "Missing 404, 413 and 500 handlers, exceptions of the framework's parsers, `errorhandler(Exception)` in "
            "one blueprint only."
        ),
        "",
    ),
    Weakness(
        460,
        "Improper Cleanup on Thrown Exception",
        "After an exception things stay half done: a lock, a file, a row, a temporary secret.",
        (
            "Missing `with`, `finally`, `transaction.atomic`, `rollback`; state that is changed before the step that "
            "may fail."
        ),
        "A10",
    ),
    Weakness(
        478,
        "Missing Default Case in Multiple Condition Expression",
        "A choice has no branch for what is not foreseen, and falls through.",
        (
            "`if`/`elif` on roles or types without `else`, `match` without `case _`, dict lookups with a permissive "
            "default."
        ),
        "A10",
    ),
    Weakness(
        617,
        "Reachable Assertion",
        "An assertion can be reached by input: it ends the request, or, left out under `-O`, checks nothing.",
        "`assert` on request data, permissions and results of verifications.",
        "",
    ),
    Weakness(
        636,
        "Not Failing Securely ('Failing Open')",
        "When something fails, access is granted or the check is skipped.",
        (
            "`except: return True`, feature flags and permission services that time out, missing configuration taken "
            'for "allowed".'
        ),
        "A10",
    ),
    Weakness(
        693,
        "Protection Mechanism Failure",
        "A protection is missing, switched off or can be got round. A wide word.",
        "Headers, sanitizers, scanners and their ignore files, middleware that is commented out.",
        "A06",
    ),
    Weakness(
        703,
        "Improper Check or Handling of Exceptional Conditions",
        "Something unusual happens and the code is not made for it. Prefer CWE-754 or CWE-755.",
        "`assert`, `except: pass`, return values that are not used.",
        "A10",
    ),
    Weakness(
        754,
        "Improper Check for Unusual or Exceptional Conditions",
        ("The code does not check for a case that is rare but possible: no row, an empty list, a short read, a zero."),
        "`first()` and `get()` that may give None, `split()[1]`, divisions, time-outs.",
        "A10",
    ),
    Weakness(
        755,
        "Improper Handling of Exceptional Conditions",
        "An exceptional case is noticed and then handled wrongly.",
        "Handlers that return success, retry for ever, or answer with another user's cached data.",
        "A10",
    ),
    Weakness(
        778,
        "Insufficient Logging",
        "What matters is not recorded, so that an attack is neither seen nor reconstructed.",
        (
            "Logins, failed ones too; changes of roles and passwords; access refused; exports; administration. At "
            "which level, and who reads it?"
        ),
        "A09",
    ),
    Weakness(
        838,
        "Inappropriate Encoding for Output Context",
        "Output is encoded for another place than the one where it ends up.",
        (
            "Wrong or missing charset, HTML escaping inside JavaScript or a URL, text whose direction or encoding "
            "the viewer takes otherwise."
        ),
        "",
    ),
    Weakness(
        252,
        "Unchecked Return Value",
        "The result of a call is not looked at, so a failure passes unnoticed.",
        (
            "`verify(...)` and `compare_digest(...)` as statements, `os.access`, `subprocess.run` without `check`, "
            "`send` in place of `sendall`."
        ),
        "A10",
    ),
)
