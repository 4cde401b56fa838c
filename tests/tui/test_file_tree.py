"""The tree of files, without a widget."""

from reviewtui.model.place import RepoPath
from reviewtui.tui.file_tree import FileTree, TreeRow, folders_of


def tree_of(*paths: str) -> FileTree:
    """The tree of these paths."""
    return FileTree.of([RepoPath(path) for path in paths])


def test_folders_come_before_files_and_case_does_not_matter() -> None:
    tree = tree_of("b.py", "A.py", "zoo/x.py", "Lib/y.py")
    assert [row.name for row in tree.rows(set())] == ["Lib", "zoo", "A.py", "b.py"]


def test_only_what_is_open_has_rows() -> None:
    tree = tree_of("src/a.py", "src/deep/b.py", "top.py")
    assert tree.rows({"src"}) == [
        TreeRow("src", "src", 0, True),
        TreeRow("src/deep", "deep", 1, True),
        TreeRow("src/a.py", "a.py", 1, False),
        TreeRow("top.py", "top.py", 0, False),
    ]


def test_a_chain_of_folders_with_nothing_else_is_one_row() -> None:
    tree = tree_of("a/b/c/x.py", "y.py")
    assert tree.rows(set())[0] == TreeRow("a/b/c", "a/b/c", 0, True)
    assert tree.rows({"a/b/c"})[1] == TreeRow("a/b/c/x.py", "x.py", 1, False)


def test_a_name_that_breaks_lines_is_one_row() -> None:
    tree = tree_of("a\nb.py", "\x1b]0;x\x07.py")
    assert len(tree.rows(set())) == 2


def test_a_thousand_folders_deep_is_no_recursion_error() -> None:
    path = "/".join(["d"] * 3000) + "/x.py"
    tree = tree_of(path, "d/y.py")
    opened = set(folders_of(path))
    assert tree.rows(opened)[-1].name == "y.py"


def test_the_order_of_the_files_is_that_of_the_rows() -> None:
    tree = tree_of("b/x.py", "a.py", "b/c/y.py", "B2/z.py", "b/c/d/e.py")
    rows = tree.rows({"b", "b/c", "b/c/d", "B2"})
    assert [row.path for row in rows if not row.is_folder] == list(tree.paths)
    assert tree.paths == ("b/c/d/e.py", "b/c/y.py", "b/x.py", "B2/z.py", "a.py")


def test_folders_count_every_file_below_them() -> None:
    tree = tree_of("b/x.py", "a.py", "b/c/y.py", "b/c/d/e.py")
    assert tree.counts == {"": 4, "b": 3, "b/c": 2, "b/c/d": 1}


def test_folders_of_a_path() -> None:
    assert folders_of("a/b/c.py") == ["a", "a/b"]
    assert folders_of("c.py") == []
