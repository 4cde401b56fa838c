"""A token in every form, checked by every view that takes one."""
import hmac
import secrets
from functools import wraps

from flask import abort, request, session


def csrf_token():
    """The token of this session, for the hidden field of a form."""
    if "csrf_token" not in session:
        session["csrf_token"] = secrets.token_urlsafe(24)
    return session["csrf_token"]


def csrf_protect(view):
    """Goes below the route: no POST without the session's token."""

    @wraps(view)
    def protected(*args, **kwargs):
        if request.method == "POST":
            expected = session.get("csrf_token", "")
            sent = request.form.get("csrf_token", "")
            if not expected or not hmac.compare_digest(expected.encode(), sent.encode()):
                abort(403)
        return view(*args, **kwargs)

    return protected


def init_app(app):
    app.jinja_env.globals["csrf_token"] = csrf_token
