"""A file from a real server on this machine, and everything that can go wrong on the way."""

import io

import pytest

from reviewtui.errors import FetchError
from reviewtui.fetch.download import download
from tests.fetch.server import closed_port, content, redirect, serving, silent

DATA = bytes(range(256)) * 4000


@pytest.fixture(autouse=True)
def with_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not work: what is asked of this machine does not go by it."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


def fetched(url: str, limit: int = 10_000_000, timeout: float = 20.0) -> bytes:
    target = io.BytesIO()
    download(url, target, limit, lambda done, total: None, timeout=timeout)
    return target.getvalue()


def problem(url: str, limit: int = 10_000_000, timeout: float = 20.0) -> str:
    with pytest.raises(FetchError) as raised:
        fetched(url, limit, timeout)
    return str(raised.value)


def test_a_file_comes_whole_with_its_progress() -> None:
    seen: list[tuple[int, int]] = []
    target = io.BytesIO()
    with serving({"/all.zip": content(DATA)}) as url:
        download(f"{url}/all.zip", target, 10_000_000, lambda done, total: seen.append((done, total)))
    assert target.getvalue() == DATA
    assert seen[-1] == (len(DATA), len(DATA))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_server_that_does_not_say_how_much_is_read_to_its_end() -> None:
    with serving({"/x": content(DATA, length=None)}) as url:
        assert fetched(f"{url}/x") == DATA


def test_a_redirect_is_followed() -> None:
    with serving({"/new": content(b"here")}) as url, serving({"/old": redirect(f"{url}/new")}) as first:
        assert fetched(f"{first}/old") == b"here"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "is not allowed"),
        ("ftp://127.0.0.1/x", "'ftp://127.0.0.1/x' is no address"),
        ("http://example.com/x", "http://example.com/x is not encrypted"),
        ("https://user:secret@127.0.0.1/", "https://127.0.0.1/: an address with a user or a password is not used"),
    ],
)
def test_no_redirect_leads_to_where_nobody_would_have_been_sent(target: str, told: str) -> None:
    with serving({"/old": redirect(target)}) as url:
        found = problem(f"{url}/old")
    assert told in found
    assert "secret" not in found


def test_a_ring_of_redirects_ends() -> None:
    with serving({"/a": redirect("/b"), "/b": redirect("/a")}) as url:
        assert "302" in problem(f"{url}/a")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "'file:///etc/passwd' is no address: write https://HOST/PATH"),
        ("all.zip", "'all.zip' is no address: write https://HOST/PATH"),
        ("http://example.com/all.zip", "http://example.com/all.zip is not encrypted, so that anybody could answer; "),
        (
            "https://me:secret@example.com/x",
            "https://example.com/x: an address with a user or a password is not used; ",
        ),
        ("https://exa mple.com/x", "'https://exa mple.com/x' is no address"),
        ("https://example.com/\nx", "'https://example.com/\\nx' is no address"),
        ("https://example.com:port/x", "'https://example.com:port/x' is no address"),
        ("https:///x", "'https:///x' is no address"),
    ],
)
def test_only_an_encrypted_address_is_taken(url: str, told: str) -> None:
    assert problem(url).startswith(told)


def test_more_than_the_limit_is_not_taken() -> None:
    with serving({"/claimed": content(b"", length=10**12), "/unclaimed": content(DATA, length=None)}) as url:
        for path in ("/claimed", "/unclaimed"):
            assert problem(f"{url}{path}", limit=1000) == (
                f"{url}{path} has more than 1,000 bytes; that is not what was looked for"
            )


def test_what_breaks_off_is_not_taken() -> None:
    with serving({"/x": content(b"half", length=100)}) as url:
        assert problem(f"{url}/x") == f"{url}/x broke off after 4 of 100 bytes; try again"


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_an_error_of_the_server_is_said(status: int) -> None:
    with serving({"/x": content(b"no", status=status)}) as url:
        told = problem(f"{url}/x")
    assert told.startswith(f"{url}/x answered {status} ")
    assert told.endswith("; fetch the file by other means and name it with --from")


def test_nobody_there_is_said() -> None:
    url = f"http://127.0.0.1:{closed_port()}/x"
    assert problem(url).startswith(f"{url} cannot be reached: Connection refused; ")


def test_a_server_that_never_answers_is_left() -> None:
    with serving({"/x": silent}) as url:
        assert "no answer in time" in problem(f"{url}/x", timeout=0.3)


def test_what_is_no_http_is_said() -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-x\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        told = problem(f"http://127.0.0.1:{listening.getsockname()[1]}/x")
        thread.join()
    assert "SSH-2.0-x" in told


def test_it_stops_when_told_to() -> None:
    with serving({"/x": content(DATA)}) as url, pytest.raises(FetchError, match="Stopped before all of"):
        download(f"{url}/x", io.BytesIO(), 10_000_000, lambda done, total: None, lambda: True)


def test_a_full_disk_is_said(tmp_path: object) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with serving({"/x": content(DATA)}) as url, pytest.raises(FetchError, match="cannot be written: No space left"):
        download(f"{url}/x", Full(), 10_000_000, lambda done, total: None)
