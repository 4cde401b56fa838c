"""Weaknesses in what is shown, kept or built in that should be secret."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        200,
        "Exposure of Sensitive Information to an Unauthorized Actor",
        "Somebody learns what he should not. A wide word: name the way in the finding.",
        (
            "Responses that serialise whole models, differences between answers, debug pages, listings, metadata of "
            "files."
        ),
        "A01",
    ),
    Weakness(
        201,
        "Insertion of Sensitive Information Into Sent Data",
        "A response or message holds more than it should: internal fields, other people's data, hashes.",
        (
            '`fields = "__all__"`, `jsonify(user.__dict__)`, `response_model` that is missing in FastAPI, mails to '
            "many recipients."
        ),
        "A01",
    ),
    Weakness(
        203,
        "Observable Discrepancy",
        "Answers differ in something that tells a secret: text, status, size, time.",
        "Login, reset, sign-up, existence of objects (403 against 404), error texts of decryption.",
        "",
    ),
    Weakness(
        204,
        "Observable Response Discrepancy",
        "The content of the answer tells it: another text, another status, another redirect.",
        '"No such user" against "wrong password"; registration with a known address; reset forms.',
        "",
    ),
    Weakness(
        208,
        "Observable Timing Discrepancy",
        "The time until the answer tells it.",
        "`==` on tokens and signatures in place of `hmac.compare_digest`; no hash computed for unknown users.",
        "",
    ),
    Weakness(
        209,
        "Generation of Error Message Containing Sensitive Information",
        "An error text tells of paths, queries, versions or values.",
        (
            "`str(e)` in responses, `traceback.format_exc()`, exception handlers that return details, GraphQL "
            "errors, `DEBUG`."
        ),
        "A10",
    ),
    Weakness(
        213,
        "Exposure of Sensitive Information Due to Incompatible Policies",
        "What one rule of the house calls private is shown by a part that follows another rule.",
        "Exports and search indexes beside the pages, support tools, logs, data that a partner gets.",
        "",
    ),
    Weakness(
        215,
        "Insertion of Sensitive Information Into Debugging Code",
        "Code for debugging puts private data where others can read it.",
        "Debug toolbars, `print` of requests, dumps on an error page, verbose flags that are on.",
        "A10",
    ),
    Weakness(
        223,
        "Omission of Security-relevant Information",
        "The log leaves out what one needs afterwards: who, what, on which object, with which result.",
        (
            "Logins that failed, changes of rights, exports, access refused: is the user's id in the line, and the "
            "address?"
        ),
        "A09",
    ),
    Weakness(
        259,
        "Use of Hard-coded Password",
        "A password stands in the source.",
        (
            "Literals under names of passwords, connection strings, seeds, Dockerfile `ENV`, CI files; and in the "
            "history of git."
        ),
        "A07",
    ),
    Weakness(
        312,
        "Cleartext Storage of Sensitive Information",
        "Private data is kept in clear text where others can get at it.",
        "Tokens and keys in tables, files and caches; mobile or browser storage; logs.",
        "A06",
    ),
    Weakness(
        315,
        "Cleartext Storage of Sensitive Information in a Cookie",
        "A cookie holds private data in clear text.",
        (
            "Sessions of Flask and Starlette are signed, not encrypted: everybody can read them. What is put into "
            "`session[...]`?"
        ),
        "A02",
    ),
    Weakness(
        359,
        "Exposure of Private Personal Information to an Unauthorized Actor",
        "Personal data reaches somebody who has no right to it.",
        "Lists that show names and addresses, exports, logs, analytics, error trackers that get request bodies.",
        "A01",
    ),
    Weakness(
        497,
        "Exposure of Sensitive System Information to an Unauthorized Control Sphere",
        "Details of the system are shown: versions, paths, addresses, environment.",
        "`Server` headers, error pages, `/metrics`, `/health` with details, stack traces, comments in pages.",
        "A01",
    ),
    Weakness(
        524,
        "Use of Cache Containing Sensitive Information",
        "A cache holds private data and gives it to the next one who asks.",
        "`cache_page`, `@cache.cached` on views of one user, keys without the user's id, CDN rules.",
        "",
    ),
    Weakness(
        525,
        "Use of Web Browser Cache Containing Sensitive Information",
        "The browser keeps a private page after logout.",
        "`Cache-Control: no-store` on private answers, `never_cache`.",
        "A06",
    ),
    Weakness(
        527,
        "Exposure of Version-Control Repository to an Unauthorized Control Sphere",
        "The history of the repository can be fetched from the web server.",
        "Static roots and images with `.git`, `COPY . .` without `.dockerignore`.",
        "",
    ),
    Weakness(
        532,
        "Insertion of Sensitive Information into Log File",
        "Secrets are written to a log, or sent to a service that collects logs.",
        (
            "`logger.info(request.headers)`, bodies of logins, tokens in URLs, `repr` of settings, SQL with values, "
            "error trackers."
        ),
        "A09",
    ),
    Weakness(
        538,
        "Insertion of Sensitive Information into Externally-Accessible File or Directory",
        "A file with private data lies where the web server serves it.",
        "Backups, `.env`, dumps and exports below a static or media root.",
        "A01",
    ),
    Weakness(
        539,
        "Use of Persistent Cookies Containing Sensitive Information",
        "A cookie that outlives the session holds something private.",
        "`max_age` and `expires` on cookies with tokens, remember-me cookies, permanent sessions.",
        "A06",
    ),
    Weakness(
        540,
        "Inclusion of Sensitive Information in Source Code",
        "The source holds what should not be in it: keys, inner addresses, personal data.",
        "Constants, fixtures, comments, notebooks, pages with inline data.",
        "A01",
    ),
    Weakness(
        547,
        "Use of Hard-coded, Security-relevant Constants",
        "Values that matter for security are fixed in the code and cannot be changed without a release.",
        "Keys, salts, host lists and time limits as constants.",
        "A02",
    ),
    Weakness(
        548,
        "Exposure of Information Through Directory Listing",
        "The server lists the files of a folder.",
        "`autoindex`, `http.server`, static views with `show_indexes=True`, buckets with public listing.",
        "A01",
    ),
    Weakness(
        550,
        "Server-generated Error Message Containing Sensitive Information",
        "The server's own error page tells secrets.",
        "`DEBUG = True`, `PROPAGATE_EXCEPTIONS`, the debugger of Werkzeug, default pages of the front end.",
        "A10",
    ),
    Weakness(
        598,
        "Use of GET Request Method With Sensitive Query Strings",
        "Secrets stand in the address, and thus in logs, histories and the `Referer`.",
        "Tokens as query parameters, reset links with third-party content on the page, GET forms.",
        "A06",
    ),
    Weakness(
        614,
        "Sensitive Cookie in HTTPS Session Without 'Secure' Attribute",
        "A session cookie is sent without TLS as well, as it lacks the Secure attribute.",
        (
            "`SESSION_COOKIE_SECURE` in Flask and Django (off by default), `https_only=True` of Starlette's "
            "sessions, `set_cookie` by hand."
        ),
        "A02",
    ),
    Weakness(
        798,
        "Use of Hard-coded Credentials",
        "A credential that works is part of the code: password, token or key.",
        (
            "Literals, defaults of `os.environ.get`, settings, tests that talk to real services, images, the history "
            "of git."
        ),
        "A07",
    ),
    Weakness(
        1004,
        "Sensitive Cookie Without 'HttpOnly' Flag",
        "Script in the page can read the session cookie.",
        (
            "`httponly=False`, `set_cookie` without it, `SESSION_COOKIE_HTTPONLY`; tokens in local storage are the "
            "same thing."
        ),
        "A02",
    ),
    Weakness(
        922,
        "Insecure Storage of Sensitive Information",
        "Private data is stored where others can read it.",
        "Temporary files, local storage of the browser, shared caches, files with wide modes.",
        "A01",
    ),
)
