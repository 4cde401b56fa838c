"""Asking a server: what it may answer, where it may lead, how long it is waited for, and who gets to see the token."""

import json
import ssl
import subprocess
import time
import traceback
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from reviewtui.errors import FetchError
from reviewtui.fetch.http import AnswerError, Patience, Scheme, Server
from tests.fetch.sonar_server import TOKEN, Odd, SonarServer, running

QUICK = Patience(silence=0.4, answer=0.8, tries=3, pause=0.01, longest_pause=0.5)
GOOD = Odd(body=b'{"a": 1}')
PATH = "/api/x"


@pytest.fixture
def sonar(monkeypatch: pytest.MonkeyPatch) -> Iterator[SonarServer]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with running(SonarServer()) as server:
        yield server


def ask(sonar: SonarServer, *odd: Odd, limit: int = 1 << 20, patience: Patience = QUICK) -> dict[str, object]:
    sonar.odd[PATH] = [*odd]
    return Server(sonar.address, TOKEN, patience=patience, limit=limit).record("api/x", {"q": "a b&c"})


def refused(sonar: SonarServer, *odd: Odd, limit: int = 1 << 20) -> str:
    """What is said where nothing comes of it; the token is no part of it."""
    with pytest.raises(FetchError) as found:
        ask(sonar, *odd, limit=limit)
    whole = "".join(traceback.format_exception(found.value))
    assert TOKEN not in whole
    return str(found.value).replace(sonar.address, "HOST")


def test_an_answer_is_the_object_in_it(sonar: SonarServer) -> None:
    assert ask(sonar, GOOD) == {"a": 1}
    (asked,) = sonar.asked
    assert (asked.path, asked.parameters, asked.authorization) == (PATH, {"q": "a b&c"}, f"Bearer {TOKEN}")


def test_the_token_is_handed_over_as_the_server_wants_it(sonar: SonarServer) -> None:
    server = Server(sonar.address, f" {TOKEN}\n", patience=QUICK)
    server.scheme = Scheme.BASIC
    sonar.odd[PATH] = [GOOD, GOOD]
    server.record("api/x")
    server.text("api/x")
    Server(sonar.address, "", patience=QUICK).text("api/server/version")
    assert [asked.authorization[:6] for asked in sonar.asked] == ["Basic ", "", ""]


@pytest.mark.parametrize("token", ["a b", "a\nb", "a\r\nX-Y: z", "t\u00f6ken", "\x00"])
def test_a_token_that_is_none_is_refused_without_being_told(token: str) -> None:
    with pytest.raises(FetchError, match=r"^The token holds signs that no token has") as found:
        Server("https://sonar.example", token)
    assert token not in str(found.value)


