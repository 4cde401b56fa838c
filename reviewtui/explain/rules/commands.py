"""Explanations of the rules on starting programs and running strings as code."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B102",
        name="exec_used",
        title="exec runs a string as code",
        means=(
            "The call compiles and runs whatever text it gets, with all rights of the process. Emptied globals are "
            "no sandbox: attributes of any object lead back to the interpreter."
        ),
        real=(
            "When any part of the text, or of the file or row that it is read from, can be written by somebody who "
            "may not deploy code: a formula field, an uploaded plug-in, a customer's template, a job in a queue."
        ),
        false_alarm=(
            "Code generators that run text built from constants and names of the same repository (as dataclasses "
            "do), consoles for developers. Bandit reports each plain `exec(...)` whatever the argument is; "
            "`builtins.exec(...)` goes unseen."
        ),
        look=(
            "Follow the first argument back to a constant or to an input: `request.form` and `request.json` in "
            "Flask, `cleaned_data` and model fields in Django, body models and `Query` in FastAPI. Search for "
            "`compile(` and `types.FunctionType` near it as well."
        ),
        items=("INP-05",),
        cwe=(95, 94),
        example='exec(request.args["code"])',
    ),
    Explanation(
        rule="B307",
        name="eval",
        title="eval computes a string as an expression",
        means=(
            "An expression is enough to run anything: it can import through `__import__`, call functions and reach "
            "every class of the process. Whoever writes the string has the rights of the server."
        ),
        real=(
            "The string holds a formula, filter, sort key or number that came with a request, an import file or a "
            "row that users can write. Lists of forbidden words and an empty `__builtins__` do not help."
        ),
        false_alarm=(
            "Strings of the source itself or of the developer's own settings. Only the bare name is matched: "
            "`model.eval()` of PyTorch and `ast.literal_eval` are not reported, nor are `builtins.eval` and "
            "`pandas.eval`, which do evaluate strings."
        ),
        look=(
            "Trace the argument, also through helpers with harmless names such as `parse_value`, to `request.args`, "
            "form fields or `Query`. Literals want JSON or `ast.literal_eval` with a limit on the length; formulas "
            "want a parser that allows a short list of nodes."
        ),
        items=("INP-05",),
        cwe=(95, 94),
        example='eval(request.args["formula"])',
    ),
    Explanation(
        rule="B404",
        name="import_subprocess",
        title="The module subprocess is imported",
        means=(
            "Says only that this file can start programs. It is a signpost to the calls in it and claims nothing "
            "about any of them."
        ),
        real=(
            "Not by itself. The calls have hits of their own: B602 with a shell, B603 without one, B607 for a "
            "program without a folder."
        ),
        false_alarm=(
            "Nearly always: decide on the calls, then close this one for the whole rule. The match is by prefix, so "
            "`subprocess32` and a module of your own, `from . import subprocess`, are reported too."
        ),
        look=(
            "Search the file for `run(`, `Popen(`, `check_output(`, `getoutput(` and for wrappers that pass a "
            "command on. `asyncio.create_subprocess_shell` needs no such import and has no test at all: search for "
            "it apart, above all in FastAPI code."
        ),
        items=("INP-04",),
        cwe=(78,),
        example="import subprocess",
    ),
    Explanation(
        rule="B601",
        name="paramiko_calls",
        title="A command is run on another host through SSH",
        means=(
            "`exec_command` hands one string to the login shell on the far side. There is no list form: whatever is "
            "pasted in is read by that shell, so `;`, `$( )` and line ends begin commands of their own."
        ),
        real=(
            "A part of the string comes from a form, from an inventory that others maintain, or from what the remote "
            "host answered before. The command has the rights of the SSH account, often root."
        ),
        false_alarm=(
            "A constant command, or parts that each went through `shlex.quote`, on a host with a POSIX shell. Any "
            "method of this name counts in a file that imports something with paramiko in its name; "
            "`invoke_shell().send(...)` is not reported."
        ),
        look=(
            "The line that builds the string: f-string, `%`, `+`, `join`. Each outside part needs `shlex.quote` or a "
            "list of known values; a fixed command with the data on its standard input is better. See whether sudo "
            "rules or a forced command limit the account."
        ),
        items=("INP-04",),
        cwe=(78,),
        example=('import paramiko\nclient.exec_command("ls " + folder)'),
    ),
    Explanation(
        rule="B602",
        name="subprocess_popen_with_shell_equals_true",
        title="A command line is given to a shell",
        means=(
            "With `shell=True` the string is read by `/bin/sh`, or by cmd.exe on Windows, which splits, expands, "
            "pipes and substitutes before any program starts. Outside text in it becomes commands."
        ),
        real=(
            "High: the string is put together at run time. It is an attack where any part of it can be chosen from "
            "outside, file names of uploads and names of branches and hosts included."
        ),
        false_alarm=(
            "Low: the command is one literal, to which nobody can add. Every value that is not a false constant "
            "counts as a shell, `shell=flag` too. With the command as keyword `args=` nothing is reported, though it "
            "is just as real."
        ),
        look=(
            'The first argument, part by part. Ask for the list form, `["git", "log", "--", name]`, in which a value '
            "cannot become an option either. `shlex.quote` is second best, and worthless in cmd.exe. Look at "
            "`FileStorage.filename`, `UploadFile.filename` and path parameters."
        ),
        items=("INP-04",),
        cwe=(78, 88),
        example=('import subprocess\nsubprocess.run(f"convert {name} out.png", shell=True)'),
    ),
    Explanation(
        rule="B603",
        name="subprocess_without_shell_equals_true",
        title="A program is started, without a shell",
        means=(
            "The arguments reach the program as they are; no shell reads them. What remains is the choice of the "
            "program, options smuggled in as arguments, and the environment."
        ),
        real=(
            "The program is chosen from outside; or an outside value may begin with `-` (`--upload-pack=…` of git, "
            "`-oProxyCommand=…` of ssh, `--to-command=…` of tar); or the program runs what it is given, as `sh -c` "
            "and `find -exec` do."
        ),
        false_alarm=(
            "The usual case, since each call without a shell is reported, constant ones included. Close it where the "
            "list is made of literals and of values that were checked or stand behind a `--` that the program "
            "honours."
        ),
        look=(
            "Element by element: which of them come from a request? Then `executable=`, `env=` and `cwd=` (in a "
            "folder that users can write, `./tool` is theirs), and `timeout=`, since a program that hangs holds a "
            "worker of Flask or Django."
        ),
        items=("INP-04",),
        cwe=(88, 78),
        example=('import subprocess\nsubprocess.run(["git", "clone", url])'),
    ),
    Explanation(
        rule="B604",
        name="any_other_function_with_shell_equals_true",
        title="Some other call has a true shell argument",
        means=(
            "A function that is not one of the five of subprocess gets `shell=` with a value that counts as true. "
            "Whether a shell is started depends on that function alone."
        ),
        real=(
            "Wrappers around Popen, Fabric and Invoke, the subprocess of gevent or eventlet, task runners: then it "
            "is B602, and text from outside in the command is run."
        ),
        false_alarm=(
            'A parameter of the same name with another meaning, as in `add_user(name, shell="/bin/bash")`: a '
            "non-empty string is true. The confidence is low for that reason."
        ),
        look=(
            "Go to the definition of the function and see what it does with `shell`; then judge its command argument "
            "at every caller, not at this one alone."
        ),
        items=("INP-04",),
        cwe=(78,),
        example="run_on_host(command, shell=True)",
    ),
    Explanation(
        rule="B605",
        name="start_process_with_a_shell",
        title="os.system and its kin start a shell",
        means=(
            "These functions know no list of arguments, only one string for a shell: `os.system`, `os.popen` and its "
            "old siblings, `subprocess.getoutput` and `getstatusoutput`."
        ),
        real=(
            "High: the string is not one literal. Outside text in it makes it a remote shell. Often the exit status "
            "is ignored as well, so that a failure passes in silence."
        ),
        false_alarm=(
            "Low: a single literal. Literals that are joined by `+` or filled in by `%` are reported as High "
            "although they are just as fixed."
        ),
        look=(
            "Think it over as `subprocess.run([...])`: what are the elements, and who chooses each? Read management "
            "commands of Django, `@app.cli.command` of Flask and Celery tasks with care: their arguments often come "
            "from a table that a web form fills."
        ),
        items=("INP-04",),
        cwe=(78,),
        example=('import os\nos.system("ping -c 1 " + host)'),
    ),
    Explanation(
        rule="B606",
        name="start_process_with_no_shell",
        title="The process is replaced, or a child spawned",
        means=(
            "`os.exec*`, `os.spawn*` and `os.startfile` run a program directly, without a shell. `startfile` opens a "
            "file with whatever Windows has registered for its type, which may mean to run it."
        ),
        real=(
            "An outside value chooses the program or the file, or a variant with `p` (`execvp`) searches a `PATH` "
            "that somebody else sets. For `startfile` the name of a downloaded file is enough."
        ),
        false_alarm=(
            "Programs that start themselves anew, `os.execv(sys.executable, ...)`, and constant programs with "
            "checked arguments. Every call is reported, whatever its arguments are."
        ),
        look=(
            "First the program, then the list, then, in the variants with `e`, the environment that is handed on: "
            "`LD_PRELOAD`, `PYTHONPATH` and `PATH` matter where the new program has more rights."
        ),
        items=("INP-04",),
        cwe=(78,),
        example=("import os\nos.execvp(program, arguments)"),
    ),
    Explanation(
        rule="B607",
        name="start_process_with_partial_path",
        title="The program is searched for in PATH",
        means=(
            "The literal name has no folder, so the first match in `PATH` is run; on Windows the current folder is "
            "asked before it."
        ),
        real=(
            "Somebody else can set `PATH` or write into one of its folders, or on Windows the process stands in a "
            "folder with foreign files. Think of setuid helpers, sudo rules that keep `PATH`, and desktop tools that "
            "are started inside a checkout."
        ),
        false_alarm=(
            "Services and containers whose unit file or image fixes `PATH`: there absolute paths gain nothing and "
            "break on other systems. Only a string or the first element of a list literal is looked at; tuples and "
            "variables are not."
        ),
        look=(
            "How is the process started: systemd unit, Dockerfile, cron, sudoers? Does an `env=` keep the caller's "
            "`PATH`? `shutil.which` once at the start, with the result in the log, is a fair compromise."
        ),
        items=("INP-04",),
        cwe=(426,),
        example=('import subprocess\nsubprocess.run(["git", "fetch"])'),
    ),
    Explanation(
        rule="B609",
        name="linux_commands_wildcard_injection",
        title="A shell expands * into arguments",
        means=(
            "The shell puts file names in the place of `*`, and a file may be called `--checkpoint-action=exec=sh "
            "x`. For `tar`, `rsync`, `chown` and `chmod` such a name is an option."
        ),
        real=(
            "Others can create files in that folder (uploads, shared temporary folders) and the command runs with "
            "more rights than they have, typically in a nightly job."
        ),
        false_alarm=(
            "The four names are searched for anywhere in the string: `systemctl restart app-*` is reported because "
            'there is a `tar` in "restart". A folder that only the service itself writes is harmless.'
        ),
        look=(
            "Who may write the folder? A pattern written as `./*` cannot become an option: ask for that, or for "
            "`glob` with the list form. Look at cron jobs and Celery beat entries that lead here."
        ),
        items=("INP-04",),
        cwe=(155, 88),
        example=('import os\nos.system("tar cf /srv/backup.tar *")'),
    ),
)
