"""Addresses on the sites that host repositories: every form of a remote, and what a hostile one is given."""

import pytest

from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.repo.permalink import PermalinkError, permalink, rewritten

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PATH = RepoPath("app/views.py")


def link(remote: str, span: LineSpan | None = None, path: RepoPath = PATH, **sites: str) -> str:
    """The address of the file, by default, with the commit cut short."""
    told = {host.replace("_", "."): site for host, site in sites.items()}
    return permalink(remote, COMMIT, path, span, told).replace(COMMIT, "ID")


@pytest.mark.parametrize(
    ("remote", "one", "several"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r/blob/ID/app/views.py#L3", "#L3-L5"),
        ("https://gitlab.com/g/r.git", "https://gitlab.com/g/r/-/blob/ID/app/views.py#L3", "#L3-5"),
        ("https://bitbucket.org/w/r.git", "https://bitbucket.org/w/r/src/ID/app/views.py#lines-3", "#lines-3:5"),
        (
            "https://bitbucket.corp.example/scm/prj/r.git",
            "https://bitbucket.corp.example/projects/prj/repos/r/browse/app/views.py?at=ID#3",
            "?at=ID#3-5",
        ),
        ("https://codeberg.org/o/r.git", "https://codeberg.org/o/r/src/commit/ID/app/views.py#L3", "#L3-L5"),
        ("https://git.sr.ht/~u/r", "https://git.sr.ht/~u/r/tree/ID/item/app/views.py#L3", "#L3-5"),
        (
            "https://dev.azure.com/org/pro/_git/r",
            "https://dev.azure.com/org/pro/_git/r?path=/app/views.py&version=GCID"
            "&line=3&lineEnd=4&lineStartColumn=1&lineEndColumn=1&lineStyle=plain",
            "&line=3&lineEnd=6&lineStartColumn=1&lineEndColumn=1&lineStyle=plain",
        ),
    ],
)
def test_every_site_has_addresses_of_its_own(remote: str, one: str, several: str) -> None:
    assert link(remote, LineSpan(3, 3)) == one
    assert link(remote, LineSpan(3, 5)).endswith(several)
    assert link(remote) == one.partition("#")[0].partition("&line=")[0]


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("http://github.com/o/r", "http://github.com/o/r"),
        ("https://github.com/o/r/", "https://github.com/o/r"),
        ("https://github.com:443/o/r.git/", "https://github.com/o/r"),
        ("git@github.com:o/r.git", "https://github.com/o/r"),
        ("github.com:o/r", "https://github.com/o/r"),
        ("git@GitHub.com:/o/r.git", "https://github.com/o/r"),
        ("ssh://git@github.com/o/r.git", "https://github.com/o/r"),
        ("ssh://git@ssh.github.com:443/o/r.git", "https://github.com/o/r"),
        ("git://github.com/o/r.git", "https://github.com/o/r"),
        ("git+ssh://git@github.com/o/r.git", "https://github.com/o/r"),
        ("git@github.com-work:o/r.git", "https://github.com/o/r"),
        ("git@github-work:o/r.git", "https://github.com/o/r"),
        ("[github.com:22]:o/r.git", "https://github.com/o/r"),
        ("https://github.com/o/r.js.git", "https://github.com/o/r.js"),
        ("https://github.com/o/r.git?a=b#c", "https://github.com/o/r"),
        ("https://github.corp.example:8443/o/r.git", "https://github.corp.example:8443/o/r"),
        ("ssh://git@github.corp.example:2222/o/r.git", "https://github.corp.example/o/r"),
        ("git@github.corp.example:o/r/.git", "https://github.corp.example/o/r"),
    ],
)
def test_a_remote_is_understood_in_every_form(remote: str, page: str) -> None:
    assert link(remote) == f"{page}/blob/ID/app/views.py"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@gitlab.com:a/b/c/r.git", "https://gitlab.com/a/b/c/r/-/blob/ID/app/views.py"),
        ("https://gitlab.corp.example/x/a/r.git", "https://gitlab.corp.example/x/a/r/-/blob/ID/app/views.py"),
        ("http://gitlab/a/r.git", "http://gitlab/a/r/-/blob/ID/app/views.py"),
        ("git@altssh.gitlab.com:a/r.git", "https://gitlab.com/a/r/-/blob/ID/app/views.py"),
        ("git@salsa.debian.org:t/r.git", "https://salsa.debian.org/t/r/-/blob/ID/app/views.py"),
        ("https://my-gitea.example/o/r", "https://my-gitea.example/o/r/src/commit/ID/app/views.py"),
        ("ssh://forgejo@forgejo.example:2222/o/r", "https://forgejo.example/o/r/src/commit/ID/app/views.py"),
        ("git@git.sr.ht:~u/r", "https://git.sr.ht/~u/r/tree/ID/item/app/views.py"),
        ("git@bitbucket.org:w/r.git", "https://bitbucket.org/w/r/src/ID/app/views.py"),
        (
            "ssh://git@stash.corp.example:7999/prj/r.git",
            "https://stash.corp.example/projects/prj/repos/r/browse/app/views.py?at=ID",
        ),
        (
            "ssh://git@code.corp.example:7999/~jo/r.git",
            "https://code.corp.example/users/jo/repos/r/browse/app/views.py?at=ID",
        ),
        (
            "https://bitbucket.corp.example/ctx/scm/prj/r.git",
            "https://bitbucket.corp.example/ctx/projects/prj/repos/r/browse/app/views.py?at=ID",
        ),
        (
            "git@ssh.dev.azure.com:v3/org/My%20Project/r",
            "https://dev.azure.com/org/My%20Project/_git/r?path=/app/views.py&version=GCID",
        ),
        (
            "https://org.visualstudio.com/DefaultCollection/pro/_git/r",
            "https://org.visualstudio.com/DefaultCollection/pro/_git/r?path=/app/views.py&version=GCID",
        ),
        (
            "https://tfs.corp.example:8080/tfs/coll/pro/_git/r",
            "https://tfs.corp.example:8080/tfs/coll/pro/_git/r?path=/app/views.py&version=GCID",
        ),
    ],
)
def test_groups_contexts_and_hosts_of_ones_own_are_kept(remote: str, address: str) -> None:
    assert link(remote) == address


