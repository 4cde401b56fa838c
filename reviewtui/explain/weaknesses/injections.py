"""Weaknesses in which data is taken for a command, a query or code."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        77,
        "Improper Neutralization of Special Elements used in a Command ('Command Injection')",
        (
            "A command for some interpreter is put together with outside data: not only a shell, but also a mail "
            "server, a printer, Redis, a build tool."
        ),
        (
            "Strings that are sent to a socket or a program's standard input. For the operating system's shell use "
            "CWE-78."
        ),
        "A05",
    ),
    Weakness(
        78,
        "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
        (
            "Outside text is part of a command line that a shell reads, and can begin commands of its own with `;`, "
            "`|`, `$( )` or a line end."
        ),
        (
            "`os.system`, `os.popen`, `shell=True`, `create_subprocess_shell`, `exec_command`; follow each variable "
            "part to its input."
        ),
        "A05",
    ),
    Weakness(
        88,
        "Improper Neutralization of Argument Delimiters in a Command ('Argument Injection')",
        (
            "No shell is needed: an outside value that begins with `-` is an option for the program that gets it, "
            "and options can write files or run commands."
        ),
        (
            "Lists for `subprocess` with a value from outside and no `--` before it: git, ssh, curl, tar, ffmpeg, "
            "ImageMagick, psql."
        ),
        "A05",
    ),
    Weakness(
        89,
        "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
        (
            "Outside text becomes part of an SQL statement instead of a value, so that the user writes part of the "
            "query."
        ),
        (
            "`execute` with f-string, `%` or `+`; `text()`, `raw`, `extra`, `RawSQL`; names of columns and sort "
            "orders from parameters; the second query that reads what the first one stored."
        ),
        "A05",
    ),
    Weakness(
        90,
        "Improper Neutralization of Special Elements used in an LDAP Query ('LDAP Injection')",
        ("The same as with SQL, in a filter for a directory: `*` and brackets in a name change whom the filter finds."),
        (
            "`ldap.search_s`, `conn.search` with an f-string. `ldap.filter.escape_filter_chars` and "
            "`ldap3.utils.conv.escape_filter_chars` are what to look for, and `escape_rdn` for names."
        ),
        "A05",
    ),
    Weakness(
        94,
        "Improper Control of Generation of Code ('Code Injection')",
        (
            "Outside text is compiled or interpreted as code of the program's language, or as settings that are "
            "evaluated."
        ),
        (
            "`exec`, `compile`, `importlib.import_module` with a value, templates from users, "
            "`logging.config.listen`, debuggers that listen."
        ),
        "A05",
    ),
    Weakness(
        95,
        "Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')",
        "Text from outside is handed to `eval` or something like it.",
        (
            "`eval`, `ast` plus `compile`, `pandas.eval`, `DataFrame.query`, `numexpr`, expression engines in rules "
            "and reports."
        ),
        "A05",
    ),
    Weakness(
        99,
        "Improper Control of Resource Identifiers ('Resource Injection')",
        (
            "An outside value names a resource other than a file, such as a port, a queue, a key or a bucket, and "
            "reaches one that it should not."
        ),
        "Keys in caches and object stores that are built from parameters, names of queues and tables.",
        "A05",
    ),
    Weakness(
        134,
        "Use of Externally-Controlled Format String",
        (
            'The format string itself is from outside: `"...".format` reads attributes of the objects it gets, up to '
            "settings and secrets."
        ),
        (
            "`user_text.format(obj)`, `user_text % values`, `string.Formatter`, log messages used as format. "
            "`{user.__init__.__globals__}` is the test to think of."
        ),
        "",
    ),
    Weakness(
        155,
        "Improper Neutralization of Wildcards or Matching Symbols",
        "`*`, `?` or a bracket in a value is taken for a pattern and matches more than one thing.",
        (
            "Shell commands with `*`, `glob.glob(user_value)`, `fnmatch`, `LIKE` with `%` from a form, key patterns "
            "of Redis."
        ),
        "",
    ),
    Weakness(
        470,
        "Use of Externally-Controlled Input to Select Classes or Code ('Unsafe Reflection')",
        "The outside value chooses the class, module, function or attribute that is used.",
        (
            "`getattr(obj, name)`, `globals()[name]`, `import_string`, `import_module`, task names of queues. A dict "
            "of allowed names is the answer."
        ),
        "A05",
    ),
    Weakness(
        502,
        "Deserialization of Untrusted Data",
        "Objects are rebuilt from bytes that somebody else can write, and rebuilding calls code.",
        (
            "`pickle`, `yaml.load`, `jsonpickle`, `dill`, `shelve`, `joblib`, `torch.load`; sessions, caches and "
            "queues that use them below."
        ),
        "A08",
    ),
    Weakness(
        564,
        "SQL Injection: Hibernate",
        "SQL injection through an object-relational mapper that was meant to prevent it.",
        (
            "Text that goes into `text()`, `raw`, `extra`, `filter(**request_data)`, `order_by(value)`, f-strings "
            "within HQL or a dialect of the mapper."
        ),
        "A05",
    ),
    Weakness(
        643,
        "Improper Neutralization of Data within XPath Expressions ('XPath Injection')",
        "Outside text is part of an XPath expression and changes which nodes it selects.",
        '`tree.xpath(f"...{name}...")`; lxml takes variables: `xpath("//u[@n=$n]", n=name)`.',
        "A05",
    ),
    Weakness(
        917,
        (
            "Improper Neutralization of Special Elements used in an Expression Language Statement ('Expression "
            "Language Injection')"
        ),
        "Outside text is part of an expression of a template or binding language and is evaluated on the server.",
        "In Python code see CWE-1336; elsewhere Spring, JSP and OGNL expressions.",
        "A05",
    ),
    Weakness(
        943,
        "Improper Neutralization of Special Elements in Data Query Logic",
        (
            "Outside data changes the logic of a query that is no SQL: an object in place of a string, an operator "
            "such as `$gt`."
        ),
        (
            '`collection.find({"name": request.json["name"]})` with a dict as name, `$where`, Elasticsearch query '
            "strings, filters for GraphQL."
        ),
        "",
    ),
    Weakness(
        1236,
        "Improper Neutralization of Formula Elements in a CSV File",
        "A cell that begins with `=`, `+`, `-` or `@` runs as a formula when somebody opens the exported CSV.",
        "`csv.writer` and exports from admin pages with texts of users. Who opens the file, and with what?",
        "",
    ),
    Weakness(
        1336,
        "Improper Neutralization of Special Elements Used in a Template Engine",
        "Users' text is rendered as a template, which means that it is run.",
        (
            "`render_template_string(text)`, `Template(text)` of Jinja2, Mako or Django with text from a form, a "
            "table or a translation. Sandboxes are only as good as their version."
        ),
        "",
    ),
    Weakness(
        74,
        "Improper Neutralization of Special Elements in Output Used by a Downstream Component ('Injection')",
        (
            "The family of injections: output for another component is put together so that data can change its "
            "structure. Prefer the number of the language that is meant."
        ),
        (
            "Strings that are assembled and then parsed again by something: SQL, shell, HTML, LDAP, XPath, "
            "templates, mail."
        ),
        "A05",
    ),
    Weakness(
        91,
        "XML Injection (aka Blind XPath Injection)",
        "Outside text becomes elements or attributes of an XML document that another program trusts.",
        "XML made with f-strings or `+`, SOAP and SAML by hand. Building it with ElementTree or lxml escapes.",
        "A05",
    ),
    Weakness(
        1321,
        "Improperly Controlled Modification of Object Prototype Attributes ('Prototype Pollution')",
        "In JavaScript: keys from outside such as `__proto__` change what all objects inherit.",
        (
            "Merging of JSON into objects, paths of keys from requests, old lodash. In Python the sibling is "
            "`setattr` along a dotted path."
        ),
        "",
    ),
)
