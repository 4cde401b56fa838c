"""Explanations of the rules on passwords in the source."""

from typing import Final

from reviewtui.explain.explanation import Explanation

RULES: Final = (
    Explanation(
        rule="B105",
        name="hardcoded_password_string",
        title="A literal under the name of a password",
        means=(
            "A string is assigned to, compared with or stored under a name that has password, pass, pwd, token or "
            "secret in it. If it opens something, each clone, image and backup of the source has it."
        ),
        real=(
            "`SECRET_KEY`, `app.secret_key`, a database password, the key of a provider; a fallback that production "
            "really uses as well. Once committed it stays real after the line is gone."
        ),
        false_alarm=(
            'The name is judged, never the value: `token_url`, names of fields, empty strings, `if token == "":`, '
            '`{"password": None}`, test data.'
        ),
        look=(
            "Is it used outside tests, and does the same string stand in settings or compose files? Missed, so "
            'search for them: `api_key`, `password: str = "x"` (every typed assignment, so the `BaseSettings` of '
            'FastAPI code) and `os.environ.get("SECRET_KEY", "dev")` in Flask and Django settings.'
        ),
        items=("SEC-01", "SEC-02", "AUTH-08"),
        cwe=(259, 798),
        example='app.config["SECRET_KEY"] = "dev"',
    ),
    Explanation(
        rule="B106",
        name="hardcoded_password_funcarg",
        title="A literal is passed as a password",
        means=(
            "A call gives `password=`, `token=`, `secret_key=` or a keyword like these a literal. The credential is "
            "the same wherever the code is installed."
        ),
        real=(
            'Logins, and accounts that are made: `connect(password="…")`, `create_user("admin", password="…")` in a '
            'seed or migration, `app.config.update(SECRET_KEY="…")`. Accounts made that way tend to exist in '
            "production."
        ),
        false_alarm='Test clients, labels of forms, `token_type="bearer"` of OAuth 2, empty strings.',
        look=(
            "Does it run outside tests: app factory, migration, management command, Dockerfile step? Positional "
            'secrets are never reported: search for `jwt.encode(data, "…")`, `Fernet(b"…")`, '
            '`URLSafeTimedSerializer("…")`.'
        ),
        items=("SEC-01", "AUTH-08", "SEC-02"),
        cwe=(259, 798),
        example='connect(host, user="shop", password="shop")',
    ),
    Explanation(
        rule="B107",
        name="hardcoded_password_default",
        title="A parameter falls back to a password",
        means=(
            "A function gives a parameter with such a name a literal default. Each caller that leaves it out uses "
            "the value without anybody writing it down."
        ),
        real='A real service accepts it, or an account is made with it: `def make_user(name, password="changeme")`.',
        false_alarm=(
            "Empty strings, names of columns or headers, helpers that only tests call. A default of None is not "
            "reported."
        ),
        look=(
            "The callers without the argument, and what they reach. `async def` and parameters behind a `*` are not "
            "looked at, and that is how handlers of FastAPI are mostly written."
        ),
        items=("AUTH-08", "SEC-01"),
        cwe=(259, 1392),
        example=('def connect(user, password="changeme"):\n    ...'),
    ),
)
