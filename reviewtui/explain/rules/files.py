"""Explanations of the rules on files, folders and archives."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B103",
        name="set_bad_file_permissions",
        title="chmod gives rights to others",
        means=(
            "The mode lets the group or everybody write or run the file; High where everybody may write. Reading is "
            "not looked at: a key file with 0o644 passes."
        ),
        real=(
            "Scripts, settings, sockets or folders of a service become writable for other accounts, who then replace "
            "what it reads or runs."
        ),
        false_alarm=(
            "0o755 on a program or a folder is ordinary and reported all the same. In a container with one account "
            "little is left of it."
        ),
        look=(
            "Which file, whose, on which host? Missed: `Path.chmod`, `mode=` as keyword, constants of `stat`, "
            "`os.mkdir`, `os.umask(0)`, and Django's `FILE_UPLOAD_PERMISSIONS`. A 0o777 that was tried after an "
            "error is typical of upload folders and sockets."
        ),
        items=(),
        cwe=(732,),
        example=("import os\nos.chmod(path, 0o777)"),
    ),
    Explanation(
        rule="B108",
        name="hardcoded_tmp_directory",
        title="A fixed path in a shared temporary folder",
        means=(
            "A string begins with `/tmp`, `/var/tmp` or `/dev/shm`. Everybody on the host may create that name "
            "first: as a file, a folder or a link."
        ),
        real=(
            "The program writes to a name there that can be foreseen, or trusts it: a planted link turns the write "
            "elsewhere, a planted file is read or run. For root or a service account that is a way up."
        ),
        false_alarm=(
            "Only the letters at the beginning are compared: `/tmpl/…`, messages and tests are reported. With a "
            "private folder (`PrivateTmp` of systemd, a container) nobody else is there."
        ),
        look=(
            "Follow the string to `open`, `makedirs(exist_ok=True)`, sockets, PID and log files. `tempfile.mkstemp` "
            "and `TemporaryDirectory` are the way. In Flask see `UPLOAD_FOLDER`, in Django `FILE_UPLOAD_TEMP_DIR` "
            "and the file-based cache."
        ),
        items=("INP-11",),
        cwe=(377,),
        example='log = open("/tmp/shop.log", "a")',
    ),
    Explanation(
        rule="B202",
        name="tarfile_unsafe_members",
        title="An archive decides where its files go",
        means=(
            "`extractall` follows the names in a tar file: `../`, absolute paths, links that lead out and files "
            "written through them. Who made the archive writes wherever the process may."
        ),
        real=(
            "It was uploaded, fetched or made by somebody else, and Python is older than 3.14, where the filter "
            "`data` became the default. Overwritten code, templates, authorized_keys or cron files are the usual end."
        ),
        false_alarm=(
            'Archives of one\'s own making; Python 3.14. Only the literal `filter="data"` ends the report, '
            "`tarfile.data_filter` does not. `ZipFile.extractall`, which cleans names, is reported too where tarfile "
            "is imported."
        ),
        look=(
            "`filter=`, then the function behind `members=` (does it refuse links, not only `..`?). Missed: "
            "`extract`, `unpack_archive`, `from tarfile import open`. A limit on size and number is needed in any "
            "case, and a Python in which CVE-2025-4517 is fixed."
        ),
        items=("INP-11",),
        cwe=(22, 59),
        example=("import tarfile\ntarfile.open(upload).extractall(folder)"),
    ),
    Explanation(
        rule="B306",
        name="mktemp_q",
        title="tempfile.mktemp: a name, but no file",
        means=(
            "It returns a name that was free a moment ago. Until the file is opened, another account can take it, "
            "with a file or a link of its own."
        ),
        real='A host with other accounts, a shared folder, and an `open(name, "w")` that follows links.',
        false_alarm=(
            'The name is created exclusively afterwards (`os.mkdir`, `os.mkfifo`, `open(name, "x")`): then a lost '
            "race is only an error."
        ),
        look=(
            "The line that opens it. `mkstemp`, `NamedTemporaryFile` and names inside a `TemporaryDirectory` replace "
            "it. The same race without a test: `os.path.exists` before `open`, names made of the PID or the clock."
        ),
        items=("INP-11",),
        cwe=(377,),
        example=('import tempfile\npath = tempfile.mktemp(suffix=".csv")'),
    ),
)
