"""Two who decide at the same time, and findings files that say what no program of ours wrote."""

from dataclasses import replace
from pathlib import Path

from reviewtui.carrying import Looked, carried
from reviewtui.model.change import Change
from reviewtui.model.hit import NOWHERE, Fingerprint
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.standing import Match
from reviewtui.model.state import State
from reviewtui.repo.repository import Repository
from tests.standing.conftest import SHOP
from tests.standing.world import AT, LATER, World


def test_two_who_confirm_the_same_leave_one_entry_with_both_words(shop: World) -> None:
    shop.edit("a.py", "eval(name)", "eval(name, {})")
    shop.scan()
    base = shop.review
    shop.decide("a.py", 15, "still fine", by="Ann", at=AT)
    anns, shop.review = shop.review, base
    shop.decide("a.py", 15, "not ours", State.OUT_OF_SCOPE, by="Ben", at=LATER)
    bens = shop.review
    for first, second in ((anns, bens), (bens, anns)):
        both = Change.between(base, second).apply(first)
        assert len(both.verdicts) == 3
        (verdict,) = [v for v in both.verdicts.values() if v.by != "Rita"]
        said = [verdict.reason, *(word for e in verdict.history for word in (e.reason, e.old, e.new))]
        assert {"still fine", "not ours", "on a.py:15"} <= set(said)


def test_a_word_on_the_old_code_that_comes_with_a_merge_is_kept(shop: World) -> None:
    base = shop.review
    shop.decide("a.py", 15, "said on a branch", State.OUT_OF_SCOPE, by="Ben", at=LATER)
    bens, shop.review = shop.review, base
    shop.edit("a.py", "eval(name)", "eval(name, {})")
    shop.scan()
    shop.decide("a.py", 15, "still fine", by="Ann", at=LATER)
    shop.review = Change.between(base, bens).apply(shop.review)
    shop.scan()
    assert shop.table[2] == ("a.py", 15, "B307", "exact", "still fine")
    assert shop.gone == ["said on a branch"]


def test_taking_back_a_confirmation_gives_the_old_entry_back(shop: World) -> None:
    shop.edit("a.py", "eval(name)", "eval(name, {})")
    shop.scan()
    base, before = shop.review, shop.table
    shop.decide("a.py", 15, "still fine", by="Ann")
    change = Change.between(base, shop.review)
    shop.review = change.inverse().apply(shop.review)
    assert shop.review == base
    shop.known = shop.known.after(base.verdicts)
    assert shop.table == before


def test_places_that_nobody_of_us_wrote_do_no_harm(shop: World) -> None:
    good = list(shop.review.verdicts.values())
    huge = "x" * 200_000
    odd = [
        Place(NOWHERE),
        Place(RepoPath("a.py")),
        Place(RepoPath("a.py"), LineSpan(1_000_000, 1_000_000_000), anchor=Anchor(text=huge, before=huge, after=huge)),
        Place(
            RepoPath("a.py"), LineSpan(8, 8), anchor=Anchor(commit="f" * 40, blob="0" * 40, text="\ud800\x00\n" * 40)
        ),
        Place(RepoPath("gone/\x1b[2J.py"), LineSpan(1, 1), anchor=Anchor("f" * 40, text="eval(x)", occurrence=10**9)),
        Place(RepoPath("gone.py"), LineSpan(1, 9), anchor=Anchor("a" * 64, text="\n" * 500, before="\n" * 500)),
    ]
    verdicts = {v.fingerprint: v for v in good}
    for number, place in enumerate(odd):
        for tool in ("bandit", "sonarqube"):
            strange = replace(
                good[0], fingerprint=Fingerprint(f"{tool}{number}"), tool=tool, place=place, twins=10**9 * number
            )
            verdicts[strange.fingerprint] = strange
    shop.review = Review(verdicts=verdicts)
    shop.scan()
    assert shop.table == [
        ("a.py", 8, "B307", "exact", "on a.py:8"),
        ("a.py", 14, "B105", "exact", "on a.py:14"),
        ("a.py", 15, "B307", "exact", "on a.py:15"),
    ]
    assert len(shop.known.gone) + len(shop.known.unseen) == 12


def test_a_decision_of_another_tool_is_unseen_until_its_results_are_there(shop: World) -> None:
    (verdict,) = [v for v in shop.review.verdicts.values() if v.reason == "on a.py:8"]
    hit = replace(shop.hit("a.py", 8), tool="sonarqube", fingerprint=Fingerprint("5" * 32))
    theirs = replace(verdict, tool="sonarqube", fingerprint=hit.fingerprint)
    repository = Repository.open(shop.root)
    blobs = {hit.path: verdict.place.anchor.blob}

    def known(*hits: object, tools: frozenset[str] = frozenset()) -> tuple[int, int, Match]:
        found = carried(
            repository,
            {theirs.fingerprint: theirs},
            [hit] if hits else [],
            Looked(frozenset([hit.path]), blobs, tools),
        )
        return len(found.gone), len(found.unseen), found.of(hit).match

    assert known() == (0, 1, Match.EXACT)
    assert known(tools=frozenset({"sonarqube"})) == (1, 0, Match.EXACT)
    assert known(hit, tools=frozenset({"sonarqube"})) == (0, 0, Match.EXACT)


def test_files_that_cannot_be_read_cost_only_what_they_could_tell(tmp_path: Path) -> None:
    world = World.of(tmp_path / "x", {"a.py": SHOP, "b.py": "eval(x)\n"})
    world.decide_all()
    (world.root / "a.py").unlink()
    (world.root / "a.py").symlink_to("b.py")
    world.scan()
    assert [row[0] for row in world.table] == ["b.py"]
    assert world.table[0][3] == "exact"