@pytest.mark.parametrize(
    "address",
    [
        *("", "sonar.example", "ftp://sonar.example", "https://", "https:///x", "file:///etc/passwd", "https://a b"),
        *(
            "https://host:99999",
            "https://[::1",
            "https://a\u202eb",
            "https://a\x00b",
            "https://" + "a" * 70,
            "http://a..b",
        ),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match=r"is no address: write https://HOST$"):
        Server(address)


def test_an_address_holds_neither_password_nor_query() -> None:
    with pytest.raises(FetchError, match=r"^Write the address without user and password") as found:
        Server("https://me:secret@sonar.example")
    assert "secret" not in str(found.value)
    with pytest.raises(FetchError, match="is the address of a page"):
        Server("https://sonar.example/dashboard?id=x")


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("http://sonar.example", True),
        ("http://10.0.0.1:9000", True),
        ("https://sonar.example", False),
        ("http://localhost:9000", False),
        ("http://127.0.0.9", False),
        ("http://[::1]:9000/sonar/", False),
    ],
)
def test_a_way_that_is_not_encrypted_is_told(address: str, warned: bool) -> None:
    said: list[str] = []
    Server(address, TOKEN, warn=said.append)
    told = f"{address} is not encrypted: whoever is on the way reads the token and changes the answers"
    assert said == ([told] if warned else [])


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (Odd(body=b"<html>Log in</html>"), "HOST/api/x answered with a web page instead of JSON; "),
        (Odd(body=b""), "HOST/api/x answered with nothing instead of JSON; "),
        (Odd(body=b'{"a": 1'), "HOST/api/x answered with something else instead of JSON; "),
        (Odd(body=b"[" * 100_000), "HOST/api/x answered with something else instead of JSON; "),
        (Odd(body=b"[1]"), "HOST/api/x answered with something else than a JSON object"),
        (Odd(body=b"\xff\xfe\x00"), "HOST/api/x answered with something else instead of JSON; "),
        (Odd(body=GOOD.body, headers=(("Content-Encoding", "gzip"),)), "HOST/api/x answered in a packed form"),
        (Odd(404, b"<html>nginx</html>"), "HOST/api/x answered 404"),
        (Odd(418, b'{"errors": [{"msg": "No  tea"}, {"msg": "here."}]}'), "HOST/api/x answered 418 (No tea here.)"),
        (
            Odd(401, b'{"errors": [{"msg": "Wrong token %s"}]}' % TOKEN.encode()),
            "HOST/api/x answered 401 (Wrong token …)",
        ),
        (Odd(400, b'{"errors": [7]}'), "HOST/api/x answered 400"),
        (Odd(400, b'{"errors": ' + b"[" * 90_000), "HOST/api/x answered 400"),
        (Odd(304), "HOST/api/x answered 304"),
    ],
)
def test_other_answers_are_told_with_what_was_found(sonar: SonarServer, odd: Odd, said: str) -> None:
    assert refused(sonar, odd).startswith(said)
    assert len(sonar.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(sonar: SonarServer, status: int) -> None:
    assert ask(sonar, Odd(status), Odd(status, headers=(("Retry-After", "0"),)), GOOD) == {"a": 1}
    sonar.asked.clear()
    assert (
        refused(sonar, *[Odd(status, b'{"errors": [{"msg": "Later"}]}')] * 9) == f"HOST/api/x answered {status} (Later)"
    )
    assert len(sonar.asked) == 3


def test_the_server_says_when_to_come_again(sonar: SonarServer) -> None:
    begin = time.monotonic()
    wait = Patience(tries=2, pause=0.0, longest_pause=2.0)
    assert ask(sonar, Odd(429, headers=(("Retry-After", "1"),)), GOOD, patience=wait) == {"a": 1}
    assert time.monotonic() - begin >= 1
    told = refused(sonar, Odd(503, headers=(("Retry-After", "3600"),)))
    assert told == "HOST/api/x is busy (503) and asks to come again in 3,600 seconds"
    assert "again in " in refused(sonar, Odd(429, headers=(("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"),)))
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    for odd in (past, "soon", "-5", "\u0663", "1e999", "9" * 400, ""):
        header = odd.encode("utf-8").decode("latin-1")
        assert ask(sonar, Odd(429, headers=(("Retry-After", header),)), GOOD) == {"a": 1}


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (Odd(manner="reset"), "HOST/api/x: the connection broke (RemoteDisconnected); tried 3 times"),
        (Odd(manner="silent"), "HOST/api/x: no answer in time; tried 3 times"),
        (
            Odd(body=b'{"a": 1}', manner="short"),
            "HOST/api/x: the answer broke off after 8 of 108 bytes; tried 3 times",
        ),
    ],
)
def test_what_breaks_off_is_asked_for_again(sonar: SonarServer, odd: Odd, said: str) -> None:
    assert ask(sonar, odd, GOOD) == {"a": 1}
    assert refused(sonar, odd, odd, odd) == said


def test_an_answer_without_end_is_left_at_the_limit(sonar: SonarServer) -> None:
    said = "HOST/api/x answers with more than 1 MB at once; that is no answer of SonarQube"
    assert refused(sonar, Odd(manner="endless")) == said
    assert refused(sonar, Odd(body=b" " * 2_000_000)) == said
    assert len(sonar.asked) == 2


def test_an_answer_that_drips_is_left_after_a_while(sonar: SonarServer) -> None:
    begin = time.monotonic()
    assert "takes longer than" in refused(sonar, Odd(manner="slow"))
    assert time.monotonic() - begin < 20


