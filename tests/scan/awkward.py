"""Python files with everything that Bandit has a test for, put together by chance in ways that nobody would write."""

import ast
import random
from collections.abc import Iterator
from functools import cache
from typing import Final

from reviewtui.scan.bandit.library import extension_loader

_IMPORTS: Final = (
    *(
        "import os, sys",
        "import subprocess as sp, subprocess",
        "import tarfile, yaml, torch",
        "import paramiko",
        "import flask",
    ),
    *(
        "import hashlib, crypt, ssl",
        "import requests, httpx",
        "import xml.etree.cElementTree as ET",
        "import xml.sax as x",
    ),
    *(
        "from subprocess import call, Popen as P",
        "from os import system, popen as p",
        "from . import pickle as local, telnetlib",
    ),
    *(
        "from .. import x",
        "from django.utils.safestring import mark_safe, SafeText as S",
        "from django.db.models import *",
    ),
    *("from django.db.models.expressions import RawSQL", "from jinja2 import Environment, select_autoescape"),
    *("from mako.template import Template as T", "from markupsafe import Markup", "from transformers import AutoModel"),
    *("from huggingface_hub import hf_hub_download", "from Crypto.PublicKey import DSA", "import logging.config as lc"),
    *(
        "from cryptography.hazmat.primitives.asymmetric import rsa, ec as curves",
        "import urllib.request as u, ssl as s",
    ),
    *(
        "from pysnmp.hlapi import CommunityData, UsmUserData",
        "import random as r, marshal, tempfile",
        "import crypt as hashlib",
    ),
)
_EXPRESSIONS: Final = (
    """
eval(x)|exec(x)|os.system(x)|os.system('ls *')|system('tar *')|p('chown *')|os.popen(x, 'r')|os.execl(x)
os.spawnv(a, b)|subprocess.call(x, shell=True)|call('ls', shell=1)|P(['ls'], shell=False)|subprocess.run([])
subprocess.Popen(*a, **k)|f(x, shell=True)|f(shell=[])|f(shell={})|f(shell=None)|f(shell=0.0)|f(shell='')
f.g(shell=y)|subprocess.run('tar *', shell=True)|subprocess.call(shell=True)|f(x={1, 2})|f([{1}, ({2},)])
f({x: 1})|f(**{'password': 'x'})|f(**x)|os.chmod(a, 0o777)|os.chmod('a', 511)|os.chmod(a, b)
chmod(a, 0o664)|os.fchmod(x.y, 7)|a.extractall()|a.extractall(filter='data')|a.extractall(members=f(x))
a.extractall(members=g.h(x))|a.extractall('b', members=[])|xextractall(path=x)|pickle.loads(x)|local.loads(x)
marshal.load(x)|shelve.open(x)|hashlib.md5(x)|hashlib.new('md5')|hashlib.new(name='SHA1')
hashlib.sha1(x, usedforsecurity=False)|crypt.crypt(x, salt=METHOD_MD5)|crypt.mksalt(crypt.METHOD_CRYPT)
hashlib.new(*a)|yaml.load(x)|yaml.load(x, Loader=yaml.SafeLoader)|yaml.load(x, SafeLoader)|a.yaml.load(x)
torch.load(x)|torch.load(x, weights_only=True)|requests.get(x)|requests.get(x, timeout=None)
requests.post(x, verify=False, timeout=3)|httpx.Client(verify=False)|httpx.get(x, timeout=None)|ssl.wrap_socket()
ssl.wrap_socket(ssl_version=ssl.PROTOCOL_SSLv2)|s.wrap_socket(x)|f(method=SSLv3_METHOD)
f(ssl_version=x.PROTOCOL_TLSv1)|pyOpenSSL.SSL.Context(method=SSLv23_METHOD)|client.exec_command(x)
c.set_missing_host_key_policy(paramiko.AutoAddPolicy())|c.set_missing_host_key_policy(WarningPolicy)
c.set_missing_host_key_policy(*x)|CommunityData(mpModel=0)|UsmUserData('x')|UsmUserData(1, 2, 3)|q.extra(where=[x])
q.extra({'a': b}, ['c'])|q.extra(select={'a': 'b'})|RawSQL(x)|RawSQL(sql='x')|RawSQL('a %s' % b)
mark_safe(x)|mark_safe('x')|mark_safe('a %s' % x)|mark_safe('{}'.format(x, 'y'))|mark_safe('{}'.format(*[x, 'z']))
S(f(x))|Environment()|Environment(autoescape=False)|Environment(autoescape=select_autoescape())
Environment(autoescape=x)|jinja2.Environment(autoescape=True)|T(x)|mako.template.Template(filename=x)|Markup(x)
flask.Markup(x)|Markup('x')|markupsafe.Markup(f'{x}')|app.run(debug=True)|app.run(debug=x)
AutoModel.from_pretrained('a/b')|AutoModel.from_pretrained('a/b', revision='abcdef0')|hf_hub_download(x, revision=y)
datasets.load_dataset('x')|AutoModel.from_pretrained('./a')|transformers.x.from_pretrained(x, commit_id='main')
huggingface_hub.snapshot_download(y)|rsa.generate_private_key(3, key_size=1024)|rsa.generate_private_key(3, 512)
curves.generate_private_key(curve=SECT163K1)|DSA.generate(bits=512)|DSA.generate(x)
Crypto.PublicKey.RSA.generate(bits=a.b)|lc.listen(9)|lc.listen(verify=x)|r.random()|tempfile.mktemp()|u.urlopen(x)
importlib.import_module('pickle')|importlib.import_module(name='telnetlib')|importlib.import_module()
__import__('pickle')|__import__(x)|__import__()|xml.sax.parse(x)|ET.fromstring(x)|xml.dom.minidom.parse(x)
a().b(c).d(e)|a[0](x)|(lambda x='/tmp/a': x)(1)|x.y.z.w(eval)|super().extra(where=x)|'0.0.0.0'|'/tmp/x'|'/var/tmp'
b'/tmp/x'|f'/tmp/{x}'|f'select {a} from {b} '|f"{a}select * from {b:{'/dev/shm'}} "|'select %s from x ' % y
'select ' + a + ' from ' + b|'delete from ' 'x ' + y|'insert into x values ({})'.format(y)
'update x set y'.replace('x', z)|f('update ' + x + ' set ')|c.execute('select a from b ' + c)
c.execute('select a from b {}'.format(c))|c.executemany(f'select a from {b} ')
execute('select a from b '.replace(x, y))|{'password': 'x'}|{'a': 'password'}|{'token': x, **y}|d['password']
password == 'x'|a.secret == 'x' == y|'x' == password|password == x|(password := 'x')|[x for x in y if x == '/tmp/z']
{x: '0.0.0.0' for x in y if '/tmp'}|x if '/tmp/a' else '0.0.0.0'|[*a, '/tmp']|a['/tmp':'/var/tmp']|f(password='x')
f(a='b', passwd='y')|f(token=b'x')|f(pwd=f'{x}')|login(secret='')|await g('/tmp')|(yield '/tmp')|not '0.0.0.0'|-x
lambda password='x': 1
""".strip()
    .replace("\n", "|")
    .split("|")
)
_FAILING: Final = (
    "f({[1]})",
    "f([(1, {{}})])",
    "f(**'x')",
    "RawSQL(y=x)",
    "mark_safe()",
    "importlib.import_module()",
    "a.extractall(members=g.h(x))",
)
"""A test of Bandit's fails on each of them, if only by what is imported."""
_STATEMENTS: Final = (
    "password = {0}",
    "password = 'x'; b.token = a = 'y'",
    "d['secret'] = 'z'",
    "x = {0}",
    "x: {1} = {0}",
    "x += {0}",
    "{0}",
    "assert {0}, {1}",
    "if {0}:\n    {1}\nelif {1}:\n    pass\nelse:\n    y = {0}",
    "for x in {0}:\n    {1}",
    "while {0}:\n    break",
    "with {0} as a, {1}:\n    z = {1}",
    "try:\n    {0}\nexcept Exception:\n    pass\nfinally:\n    {1}",
    "for a in b:\n    try:\n        {0}\n    except:\n        continue",
    "try:\n    {0}\nexcept (A, B) as e:\n    {1}\nelse:\n    pass",
    "try:\n    {0}\nexcept* ValueError:\n    pass",
    "def f(a, password='x', *, token='y', b={0}):\n    'doc /tmp'\n    return {1}",
    "def g(a, b=ssl.PROTOCOL_SSLv3, c=s.SSLv2_METHOD):\n    x = {0}\n    mark_safe(x)",
    "async def h(secret: {0} = 'x', /, *a) -> {1}:\n    async with {0} as b:\n        async for c in {1}: await {0}",
    "class C({0}, metaclass={1}):\n    'doc'\n    token = 'x'\n    @f({0})\n    def m(self, pwd={1}): {0}",
    "match {0}:\n    case '/tmp/x' | {{'password': 'y'}} if {1}:\n        {0}\n    case C(token='0.0.0.0'): pass",
    "global a; del b[{0}]; raise {1} from {0}",
    "lambda x={0}: {1}",
    "return {0}",
    "exec('''a\n/tmp\n''')",
    "'''docs\nselect x from y '''",
    "x = ('/tmp/a'\n     '/b', {0},\n     '0.0.0.0')",
)
_COMMENTS: Final = (
    *("# nosec", "#nosec", "# nosec B602", "# nosec: B307, B101", "# nosec eval", "# nosec B108 # more", "# NOSEC"),
    *(
        "# noqa",
        "# gr\u00fc\u00dfe",
        "# \u202e",
        "# nosec B105,B106",
        "# nosec blacklist",
        "#    nosec:hardcoded_tmp_directory",
    ),
)
_HEADS: Final = (
    *[b""] * 12,
    *(b"# coding: utf-8\n", b"# -*- coding: latin-1 -*-\n", b"#!/usr/bin/python\n# vim: set fileencoding=ascii :\n"),
    *(
        b"# coding: utf-7\n",
        b"\xef\xbb\xbf",
        b"# " + b"x" * 600 + b"\n# coding: cp1252\n",
        b"# \xff\n",
        b"# coding: rot13\n",
    ),
    *(b"\x0c\n", b"x = 1\r", b"#\x00\n", b"# a\rimport os\n", b"'''\x1a'''\n"),
)


