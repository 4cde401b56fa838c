"""Weaknesses in what is taken from outside, and in what goes out into pages, headers and paths."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        20,
        "Improper Input Validation",
        (
            "The program takes what it gets without asking whether it has the form, size and range that the rest of "
            "the code relies on. Bandit uses it for XML and YAML, where more exact numbers exist."
        ),
        (
            "The border: `request.args`, `request.json`, serializers, pydantic models with `Any` or `dict`. Prefer a "
            "more exact number in the finding: this one says little to whoever repairs it."
        ),
        "A05",
    ),
    Weakness(
        22,
        "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')",
        (
            "A path is put together with outside data and leaves the folder that it was meant for: "
            "`../../etc/passwd`, or a name in an archive."
        ),
        (
            "`open`, `send_file`, `FileResponse`, `os.path.join`, `Path(base) / name`, `extractall`. Is the resolved "
            "path compared with the folder (`is_relative_to` after `resolve`)? `send_from_directory` and `safe_join` "
            "do that."
        ),
        "A01",
    ),
    Weakness(
        23,
        "Relative Path Traversal",
        (
            "The dots: a relative path with `..` climbs out of the folder, spelled plainly, encoded, or with "
            "backslashes on Windows."
        ),
        (
            "Where `..` is searched for or cut out by `replace`, which leaves `....//`. The check belongs behind the "
            "decoding and after `resolve`."
        ),
        "A01",
    ),
    Weakness(
        36,
        "Absolute Path Traversal",
        (
            "The outside value is a whole path: `/etc/passwd`. `os.path.join(base, value)` and `base / value` then "
            "forget the base."
        ),
        (
            "Every join whose second part comes from a request, a file name of an upload, or a row. An assertion "
            "that the value has no `..` does not help here."
        ),
        "A01",
    ),
    Weakness(
        59,
        "Improper Link Resolution Before File Access ('Link Following')",
        ("The program opens a name that somebody has replaced by a link, and reads or overwrites the link's target."),
        (
            "Shared folders, archives with links, work in a user's home by a privileged service. Look for "
            "`follow_symlinks`, `O_NOFOLLOW`, `lstat` before `open`, and for `shutil` calls on trees of others."
        ),
        "A01",
    ),
    Weakness(
        73,
        "External Control of File Name or Path",
        (
            "The user chooses a file name or path that the program works with, even if it stays inside the folder: "
            "so that another's can be read, overwritten or deleted."
        ),
        (
            "`FileStorage.filename`, `UploadFile.filename`, path parameters, export names. The server should give "
            "the name, or look the file up by an id that it checks."
        ),
        "A06",
    ),
    Weakness(
        79,
        "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')",
        (
            "What a user wrote is put into a page without being escaped for its place, and runs as script in the "
            "browser of whoever looks at it."
        ),
        (
            "`|safe`, `Markup`, `mark_safe`, `autoescape`, `innerHTML`, `v-html`, responses made of f-strings with "
            "type HTML. Escaping has to fit the place: text, attribute, URL, script."
        ),
        "A05",
    ),
    Weakness(
        80,
        "Improper Neutralization of Script-Related HTML Tags in a Web Page (Basic XSS)",
        "The plain case of cross-site scripting: tags go through, as no character of the text is escaped at all.",
        (
            'Responses that are built by hand: `return f"<h1>{name}</h1>"` in Flask, `HttpResponse(...)`, '
            "`HTMLResponse(...)`, and templates without autoescaping."
        ),
        "A05",
    ),
    Weakness(
        83,
        "Improper Neutralization of Script in Attributes in a Web Page",
        (
            "Escaped or not, an outside value stands in an attribute that runs: `onclick`, `style`, or `href` with "
            "`javascript:`."
        ),
        (
            "Attributes without quotes in templates, links from profiles, `xmlattr` of Jinja2. Check the scheme of a "
            "link; escaping does not touch it."
        ),
        "A05",
    ),
    Weakness(
        93,
        "Improper Neutralization of CRLF Sequences ('CRLF Injection')",
        ("A carriage return or line feed in a value begins a new line in a protocol or record that is made of lines."),
        (
            "Values that go into mail headers, log lines, Redis or SMTP commands, CSV. What does the library do with "
            "`\\r\\n`, and which version of it?"
        ),
        "A05",
    ),
    Weakness(
        113,
        "Improper Neutralization of CRLF Sequences in HTTP Headers ('HTTP Request/Response Splitting')",
        (
            "A line end in an outside value ends a response header, and what follows becomes headers or a page of "
            "its own."
        ),
        (
            "`response.headers[...] = value`, redirects, cookies, `Content-Disposition`. Werkzeug and Django refuse "
            "line ends in a header; Starlette leaves that to the server. Look at versions and at responses written "
            "by hand."
        ),
        "A05",
    ),
    Weakness(
        116,
        "Improper Encoding or Escaping of Output",
        (
            "Data is not, or wrongly, prepared for the place where it ends up: HTML, a URL, a shell, a CSV cell, a "
            "log line."
        ),
        (
            "The last step before the output: which function prepares it, and is it the one for this place? Twice is "
            "a defect too."
        ),
        "A05",
    ),
    Weakness(
        150,
        "Improper Neutralization of Escape, Meta, or Control Sequences",
        (
            "Control characters or escape sequences in data are obeyed by a terminal, a log viewer or a parser that "
            "sees them later."
        ),
        (
            "Log lines, command line tools that print names, commit messages. Are control characters spelled out or "
            "removed?"
        ),
        "",
    ),
    Weakness(
        176,
        "Improper Handling of Unicode Encoding",
        (
            "Two spellings of one text (composed and decomposed, full width, different case) pass the check as one "
            "and are used as the other."
        ),
        (
            "Normalising after the check, `lower()` and `casefold()` on names of accounts, domains and paths; which "
            "form does the database compare?"
        ),
        "",
    ),
    Weakness(
        235,
        "Improper Handling of Extra Parameters",
        "A parameter comes twice, or one too many: the check looks at one of them, the use at the other.",
        (
            "`request.args.get` against `getlist`, `QueryDict` (last) against a proxy that takes the first, pydantic "
            'models with `extra="allow"`.'
        ),
        "A10",
    ),
    Weakness(
        434,
        "Unrestricted Upload of File with Dangerous Type",
        "Users can upload files of a kind that the server runs or that a browser takes for a page.",
        (
            "`secure_filename` says nothing of the type. Where is the file stored, under which name, who serves it "
            "with which type, and what opens it: ImageMagick, an archive tool, an office converter?"
        ),
        "A06",
    ),
    Weakness(
        601,
        "URL Redirection to Untrusted Site ('Open Redirect')",
        "The address that a user is sent to is from outside, so a link to your site leads to another.",
        (
            '`redirect(request.args["next"])`. `url_has_allowed_host_and_scheme` in Django; by hand: `//host`, '
            "`\\\\host`, `https:host` and a user name with `@` pass naive checks."
        ),
        "A01",
    ),
    Weakness(
        611,
        "Improper Restriction of XML External Entity Reference",
        "An XML document makes the parser open files or addresses that it names.",
        (
            "`lxml` with `resolve_entities`, `load_dtd` or `no_network=False`; `xml.sax` with external entities on; "
            "SVG, DOCX, SAML and SOAP are XML too."
        ),
        "A02",
    ),
    Weakness(
        776,
        "Improper Restriction of Recursive Entity References in DTDs ('XML Entity Expansion')",
        "Entities that refer to entities make a small XML document grow until memory is full.",
        (
            "The version of expat below the standard library (2.4.1 stops it), `huge_tree=True` of lxml, and "
            "doctypes that need not be allowed at all."
        ),
        "A02",
    ),
    Weakness(
        915,
        "Improperly Controlled Modification of Dynamically-Determined Object Attributes",
        (
            "The request decides which attributes of an object are set, among them some it should not: role, owner, "
            "price, state."
        ),
        (
            '`Model(**request.json)`, `for k, v in data.items(): setattr(...)`, ModelForm with `fields = "__all__"`, '
            "serializers with the same, `model_dump()` straight into an update."
        ),
        "A08",
    ),
    Weakness(
        918,
        "Server-Side Request Forgery (SSRF)",
        (
            "The server makes a request to an address that a user can choose, and so reaches what the user cannot: "
            "metadata, admin ports, other tenants."
        ),
        (
            "`requests.get(url)`, `httpx`, `urlopen`, webhooks, previews, PDF and image converters. Are redirects "
            "off, and is the resolved address checked and then used?"
        ),
        "A01",
    ),
    Weakness(
        1287,
        "Improper Validation of Specified Type of Input",
        (
            "The value has another type than the code expects: a list or dict where a string is compared or put into "
            "a query."
        ),
        (
            '`request.json["x"]` without a schema, `request.args` against JSON, comparisons of `"1"` and `1`, '
            'booleans from text (`bool("false")`).'
        ),
        "",
    ),
    Weakness(
        184,
        "Incomplete List of Disallowed Inputs",
        "A list of what is forbidden leaves something out.",
        (
            "Lists of bad extensions, tags, words, hosts or schemes. A list of what is allowed, compared after "
            "normalising, is what to ask for."
        ),
        "",
    ),
    Weakness(
        185,
        "Incorrect Regular Expression",
        "A regular expression does not match what its author believed, so a check passes too much or too little.",
        (
            "`re.match` without an end (`$` lets a line feed through, `\\Z` and `fullmatch` do not), dots that are "
            "not escaped in host names, ranges such as `A-z`."
        ),
        "",
    ),
    Weakness(
        444,
        "Inconsistent Interpretation of HTTP Requests ('HTTP Request/Response Smuggling')",
        "Two servers on the way read one HTTP message differently, and a second request is hidden in the first.",
        (
            "Old proxies and application servers, both `Content-Length` and `Transfer-Encoding`; the versions of "
            "gunicorn, waitress, aiohttp and the front end."
        ),
        "A06",
    ),
    Weakness(
        610,
        "Externally Controlled Reference to a Resource in Another Sphere",
        "A reference from outside leads to something that the program did not mean: a file, a host, an entity.",
        "Prefer CWE-22, CWE-601, CWE-611 or CWE-918, whichever it is.",
        "A05",
    ),
)