def test_a_redirection_stays_with_the_server(sonar: SonarServer) -> None:
    sonar.odd["/there"] = [GOOD]
    assert ask(sonar, Odd(302, headers=(("Location", "/there"),))) == {"a": 1}
    assert [asked.path for asked in sonar.asked] == [PATH, "/there"]
    assert refused(sonar, *[Odd(302, headers=(("Location", PATH),))] * 9).endswith("without end")
    assert refused(sonar, *[Odd(302)] * 9).endswith("without end")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_token_goes_to_no_other_host(sonar: SonarServer, status: int) -> None:
    with running(SonarServer()) as other:
        other.always["/api/x"] = GOOD
        said = refused(sonar, Odd(status, headers=(("Location", f"{other.address}/api/x"),)))
        assert said.startswith(f"HOST/api/x leads to {other.address}, which the token is not meant for: ")
        assert other.asked == []


@pytest.mark.parametrize(
    "target",
    [
        *("http://localhost:1/x", "https://127.0.0.1/x", "file:///etc/passwd", "//sonar.example/x", "http://[::1"),
        *("ftp://127.0.0.1/x", "http://user:pw@sonar.example/", "javascript:alert(1)", "http://127.0.0.1:99999/"),
    ],
)
def test_a_redirection_to_anything_else_is_refused(sonar: SonarServer, target: str) -> None:
    said = refused(sonar, Odd(302, headers=(("Location", target),)))
    assert "leads to" in said
    assert "pw" not in said


def test_it_stops_when_it_is_asked_to(sonar: SonarServer) -> None:
    for odd in (Odd(manner="slow"), Odd(429, headers=(("Retry-After", "60"),))):
        sonar.odd[PATH] = [odd]
        begin = time.monotonic()

        def should_stop(begin: float = begin) -> bool:
            return time.monotonic() > begin + 0.3

        server = Server(sonar.address, TOKEN, should_stop=should_stop, patience=Patience())
        with pytest.raises(FetchError, match=r"^Stopped; nothing was taken$"):
            server.record("api/x")
        assert time.monotonic() - begin < 20


def test_where_nothing_answers_it_is_said(sonar: SonarServer) -> None:
    with pytest.raises(FetchError, match=r"cannot be reached: nothing answers there; is the port right\?$"):
        Server("http://127.0.0.1:1", TOKEN, patience=QUICK).record("api/x")
    secure = sonar.address.replace("http:", "https:")
    with pytest.raises(FetchError, match=r"does not speak TLS as it should|the connection broke"):
        Server(secure, TOKEN, patience=QUICK).record("api/x")
    assert sonar.asked == []


def test_a_certificate_that_is_not_trusted_is_not_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sonar"]
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*command, *more], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def wrap(server: ThreadingHTTPServer) -> None:
        server.socket = context.wrap_socket(server.socket, server_side=True)

    with running(SonarServer(), wrap) as sonar:
        sonar.always[PATH] = GOOD
        secure = sonar.address.replace("http:", "https:")
        with pytest.raises(FetchError, match=r"its certificate is not trusted .* name the file .* in SSL_CERT_FILE$"):
            Server(secure, TOKEN, patience=QUICK).record("api/x")
        assert sonar.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Server(secure, TOKEN, patience=QUICK).record("api/x") == {"a": 1}
        assert [asked.authorization for asked in sonar.asked] == [f"Bearer {TOKEN}"]
        elsewhere = secure.replace("127.0.0.1", "localhost")
        with pytest.raises(FetchError, match="its certificate is not trusted"):
            Server(elsewhere, TOKEN, patience=QUICK).record("api/x")


def test_the_proxy_of_the_environment_is_used_but_not_for_this_machine(
    sonar: SonarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sonar.always[PATH] = GOOD
    monkeypatch.setenv("http_proxy", sonar.address)
    assert Server("http://sonar.example", TOKEN, patience=QUICK).record("api/x") == {"a": 1}
    assert len(sonar.asked) == 1
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ask(sonar, GOOD) == {"a": 1}
    with pytest.raises(FetchError, match="cannot be reached"):
        Server("http://sonar.example", TOKEN, patience=QUICK).record("api/x")


def test_an_error_keeps_status_and_words(sonar: SonarServer) -> None:
    with pytest.raises(AnswerError) as found:
        ask(sonar, Odd(403, json.dumps({"errors": [{"msg": "x" * 5_000}]}).encode()))
    assert (found.value.status, found.value.said) == (403, "x" * 300)