def generated(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of `count` files, and of the parts that parse of those which do not."""
    random_ = random.Random(seed)
    for number in range(count):
        source = _source(random_)
        try:
            ast.parse(source)
        except (SyntaxError, ValueError):
            # Statement by statement, so that not all of what does not fit together is lost.
            lines = [line for line in source.split(b"\n") if not line.startswith((b" ", b"finally", b"else", b"exc"))]
            yield f"pieces/{number}.py", b"\n".join(line for line in lines if _parses(line))
        yield f"generated/{number}.py", source


def _source(random_: random.Random) -> bytes:
    imports = [*_IMPORTS, *(f"import {name}" for name in _blacklisted("Import"))]
    lines = random_.sample(imports, random_.randrange(len(imports)))
    for _ in range(random_.randrange(1, 40)):
        statement = random_.choice(_STATEMENTS).format(_expression(random_), _expression(random_))
        depth = random_.randrange(3) * random_.randrange(2)
        for level in range(depth):
            lines.append("    " * level + random_.choice(("if x:", "def f():", "class D:", "for x in y:", "with x:")))
        lines += ["    " * depth + line for line in statement.split("\n")]
    for number in range(len(lines)):
        if random_.random() < 0.06:
            lines[number] += f"  {random_.choice(_COMMENTS)}"
    codec = random_.choice(("utf-8", "utf-8", "utf-8", "latin-1"))
    return random_.choice(_HEADS) + random_.choice(("\n", "\n", "\r\n")).join(lines).encode(codec, "replace") + b"\n"


def _expression(random_: random.Random) -> str:
    expression = random_.choice(_EXPRESSIONS)
    if random_.random() < 0.2:
        expression = f"{random_.choice(_blacklisted('Call'))}(x)"
    if random_.random() < 0.3:
        expression = expression.replace(", ", random_.choice((",\n  ", f",  {random_.choice(_COMMENTS)}\n  ")))
    if random_.random() < 0.01:
        expression = random_.choice(_FAILING)
    if random_.random() < 0.2:
        expression = f"f({expression}, password={random_.choice(_EXPRESSIONS)})"
    return expression


@cache
def _blacklisted(kind: str) -> list[str]:
    """One name for each rule that only has names."""
    return [check["qualnames"][0] for check in extension_loader.MANAGER.blacklist[kind]]


def _parses(line: bytes) -> bool:
    try:
        ast.parse(line)
    except (SyntaxError, ValueError):
        return False
    return True
