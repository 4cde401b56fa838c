"""Weaknesses in what the program is built of, how it is built and how it is configured."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        250,
        "Execution with Unnecessary Privileges",
        "The program runs with rights that it does not need.",
        (
            "Containers and services as root, database owners as application users, `sudo` in scripts, cloud roles "
            "with a star."
        ),
        "",
    ),
    Weakness(
        426,
        "Untrusted Search Path",
        "The program looks for what it runs in places that somebody else chooses.",
        ("`PATH`, `PYTHONPATH`, `LD_LIBRARY_PATH`, programs named without a folder, the current folder in `sys.path`."),
        "A08",
    ),
    Weakness(
        427,
        "Uncontrolled Search Path Element",
        "One of the places in the search path can be written by somebody else.",
        (
            "Plug-in folders, extra package indexes (dependency confusion), shared virtual environments, the working "
            "folder on Windows."
        ),
        "A08",
    ),
    Weakness(
        451,
        "User Interface (UI) Misrepresentation of Critical Information",
        "What a person sees is not what the program acts on.",
        (
            "Names and paths with hidden or reordered characters, links whose text is another address, truncated "
            "names in confirmations."
        ),
        "A06",
    ),
    Weakness(
        454,
        "External Initialization of Trusted Variables or Data Stores",
        "A variable that the program trusts is set from outside.",
        (
            "Environment variables made from request headers (CGI), settings read from parameters, "
            "`os.environ.update` with foreign data."
        ),
        "A06",
    ),
    Weakness(
        477,
        "Use of Obsolete Function",
        "A function is used that is out of date and has a safer successor.",
        "Deprecation warnings, old hash and TLS functions, frameworks past their end of support.",
        "",
    ),
    Weakness(
        489,
        "Active Debug Code",
        "Code for debugging is on in production.",
        "`debug=True`, `FLASK_DEBUG`, `DEBUG = True`, `--reload`, toolbars, consoles, `breakpoint()`, profilers.",
        "A02",
    ),
    Weakness(
        494,
        "Download of Code Without Integrity Check",
        "Code, a model or a program is downloaded and used without a check that it is the right one.",
        (
            "`curl … | sh`, `pip install` from a URL, models without a revision, plug-ins, CI steps from a moving "
            "tag. Hash or signature?"
        ),
        "A08",
    ),
    Weakness(
        506,
        "Embedded Malicious Code",
        "The code has something in it that was put there to do harm.",
        (
            "Hidden characters, encoded blobs with `exec`, install scripts, network calls on import. Ask who "
            "committed it."
        ),
        "A08",
    ),
    Weakness(
        646,
        "Reliance on File Name or Extension of Externally-Supplied File",
        "The name or ending of a file decides what it is taken for.",
        '`filename.endswith(".png")`, `mimetypes.guess_type`, the `Content-Type` that the client sent.',
        "A06",
    ),
    Weakness(
        829,
        "Inclusion of Functionality from Untrusted Control Sphere",
        "Code from a place that is not under control is included: a script, a template, a plug-in, an action.",
        "Script tags from other hosts, CI actions by tag, `trust_remote_code`, includes from a writable folder.",
        "A08",
    ),
    Weakness(
        1007,
        "Insufficient Visual Distinction of Homoglyphs Presented to User",
        "Two names that look alike are different, and a person takes one for the other.",
        (
            "Letters of other scripts, invisible characters, look-alike domains and accounts. Our rules T004 to T016 "
            "mark them."
        ),
        "",
    ),
    Weakness(
        1104,
        "Use of Unmaintained Third Party Components",
        "A component is used that nobody maintains any more.",
        ("Last release, archived repositories, end of support: PyCrypto, python-jose, passlib, old framework lines."),
        "A03",
    ),
    Weakness(
        1127,
        "Compilation with Insufficient Warnings or Errors",
        ("The build hides warnings that would have shown a defect. For scanners: what is silenced without a reason."),
        "`# nosec` without an id, `# noqa`, ignore files, `|| true` in pipelines, baselines that nobody reviews.",
        "",
    ),
    Weakness(
        1329,
        "Reliance on Component That is Not Updateable",
        "A part cannot be updated when a defect is found in it.",
        "Pins without a way to lift them, copied libraries, firmware, images without a rebuild.",
        "A03",
    ),
    Weakness(
        1357,
        "Reliance on Insufficiently Trustworthy Component",
        "A component comes from somebody whom there is no reason to trust.",
        "New or renamed packages, one-person projects in critical places, forks, indexes beside PyPI.",
        "A03",
    ),
    Weakness(
        1395,
        "Dependency on Vulnerable Third-Party Component",
        (
            "A third-party part with a known vulnerability is in use. Whether it matters here depends on what of it "
            "is called, and with what."
        ),
        (
            "The function or setting that the advisory names, and who calls it here; a part that only tests or tools "
            "need counts less. Then the version that repairs it, and what else the update changes."
        ),
        "A03",
    ),
)
