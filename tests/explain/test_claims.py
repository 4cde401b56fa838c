"""What the explanations say of Bandit's habits, shown by the Bandit that is installed.

Where a new version of Bandit breaks one of these, the text of that rule has become untrue.
"""

import pytest

from reviewtui.scan.bandit.runner import BanditRunner

FIRES = (
    ("B103", "import os\nos.chmod(path, 0o755)"),
    ("B104", "if address == '0.0.0.0': pass"),
    ("B105", "token_url = '/oauth/token'"),
    ("B105", "password = ''"),
    ("B105", "if token == '': pass"),
    ("B105", "x = {'password': None}"),
    ("B105", "class Settings:\n    secret_key = 'dev'"),
    ("B106", "f(token_type='bearer')"),
    ("B106", "app.config.update(SECRET_KEY='dev')"),
    ("B108", "x = '/tmpl/page.html'"),
    ("B113", "import requests\nrequests.get(url, timeout=limit())"),
    ("B113", "import requests\nrequests.get(url, timeout=2 * 3)"),
    ("B113", "import requests\nrequests.get(url, **options)"),
    ("B113", "import httpx\nhttpx.get(url, timeout=None)"),
    ("B201", "from flask import Flask\nsocketio.run(app, debug=True)"),
    ("B202", "import tarfile\ntarfile.open(f).extractall(filter=tarfile.data_filter)"),
    ("B202", "import tarfile\nzipfile.ZipFile(f).extractall()"),
    ("B301", "import pandas as pd\npd.read_pickle(path)"),
    ("B308", "from django.utils.safestring import mark_safe\nmark_safe('<b>')"),
    ("B310", "from urllib.request import urlopen\nurlopen('https://example.org')"),
    ("B324", "import crypt\ncrypt.crypt(p, crypt.METHOD_MD5)"),
    ("B402", "import ftplib\nftplib.FTP_TLS(host)"),
    ("B402", "import ftplib_helpers"),
    ("B403", "import pickletools"),
    ("B403", "from .pickle import load"),
    ("B404", "import subprocess32"),
    ("B404", "from . import subprocess"),
    ("B406", "from xml.sax.saxutils import escape"),
    ("B502", "f(ssl_version=ssl.PROTOCOL_TLSv1_1)"),
    ("B505", "from Cryptodome.PublicKey import RSA\nRSA.generate(1024)"),
    ("B506", "import yaml\nyaml.load(f, Loader=yaml.BaseLoader)"),
    ("B506", "import yaml\nyaml.load(f, Loader=L)"),
    ("B509", "from pysnmp.hlapi import UsmUserData\nUsmUserData(user, authKey=a, privKey=b)"),
    ("B601", "from paramiko import SSHClient\nanything.exec_command(x)"),
    ("B602", "import subprocess\nsubprocess.run(command, shell=flag)"),
    ("B603", "import subprocess\nsubprocess.run(['/bin/ls'])"),
    ("B604", "add_user(name, shell='/bin/bash')"),
    ("B604", "from gevent import subprocess\nsubprocess.Popen(command, shell=True)"),
    ("B606", "import os\nos.execv(sys.executable, arguments)"),
    ("B608", "x = 'select one from the list: %s' % x"),
    ("B608", "x = 'SELECT a FROM b WHERE c = 1'.replace('1', y)"),
    ("B609", "import os\nos.system('systemctl restart app-*')"),
    ("B610", "entries.extra(where=('a = 1',))"),
    ("B610", "logger.extra(values)"),
    ("B611", "from django.db.models.expressions import RawSQL\nRawSQL(STATEMENT, ())"),
    ("B612", "import logging.config\nlogging.config.listen(9030, check)"),
    ("B613", "x = '\u200f'"),
    ("B614", "import torch\ntorch.load(path)"),
    ("B615", "from transformers import AutoModel\nAutoModel.from_pretrained('a/b', revision='v1.0')"),
    ("B701", "import jinja2\njinja2.Environment(autoescape=chosen)"),
    ("B702", "from mako.template import Template\nTemplate(text, default_filters=['h'])"),
    ("B704", "from markupsafe import Markup, escape\nMarkup(escape(x))"),
)
KEEPS_QUIET = (
    ("B102", "import builtins\nbuiltins.exec(x)"),
    ("B103", "import os\nos.chmod(key_file, 0o644)"),
    ("B103", "from pathlib import Path\nPath(p).chmod(0o777)"),
    ("B103", "import os\nos.chmod(p, mode=0o777)"),
    ("B103", "import os, stat\nos.chmod(p, stat.S_IRWXO)"),
    ("B104", "bind = '0.0.0.0:8000'"),
    ("B104", "host = '::'"),
    ("B105", "password: str = 'x'"),
    ("B105", "api_key = 'x'"),
    ("B105", "SECRET_KEY = os.environ.get('SECRET_KEY', 'dev')"),
    ("B106", "jwt.encode(data, 'secret')"),
    ("B107", "async def f(password='x'): pass"),
    ("B107", "def f(*, password='x'): pass"),
    ("B107", "def f(password=None): pass"),
    ("B110", "try: f()\nexcept KeyError: pass"),
    ("B110", "try: f()\nexcept BaseException: pass"),
    ("B110", "try: f()\nexcept (ValueError, Exception): pass"),
    ("B110", "try: f()\nexcept Exception: ..."),
    ("B110", "import contextlib\nwith contextlib.suppress(Exception): f()"),
    ("B112", "for x in y:\n    try: f()\n    except KeyError: continue"),
    ("B113", "import requests\nrequests.request('GET', url)"),
    ("B113", "import requests\ns = requests.Session()\ns.get(url)"),
    ("B113", "import httpx\nhttpx.get(url)"),
    ("B201", "from flask import Flask\napp.run(debug=DEBUG)"),
    ("B201", "from flask import Flask\napp.debug = True"),
    ("B202", "import tarfile\ntarfile.open(f).extract(member)"),
    ("B202", "from tarfile import open\nopen(f).extractall()"),
    ("B202", "import shutil, tarfile\nshutil.unpack_archive(f)"),
    ("B301", "import joblib\njoblib.load(path)"),
    ("B301", "import cloudpickle\ncloudpickle.loads(data)"),
    ("B301", "import numpy\nnumpy.load(path, allow_pickle=True)"),
    ("B301", "import pickle\nclass Safe(pickle.Unpickler): pass\nSafe(f).load()"),
    ("B303", "from Crypto.Hash import SHA1\nSHA1.new()"),
    ("B304", "from Crypto.Cipher import DES3\nDES3.new(key)"),
    ("B304", "from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES\nTripleDES(key)"),
    ("B305", "from Crypto.Cipher import AES\nAES.new(key, AES.MODE_ECB)"),
    ("B307", "model.eval()"),
    ("B307", "import ast\nast.literal_eval(x)"),
    ("B307", "import pandas\npandas.eval(x)"),
    ("B310", "import urllib.request\nurllib.request.build_opener().open(url)"),
    ("B311", "import random\nrandom.SystemRandom().choice(x)\nrandom.shuffle(x)"),
    ("B312", "import telnetlib3\ntelnetlib3.open_connection(host)"),
    ("B314", "from defusedxml import ElementTree as ET\nET.parse(f)"),
    ("B314", "import xml.etree.ElementTree as ET\nET.XML(text)"),
    ("B321", "import ftplib\nftplib.FTP_TLS(host)"),
    ("B323", "import ssl\nssl._create_default_https_context = ssl._create_unverified_context"),
    ("B324", "import hashlib\nhashlib.md5(x, usedforsecurity=False)"),
    ("B324", "import hashlib\nhashlib.md5(x, usedforsecurity=flag)"),
    ("B324", "import hashlib, hmac\nhmac.new(key, x, hashlib.sha1)"),
    ("B324", "import hashlib\nhashlib.sha256(password)"),
    ("B413", "import Crypto"),
    ("B413", "from Cryptodome.Cipher import AES"),
    ("B501", "import requests\nrequests.request('GET', url, verify=False)"),
    ("B501", "import requests\ns = requests.Session()\ns.verify = False\ns.get(url)"),
    ("B501", "import requests\nrequests.get(url, verify=settings.VERIFY)"),
    ("B502", "import ssl\nssl.SSLContext(ssl.PROTOCOL_TLSv1)"),
    ("B502", "from OpenSSL import SSL\nSSL.Context(SSL.TLSv1_METHOD)"),
    ("B503", "import ssl\nasync def f(version=ssl.PROTOCOL_TLSv1): pass"),
    ("B503", "import ssl\ndef f(*, version=ssl.PROTOCOL_TLSv1): pass"),
    ("B505", "from cryptography.hazmat.primitives.asymmetric import ec\nec.generate_private_key(ec.SECP192R1())"),
    ("B505", "from Cryptodome.PublicKey import RSA\nRSA.generate(SIZE)"),
    ("B506", "import yaml\nyaml.load_all(f)\nyaml.full_load(f)\nyaml.unsafe_load(f)"),
    ("B506", "from yaml import load\nload(f)"),
    ("B507", "import paramiko\nclient.set_missing_host_key_policy(policy=paramiko.AutoAddPolicy())"),
    ("B508", "from pysnmp.hlapi import *\nCommunityData('public', mpModel=0)"),
    ("B508", "from pysnmp.hlapi import CommunityData\nCommunityData('public')"),
    ("B508", "from pysnmp.hlapi.v3arch.asyncio import CommunityData\nCommunityData('public', mpModel=0)"),
    ("B601", "import paramiko\nclient.invoke_shell().send(x)"),
    ("B602", "import subprocess\nsubprocess.run(args=command, shell=True)"),
    ("B605", "import asyncio\nasyncio.create_subprocess_shell(command)"),
    ("B607", "import subprocess\nsubprocess.run(('git', 'fetch'))"),
    ("B608", "q = 'SELECT a FROM b WHERE c = '\nq += x"),
    ("B608", "q = ''.join(['SELECT a FROM b WHERE c = ', x])"),
    ("B608", "q = f'DROP TABLE {x}'"),
    ("B608", "q = f'{head} WHERE c = {x}'"),
    ("B608", "db.execute('SELECT a FROM b WHERE c = ?', (x,))"),
    ("B610", "entries.extra(where=['a = %s'], params=[x])"),
    ("B610", "entries.extra(order_by=[request.GET['by']])"),
    ("B611", "Entry.objects.raw(statement)"),
    ("B613", "x = '\u200e'"),
    ("B614", "from torch import load\nload(path)"),
    ("B615", "from transformers import AutoModel\nAutoModel.from_pretrained('a/b', revision=chosen)"),
    ("B615", "from transformers import AutoModel\nAutoModel.from_pretrained('./model')"),
    ("B615", "from transformers import AutoModel\nm = AutoModel\nm.from_pretrained('a/b')"),
    ("B701", "import jinja2\njinja2.Template(text)"),
    ("B701", "from jinja2.sandbox import SandboxedEnvironment\nSandboxedEnvironment()"),
    ("B702", "from mako.lookup import TemplateLookup\nTemplateLookup(folder)"),
    ("B703", "from django.utils.safestring import mark_safe\nmark_safe('<b>')"),
    ("B704", "from markupsafe import Markup\nMarkup('<b>%s</b>') % name"),
    ("B704", "from jinja2 import Markup\nMarkup(x)"),
)
RATED = (
    ("B103", "import os\nos.chmod(p, 0o777)", "high", "high"),
    ("B103", "import os\nos.chmod(p, 0o775)", "medium", "high"),
    ("B202", "import tarfile\ntarfile.open(f).extractall(members=chosen(f))", "low", "low"),
    ("B202", "import tarfile\ntarfile.open(f).extractall(members=chosen)", "medium", "medium"),
    ("B505", "from Cryptodome.PublicKey import RSA\nRSA.generate(512)", "high", "high"),
    ("B505", "from Cryptodome.PublicKey import RSA\nRSA.generate(1024)", "medium", "high"),
    ("B602", "import subprocess\nsubprocess.run('/bin/ls *.txt', shell=True)", "low", "high"),
    ("B602", "import subprocess\nsubprocess.run(command, shell=True)", "high", "high"),
    ("B605", "import os\nos.system('/bin/ls')", "low", "high"),
    ("B605", "import os\nos.system('/bin/' + 'ls')", "high", "high"),
    ("B608", "db.execute(f'SELECT a FROM b WHERE c = {x}')", "medium", "medium"),
    ("B608", "q = f'SELECT a FROM b WHERE c = {x}'", "medium", "low"),
    ("B701", "import jinja2\njinja2.Environment(autoescape=chosen)", "high", "medium"),
)


