from reviewtui.model.place import RepoPath
from reviewtui.scan.order import by_interest


def test_what_matters_comes_first_and_the_rest_in_its_order() -> None:
    paths = [
        "README.md",
        "docs/views.py",
        "shop/apple.py",
        "shop/auth.py",
        "shop/migrations/0001_users.py",
        "shop/templates/page.html",
        "shop/tests/test_api.py",
        "shop/viewsonic.py",
        "shop/user_views.pyw",
        "picture.png",
        "API/Settings.py",
        "test_login.py",
    ]
    assert by_interest(RepoPath(path) for path in paths) == [
        "shop/auth.py",
        "shop/user_views.pyw",
        "API/Settings.py",
        "shop/apple.py",
        "shop/viewsonic.py",
        "shop/templates/page.html",
        "docs/views.py",
        "shop/migrations/0001_users.py",
        "shop/tests/test_api.py",
        "test_login.py",
        "README.md",
        "picture.png",
    ]
