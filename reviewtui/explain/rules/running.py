"""Explanations of the rules on how the program runs, fails and is read."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B101",
        name="assert_used",
        title="A check that python -O leaves out",
        means=(
            "`assert` is gone under `-O` and `PYTHONOPTIMIZE`, and what follows runs unchecked. Where it stays, it "
            "raises AssertionError: a 500, not an answer."
        ),
        real=(
            "The condition guards something: permission, ownership, a range, the type of an input, the result of a "
            "verification."
        ),
        false_alarm=(
            "Tests, by far the most hits: leave them out by path and not by rule. Hints for type checkers, and "
            "invariants that the lines before have made true."
        ),
        look=(
            "What would follow if the line were not there? Look in Flask's `before_request`, in `clean` and "
            "permission classes of Django, in FastAPI dependencies (`assert user.is_admin`). Does a Dockerfile or "
            "unit set `-O`? Ask for `if not …: raise`."
        ),
        items=("ERR-08",),
        cwe=(617, 703),
        example="assert user.is_admin",
    ),
    Explanation(
        rule="B104",
        name="hardcoded_bind_all_interfaces",
        title="The string 0.0.0.0",
        means=(
            "A literal is exactly `0.0.0.0`. A server that is bound to it is reached through every interface of the "
            "host, not from the machine alone."
        ),
        real=(
            "A debugger, an admin page, metrics, a database or a development server without a login listens there, "
            "and no firewall is known to stop it."
        ),
        false_alarm=(
            "In a container it is the only way to be reached: what is published decides. Comparisons, lists of "
            "networks and tests count alike. `0.0.0.0:8000`, `::` and an empty host are not found."
        ),
        look=(
            "Does it arrive at `bind`, `app.run(host=…)`, `uvicorn.run`, `HTTPServer`? Then `ports:` in compose "
            "files and security groups. `manage.py runserver 0.0.0.0:8000` and `flask run --host` in an image are a "
            "development server in production."
        ),
        items=("CFG-06",),
        cwe=(1327, 605),
        example='app.run(host="0.0.0.0")',
    ),
    Explanation(
        rule="B110",
        name="try_except_pass",
        title="An error is swallowed",
        means=(
            "A bare `except:` or `except Exception:` holds nothing but `pass`: whatever went wrong, the code goes on "
            "as if it had not, and nobody is told."
        ),
        real=(
            "The block decides something: a signature, a permission, a limit, an audit entry. Then it is enough to "
            "make it fail. The bare form swallows KeyboardInterrupt and SystemExit too."
        ),
        false_alarm=(
            "Best effort: closing a socket, deleting a temporary file, telemetry. Not reported, whatever they hide: "
            "named exceptions, BaseException, tuples, a body of `...`, `contextlib.suppress`."
        ),
        look=(
            "What can raise in the `try`, and what do the lines after it take for granted? Flask: `before_request` "
            "and teardown. Django: middleware, signals, `authenticate`. FastAPI: dependencies. Search for "
            "`suppress(Exception)` and for handlers that return True."
        ),
        items=("ERR-03",),
        cwe=(390, 703),
        example=("try:\n    verify(token)\nexcept Exception:\n    pass"),
    ),
    Explanation(
        rule="B112",
        name="try_except_continue",
        title="A failed round of a loop is skipped in silence",
        means=(
            "In a loop the handler is `continue` and nothing else: an entry that raises is left out, and the result "
            "looks complete."
        ),
        real=(
            "Being left out is what an attacker wants: of a permission rule, a revocation list, a virus scan, a log. "
            "A poisoned entry hides itself by raising."
        ),
        false_alarm=(
            "Readers of untidy data that count what they lose elsewhere; retries with a limit. Only a bare handler "
            "and `Exception` are reported, as for B110."
        ),
        look=(
            "Is anything logged or counted, and who would notice that half is missing? What does the failed round "
            "leave behind: an open transaction, half a row? Celery tasks, importers and management commands are "
            "where it lives."
        ),
        items=("ERR-03",),
        cwe=(390, 703),
        example=("for rule in rules:\n    try:\n        apply(rule)\n    except Exception:\n        continue"),
    ),
    Explanation(
        rule="B201",
        name="flask_debug_true",
        title="Flask runs with its debugger",
        means=(
            "`debug=True` turns on the debugger of Werkzeug: each traceback has a console that runs Python, behind a "
            "PIN that can be computed from files of the host."
        ),
        real=(
            "Others can reach it: the image starts `python app.py`, or it listens on 0.0.0.0. The tracebacks alone "
            "show settings, queries and paths."
        ),
        false_alarm=(
            'Below `if __name__ == "__main__":` the line never runs if gunicorn or uWSGI starts the application. '
            "Reported is the literal keyword on any `.run`, in a file that imports flask."
        ),
        look=(
            "How it is started: Dockerfile, Procfile, compose, unit. Not seen: `app.debug = True`, `debug=DEBUG`, "
            "`FLASK_DEBUG=1`, `flask --debug run`. The same questions without a test: `DEBUG = True` of Django, "
            "`FastAPI(debug=True)`."
        ),
        items=("CFG-01", "ERR-01"),
        cwe=(489, 94),
        example=("from flask import Flask\nFlask(__name__).run(debug=True)"),
    ),
    Explanation(
        rule="B612",
        name="logging_config_insecure_listen",
        title="A socket that takes logging settings",
        means=(
            "`logging.config.listen` opens a port on the machine and applies any settings sent to it. These name "
            "classes and hold expressions that are evaluated, so each local account can run code as this process."
        ),
        real=(
            "Other accounts or containers share the network of the process, or a server-side request can be made to "
            "send bytes to the port."
        ),
        false_alarm=(
            "A container in which nothing else runs. `verify` as second positional argument is reported although it "
            "checks: the keyword alone is looked for."
        ),
        look=(
            "Does the function behind `verify=` test a signature, and give None for what is wrong? Is `listen` "
            "started in production at all? A reload by signal, from a file that only its owner can write, needs no "
            "port."
        ),
        items=("ERR-07",),
        cwe=(94,),
        example=("import logging.config\nlogging.config.listen(9030)"),
    ),
    Explanation(
        rule="B613",
        name="trojansource",
        title="Characters that turn the direction of reading",
        means=(
            "The file has a control character that reorders the text around it: an editor, a diff or a merge request "
            "may show other code than Python runs."
        ),
        real=(
            "Beside code: what looks like a comment can be a condition, and the other way round. Find out who "
            "brought it in, and what else came with it."
        ),
        false_alarm=(
            "Texts in Arabic or Hebrew, and tests of this very thing. U+200F, a mark that overrides nothing, is in "
            "the list; its twin U+200E is not. Only one character of a file is reported."
        ),
        look=(
            "Our rules T001 to T003 mark every place, in all kinds of files, in the order in which it is really "
            "read: decide there. `git log -S` with the character finds the commit."
        ),
        items=("CFG-09",),
        cwe=(838, 1007),
        example='allowed = "user"  # \u202e nimda',
    ),
)
