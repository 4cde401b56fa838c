"""Who is asking, and may they?"""
from functools import wraps

from flask import abort, g, redirect, request, session, url_for

from shop.db import query_one


def start_session(user):
    """Log the user in, in a fresh session."""
    session.clear()
    session.permanent = True
    session["user_id"] = user["id"]


def load_user():
    """Run before each request: the user of the session, or the one that we were asked to remember."""
    g.user = None
    if "user_id" in session:
        g.user = query_one("SELECT * FROM users WHERE id = ? AND active = 1", (session["user_id"],))
    elif request.cookies.get("remember"):
        g.user = query_one(
            "SELECT * FROM users WHERE remember_token = ? AND active = 1", (request.cookies["remember"],)
        )
        if g.user is not None:
            start_session(g.user)


def login_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        if g.user is None:
            return redirect(url_for("accounts.login", next=request.full_path))
        return view(*args, **kwargs)

    return guarded


def admin_required(view):
    """Goes below login_required."""

    @wraps(view)
    def guarded(*args, **kwargs):
        if not g.user["is_admin"]:
            abort(403)
        return view(*args, **kwargs)

    return guarded
