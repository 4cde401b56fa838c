"""Explanations of the rules on connections to other hosts."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B113",
        name="request_without_timeout",
        title="An HTTP request may wait for ever",
        means=(
            "`requests` has no timeout of its own: a peer that accepts and then says nothing holds the thread until "
            "somebody ends it. `httpx` gives up after five seconds, unless it is told `timeout=None`."
        ),
        real=(
            "It runs in a web worker or another small pool, and the peer is outside or can be chosen: webhooks, "
            "avatar addresses, token endpoints. A handful of such calls stops the service."
        ),
        false_alarm=(
            "One-off scripts. What cannot be read is taken for no timeout: `timeout=limit()`, `timeout=2 * 3`, "
            "`**options`. Hence the low confidence."
        ),
        look=(
            "Who chooses the URL? Then `requests.request(...)` and the methods of a `Session`, which are not tested: "
            "look for an adapter that sets a default. Count how many of gunicorn's synchronous workers can hang; in "
            "FastAPI a blocking call in `async def` stops them all."
        ),
        items=("INP-19", "ERR-09", "INP-10"),
        cwe=(400,),
        example=("import requests\nrequests.get(url)"),
    ),
    Explanation(
        rule="B310",
        name="urllib_urlopen",
        title="urlopen opens files too",
        means=(
            "`urllib.request` opens `file:`, `ftp:` and `data:` addresses just as well as HTTP. With an address from "
            "outside the server reads its own files or talks to its own network."
        ),
        real=(
            "A form, webhook, feed or import gives the URL, or a part of it before the path. The answer need not be "
            "shown: times, error texts and stored previews tell enough."
        ),
        false_alarm=(
            "A constant `https://` address is reported like any other. A value whose scheme and host were checked "
            "after parsing, without redirects, is fine."
        ),
        look=(
            "Is the scheme compared with a list, the name resolved once and that address checked? urllib follows "
            "redirects to http, https and ftp. `build_opener().open` is not reported; `requests`, `httpx` and "
            "`aiohttp` have no test for this at all."
        ),
        items=("INP-10",),
        cwe=(918, 73),
        example=('import urllib.request\nurllib.request.urlopen(request.args["url"])'),
    ),
    Explanation(
        rule="B312",
        name="telnetlib",
        title="A Telnet session is opened",
        means=(
            "Telnet sends the login and all else in clear text and proves nothing about the other side: who shares a "
            "network reads and changes the session."
        ),
        real="Credentials go over it, or its answers are acted upon, on anything but a cable of one's own.",
        false_alarm=(
            "A probe of a TCP port by means of the class, without a login. A device in a closed network that knows "
            "no SSH is an accepted risk with an owner, not a false positive."
        ),
        look=(
            "Arguments of `Telnet(...)`, then each `write` with a password. Python has dropped the module with 3.13, "
            "so ask which interpreter runs this. `telnetlib3` and plain sockets are not reported."
        ),
        items=(),
        cwe=(319,),
        example=("import telnetlib\ntelnetlib.Telnet(host)"),
    ),
    Explanation(
        rule="B321",
        name="ftplib",
        title="An FTP connection in clear text",
        means="`ftplib.FTP` sends user, password and files unprotected; somebody in between can read and replace them.",
        real=(
            "A login other than anonymous, personal data, or files that are parsed or run afterwards: the exchange "
            "folder with a partner is the classic."
        ),
        false_alarm="Anonymous download of public files whose signature is checked after it.",
        look=(
            "`login(...)` and the origin of its password. `FTP_TLS` is not reported; it protects files only after "
            "`prot_p()` and checks no certificate unless given `context=ssl.create_default_context()`. In Django "
            "look for the FTP storage of `django-storages` in settings."
        ),
        items=(),
        cwe=(319,),
        example=("import ftplib\nftplib.FTP(host).login(user, password)"),
    ),
    Explanation(
        rule="B323",
        name="unverified_context",
        title="TLS without asking who answers",
        means=(
            "The context that is made here takes any certificate for any name. The connection is encrypted, with "
            "whoever stands in between."
        ),
        real=(
            "It is used for a real peer: an API, LDAP, SMTP, a database, a download. “Only inside our network” is "
            "where such attacks happen."
        ),
        false_alarm=(
            "A test server on the same machine; a tool that wants nothing but to read the certificate; a certificate "
            "that is compared with a pinned one before anything is sent."
        ),
        look=(
            "Where the context goes: `urlopen(context=…)`, `HTTPSConnection`, `IMAP4_SSL`, `starttls`. Its worst use "
            "is no call and thus not reported: `ssl._create_default_https_context = ssl._create_unverified_context`. "
            "Search for `CERT_NONE` and `check_hostname = False` too."
        ),
        items=(),
        cwe=(295,),
        example=("import ssl\ncontext = ssl._create_unverified_context()"),
    ),
    Explanation(
        rule="B401",
        name="import_telnetlib",
        title="telnetlib is imported",
        means="A hint that the file may speak Telnet; a session has its own hit, B312.",
        real="The class is used for a login.",
        false_alarm="Constants such as `IAC` for a parser of one's own, an import that is left over.",
        look=(
            "B312 in the same file. Without one, look for a subclass of `Telnet`, whose creation is not recognised, "
            "or an object that comes from elsewhere."
        ),
        items=(),
        cwe=(319,),
        example="import telnetlib",
    ),
    Explanation(
        rule="B402",
        name="import_ftplib",
        title="ftplib is imported",
        means=(
            "The file may move files by FTP. `FTP` is clear text; `FTP_TLS` of the same module encrypts and is "
            "reported through this import too."
        ),
        real="B321 stands beside it, or an address in the settings begins with `ftp://`.",
        false_alarm=(
            "Only exceptions such as `ftplib.all_errors` are used, or `FTP_TLS` with a context that verifies and "
            "with `prot_p()`."
        ),
        look="Every class of the module that is called, and the `context=` of `FTP_TLS`.",
        items=(),
        cwe=(319,),
        example="import ftplib",
    ),
    Explanation(
        rule="B412",
        name="import_httpoxy",
        title="A WSGI application is run as CGI",
        means=(
            "CGI turns request headers into environment variables: `Proxy:` becomes `HTTP_PROXY`, which HTTP clients "
            "obey. A visitor then chooses the proxy for the server's own requests (httpoxy, CVE-2016-1000110)."
        ),
        real=(
            "It runs under CGI, makes requests itself, the front end lets the header through, and the client obeys. "
            "urllib and `requests` ignore the variable under CGI in every supported Python; programs that are "
            "started may not."
        ),
        false_alarm="The name is imported and not used, or the web server drops `Proxy`.",
        look=(
            '`cgi-bin`, `.htaccess`, `fastcgi_param HTTP_PROXY ""` of nginx; then each client without an explicit '
            "proxy. gunicorn, uWSGI and uvicorn keep headers out of the process environment and are not concerned."
        ),
        items=("INP-10",),
        cwe=(454, 284),
        example="from wsgiref.handlers import CGIHandler",
    ),
    Explanation(
        rule="B415",
        name="import_pyghmi",
        title="IPMI through pyghmi",
        means=(
            "IPMI switches and reinstalls servers from afar. Its login hands a salted hash of the password to "
            "whoever asks (CVE-2013-4786), and version 1.5 encrypts nothing."
        ),
        real=(
            "Hosts of the application can reach the management network, or the credentials lie in source, settings "
            "or a table that the web side can read."
        ),
        false_alarm=(
            "Tools of a data centre with a network of its own and credentials in a vault: there is no better version "
            "of the protocol, only Redfish in its place."
        ),
        look=(
            "`Command(bmc=…, userid=…, password=…)`: where is the password from, and can a user choose `bmc`? Then "
            "the firewall for UDP port 623."
        ),
        items=(),
        cwe=(319,),
        example="import pyghmi.ipmi.command",
    ),
    Explanation(
        rule="B501",
        name="request_with_no_cert_validation",
        title="verify=False: anybody may answer",
        means=(
            "The HTTP client is told to accept any certificate. Passwords, tokens and the answer itself lie open to "
            "whoever stands between."
        ),
        real=(
            "Any peer that matters, all the more with an `Authorization` header, or where the answer is stored, "
            "rendered or run. Such lines start in a test environment and stay."
        ),
        false_alarm="Tests against a local server; a probe whose answer is thrown away.",
        look=(
            'Which peer, and why? A private CA belongs into `verify="ca.pem"`. Not reported: '
            "`requests.request(...)`, `session.verify = False`, methods of a session, `verify=settings.VERIFY`, and "
            "`ssl=False` of aiohttp. Search for them, and for `disable_warnings(`."
        ),
        items=(),
        cwe=(295,),
        example=("import requests\nrequests.post(url, json=data, verify=False)"),
    ),
    Explanation(
        rule="B502",
        name="ssl_with_bad_version",
        title="SSL or an early TLS is asked for",
        means=(
            "The call names SSL 2, SSL 3, TLS 1.0 or 1.1. All of them are retired, and the first two broken in "
            "practice (DROWN, POODLE)."
        ),
        real=(
            "It is really negotiated, which depends on OpenSSL too: current builds refuse most of it, so that such "
            "code fails, or keeps an old build alive."
        ),
        false_alarm=(
            "`SSLv23_METHOD` is in the list though it means the best that both sides know. Scanners ask for old "
            "versions on purpose. Medium: any function with `method=` or `ssl_version=` of such a name."
        ),
        look=(
            "`minimum_version` and `options` of the context. A positional argument is missed: "
            "`ssl.SSLContext(ssl.PROTOCOL_TLSv1)`, `SSL.Context(SSL.TLSv1_METHOD)`. For servers see nginx and the "
            "TLS settings of gunicorn and uvicorn."
        ),
        items=(),
        cwe=(327,),
        example=("import ssl\nssl.wrap_socket(sock, ssl_version=ssl.PROTOCOL_TLSv1)"),
    ),
    Explanation(
        rule="B503",
        name="ssl_with_bad_defaults",
        title="A parameter falls back to an old protocol",
        means=(
            "The default of a parameter is one of the retired versions of SSL or TLS. Who does not think of it gets "
            "that."
        ),
        real="Callers leave the parameter out, and the value reaches a context or a socket.",
        false_alarm=(
            "Layers for compatibility whose callers all pass a version. `async def` and parameters behind a `*` are "
            "not looked at."
        ),
        look=(
            "The callers without the argument, and the line that hands the value on. `ssl.create_default_context()` "
            "needs no such parameter, and is kept up to date with Python."
        ),
        items=(),
        cwe=(327,),
        example=("import ssl\ndef connect(host, version=ssl.PROTOCOL_TLSv1):\n    ..."),
    ),
    Explanation(
        rule="B504",
        name="ssl_with_no_version",
        title="ssl.wrap_socket without a version",
        means=(
            "The old function of the module takes whatever both sides know and, worse, verifies neither certificate "
            "nor host name. Python 3.12 has removed it."
        ),
        real="In a client: the unverified certificate matters more than the version that is complained about.",
        false_alarm=(
            "A server whose OpenSSL has the old protocols switched off; code behind a check of the version that is "
            "never true now."
        ),
        look=(
            "`cert_reqs`, `ca_certs`, and a comparison of the name after the handshake: without all three it is B501 "
            "in older clothes. `create_default_context().wrap_socket(sock, server_hostname=host)` does all of it."
        ),
        items=(),
        cwe=(295, 327),
        example=("import ssl\nssl.wrap_socket(sock)"),
    ),
    Explanation(
        rule="B507",
        name="ssh_no_host_key_verification",
        title="Unknown SSH host keys are accepted",
        means=(
            "`AutoAddPolicy` trusts and stores any key that it has not seen, `WarningPolicy` only logs it. Somebody "
            "in between is the host from then on, gets the password and answers the commands."
        ),
        real=(
            "Passwords or an agent are used, files are fetched and run, or each connection is a first one, as with "
            "containers and cloud machines."
        ),
        false_alarm=(
            "`load_system_host_keys` with a complete file: a changed key is refused under any policy, so the first "
            "contact is the whole risk. The policy as keyword `policy=` is not noticed."
        ),
        look=(
            "Where do host keys come from? `RejectPolicy`, the default, with a deployed known_hosts is what to ask "
            "for. The same without a test: `known_hosts=None` of asyncssh, netmiko unless `ssh_strict=True`."
        ),
        items=(),
        cwe=(295,),
        example=("import paramiko\nclient.set_missing_host_key_policy(paramiko.AutoAddPolicy())"),
    ),
    Explanation(
        rule="B508",
        name="snmp_insecure_version",
        title="SNMP version 1 or 2c",
        means=(
            "A community string is a password that is sent in clear text in every packet. Who reads it can query all "
            "devices that share it, and change them if it allows writing."
        ),
        real=(
            "The packets leave a protected network, or the community may write. `public` and `private` need not even "
            "be read."
        ),
        false_alarm="Counters that are only read in a closed network; simulators.",
        look=(
            "Is the community in the source, and is there a `setCmd`? Without `mpModel` it is 2c as well and not "
            "reported, and nothing is after `from pysnmp.hlapi import *` or from newer paths such as "
            "`pysnmp.hlapi.v3arch.asyncio`: search for the name."
        ),
        items=(),
        cwe=(319,),
        example=('from pysnmp.hlapi import CommunityData\nCommunityData("public", mpModel=0)'),
    ),
    Explanation(
        rule="B509",
        name="snmp_weak_cryptography",
        title="SNMPv3 without encryption",
        means="`UsmUserData` has a user and at most one key, so that packets are authenticated at best, and readable.",
        real=(
            "Secrets are read or set: configurations, keys, routes. With the user alone not even the sender is proved."
        ),
        false_alarm=(
            "Positional arguments are counted: `UsmUserData(user, authKey=a, privKey=b)` does encrypt and is "
            "reported. Uptime and counters hardly need it."
        ),
        look=(
            "Both keys, where they come from, and their protocols: pysnmp's defaults are MD5 and DES, so look for "
            "SHA-2 and AES (`usmHMAC192SHA256AuthProtocol`, `usmAesCfb128Protocol`)."
        ),
        items=(),
        cwe=(319,),
        example=('from pysnmp.hlapi import UsmUserData\nUsmUserData("monitor", auth_key)'),
    ),
)