@pytest.fixture(scope="module")
def runner() -> BanditRunner:
    return BanditRunner()


@pytest.mark.parametrize(("rule", "code"), FIRES)
def test_a_false_alarm_that_a_text_tells_of_is_one(rule: str, code: str, runner: BanditRunner) -> None:
    hits, problem = runner.scan("a.py", f"{code}\n".encode())
    assert problem == ""
    assert rule in {hit.rule for hit in hits}


@pytest.mark.parametrize(("rule", "code"), KEEPS_QUIET)
def test_what_a_text_says_to_be_missed_is_missed(rule: str, code: str, runner: BanditRunner) -> None:
    hits, problem = runner.scan("a.py", f"{code}\n".encode())
    assert problem == ""
    assert rule not in {hit.rule for hit in hits}


@pytest.mark.parametrize(("rule", "code", "severity", "confidence"), RATED)
def test_high_and_low_mean_what_a_text_says(
    rule: str, code: str, severity: str, confidence: str, runner: BanditRunner
) -> None:
    hits, _ = runner.scan("a.py", f"{code}\n".encode())
    assert [(hit.severity.value, hit.confidence) for hit in hits if hit.rule == rule] == [(severity, confidence)]


def test_only_one_character_of_a_file_is_reported_as_trojan_source(runner: BanditRunner) -> None:
    hits, _ = runner.scan("a.py", "a = '\u202e'\nb = '\u2066'\nc = '\u202e'\n".encode())
    assert [(hit.rule, hit.line) for hit in hits] == [("B613", 1)]