@pytest.mark.parametrize(
    "remote",
    [
        "https://token@github.com/o/r.git",
        "https://user:ghp_token@github.com/o/r.git",
        "https://user:p@ss@github.com/o/r.git",
        "https://x-access-token:ghp_token@github.com/o/r.git?private_token=token#token",
        "token@github.com:o/r.git",
        "to@ken@github.com:o/r.git",
        "ssh://user:token@github.com/o/r.git",
    ],
)
def test_no_user_password_or_token_gets_into_an_address(remote: str) -> None:
    assert link(remote) == "https://github.com/o/r/blob/ID/app/views.py"


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "/srv/token/r.git",
        "../token",
        "C:\\token\\r",
        "C:/token/r",
        "file:///token",
        "https:///token",
        "ext::sh -c token",
        "javascript://github.com/%0atoken",
        "ftp://github.com/token/r",
        "https://user:to/ken@github.com/o/r",
        "https://github.com:token/o/r",
        "https://github.com/",
        "https://github.com/../token",
        "https://github.com/o/%2e%2e",
        "https://github.com/o/a%0atoken",
        "https://github.com/o/token\x1b[2J",
        "https://github.com/o/\u202etoken",
        "https://github.com\n.token/o/r",
        "https://gith\u00fcb.com/o/token",
        "https://-github.com/o/token",
        "https://github..com/o/token",
        "https://[::1]/github/token",
        "git@github.com[token]:o/r",
        "https://gitlab.com/%ff/token",
    ],
)
def test_what_has_no_page_is_told_without_repeating_it(remote: str) -> None:
    with pytest.raises(PermalinkError) as caught:
        link(remote)
    assert "token" not in str(caught.value)


def test_a_site_that_its_name_does_not_tell_is_told_by_the_user() -> None:
    with pytest.raises(PermalinkError, match=r"git config --global reviewtui\.git\.corp\.example\.site gitlab"):
        link("git@git.corp.example:g/r.git")
    told = link("git@git.corp.example:g/r.git", git_corp_example="gitlab")
    assert told == "https://git.corp.example/g/r/-/blob/ID/app/views.py"
    with pytest.raises(PermalinkError, match="not that of a repository on Azure"):
        link("git@git.corp.example:g/r.git", git_corp_example="azure")


def test_the_path_is_quoted_byte_for_byte() -> None:
    path = RepoPath("a b/#1?x=%2f&y;z\udce9/\u00e9\u202e\n[~]'\".py")
    quoted = "a%20b/%231%3Fx%3D%252f%26y%3Bz%E9/%C3%A9%E2%80%AE%0A%5B~%5D%27%22.py"
    assert link("git@github.com:o/r", path=path) == f"https://github.com/o/r/blob/ID/{quoted}"
    azure = link("https://dev.azure.com/o/p/_git/r", path=path)
    assert azure == f"https://dev.azure.com/o/p/_git/r?path=/{quoted}&version=GCID"


def test_a_file_that_is_shown_as_a_page_is_asked_for_as_text() -> None:
    path, span = RepoPath("README.md"), LineSpan(2, 2)
    assert link("git@github.com:o/r", span, path) == "https://github.com/o/r/blob/ID/README.md?plain=1#L2"
    assert link("git@gitlab.com:o/r", span, path) == "https://gitlab.com/o/r/-/blob/ID/README.md?plain=1#L2"
    gitea = link("git@codeberg.org:o/r", span, path)
    assert gitea == "https://codeberg.org/o/r/src/commit/ID/README.md?display=source#L2"
    assert link("git@github.com:o/r", None, path) == "https://github.com/o/r/blob/ID/README.md"


@pytest.mark.parametrize("commit", ["", "main", "HEAD", "0123", f"{COMMIT}/..", COMMIT.upper()])
def test_only_a_full_id_is_permanent(commit: str) -> None:
    with pytest.raises(PermalinkError):
        permalink("git@github.com:o/r", commit, PATH, None, {})
    assert permalink("git@github.com:o/r", "ab" * 32, PATH, None, {}).count("ab" * 32) == 1


def test_git_s_own_short_names_of_urls_are_written_out() -> None:
    rules = [("https://github.com/", "gh:"), ("https://github.com/corp/", "gh:c"), ("x", "")]
    assert rewritten("gh:o/r", rules) == "https://github.com/o/r"
    assert rewritten("gh:c/r", rules) == "https://github.com/corp//r"
    assert rewritten("git@github.com:o/r", rules) == "git@github.com:o/r"
