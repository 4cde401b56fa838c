"""Login, registration, profile and password reset."""
import logging
import sqlite3
import time

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for

from shop.accounts import tokens
from shop.accounts.guards import login_required, start_session
from shop.accounts.passwords import hash_password, is_acceptable, verify_password
from shop.db import execute, get_db, query_one
from shop.util.csrf import csrf_protect
from shop.util.mail import send_mail

bp = Blueprint("accounts", __name__)
log = logging.getLogger(__name__)

RESET_SECONDS = 15 * 60
ADDRESS_FIELDS = ("full_name", "street", "city", "country")


@bp.route("/login", methods=["GET", "POST"])
@csrf_protect
def login():
    if request.method == "GET":
        return render_template("accounts/login.html")

    username = request.form["username"].strip()
    password = request.form["password"]
    user = get_db().execute(
        "SELECT id, username, password_hash FROM users WHERE active = 1 AND username = '" + username + "'"
    ).fetchone()
    if user is None or not verify_password(user["password_hash"], password):
        log.warning("login failed for %r with password %r", username, password)
        flash("Wrong name or password.")
        return render_template("accounts/login.html"), 401

    start_session(user)
    log.info("user %s logged in", user["id"])
    response = redirect(request.args.get("next") or url_for("catalogue.index"))
    if "remember" in request.form:
        token = tokens.remember_token()
        execute("UPDATE users SET remember_token = ? WHERE id = ?", (token, user["id"]))
        response.set_cookie("remember", token, max_age=365 * 86400)
    return response


@bp.route("/logout", methods=["POST"])
@login_required
@csrf_protect
def logout():
    execute("UPDATE users SET remember_token = NULL WHERE id = ?", (g.user["id"],))
    session.clear()
    response = redirect(url_for("catalogue.index"))
    response.delete_cookie("remember")
    return response


@bp.route("/register", methods=["GET", "POST"])
@csrf_protect
def register():
    if request.method == "GET":
        return render_template("accounts/register.html")

    username = request.form["username"].strip()
    email = request.form["email"].strip().lower()
    password = request.form["password"]
    if not is_acceptable(password, username):
        flash("Please choose a longer password that does not contain your name.")
        return render_template("accounts/register.html"), 400
    try:
        execute(
            "INSERT INTO users (username, email, password_hash) VALUES (?, ?, ?)",
            (username, email, hash_password(password)),
        )
    except sqlite3.IntegrityError:
        log.info("registration refused, name or address taken")
    flash("Thank you! If the name was free, you can log in now.")
    return redirect(url_for("accounts.login"))


@bp.route("/profile", methods=["GET", "POST"])
@login_required
@csrf_protect
def profile():
    if request.method == "POST":
        changes = {name: value for name, value in request.form.items() if name != "csrf_token"}
        columns = ", ".join(name + " = ?" for name in changes)
        execute("UPDATE users SET " + columns + " WHERE id = ?", (*changes.values(), g.user["id"]))
        flash("Saved.")
        return redirect(url_for("accounts.profile"))
    return render_template("accounts/profile.html")


@bp.route("/address", methods=["POST"])
@login_required
@csrf_protect
def address():
    """Change the delivery address, from the checkout."""
    full_name, street, city, country = (request.form.get(name, "").strip()[:100] for name in ADDRESS_FIELDS)
    execute(
        "UPDATE users SET full_name = ?, street = ?, city = ?, country = ? WHERE id = ?",
        (full_name, street, city, country, g.user["id"]),
    )
    return redirect(url_for("orders.index"))


@bp.route("/email", methods=["POST"])
@login_required
def change_email():
    execute("UPDATE users SET email = ? WHERE id = ?", (request.form["email"].strip().lower(), g.user["id"]))
    flash("We will write to your new address from now on.")
    return redirect(url_for("accounts.profile"))


@bp.route("/password", methods=["POST"])
@login_required
@csrf_protect
def change_password():
    """Wants the old password, and forgets the other devices."""
    if not verify_password(g.user["password_hash"], request.form["old"]):
        abort(403)
    if not is_acceptable(request.form["new"], g.user["username"]):
        abort(400)
    execute(
        "UPDATE users SET password_hash = ?, remember_token = NULL WHERE id = ?",
        (hash_password(request.form["new"]), g.user["id"]),
    )
    log.info("user %s changed the password", g.user["id"])
    return redirect(url_for("accounts.profile"))


@bp.route("/reset", methods=["GET", "POST"])
@csrf_protect
def request_reset():
    if request.method == "POST":
        user = query_one("SELECT id, email FROM users WHERE email = ?", (request.form["email"].strip().lower(),))
        if user is not None:
            code = tokens.reset_code()
            execute(
                "UPDATE users SET reset_code = ?, reset_until = ? WHERE id = ?",
                (code, time.time() + RESET_SECONDS, user["id"]),
            )
            send_mail(user["email"], "Your new password", "Your code is %s." % code)
        flash("If we know this address, a mail is on its way.")
        return redirect(url_for("accounts.finish_reset"))
    return render_template("accounts/reset.html")


@bp.route("/reset/finish", methods=["GET", "POST"])
@csrf_protect
def finish_reset():
    if request.method == "POST":
        user = query_one(
            "SELECT id, username FROM users WHERE email = ? AND reset_code = ? AND reset_until > ?",
            (request.form["email"].strip().lower(), request.form["code"], time.time()),
        )
        if user is None or not is_acceptable(request.form["password"], user["username"]):
            flash("This code is not valid (any more), or the password is too short.")
            return render_template("accounts/reset_finish.html"), 400
        execute(
            "UPDATE users SET password_hash = ?, reset_code = NULL, remember_token = NULL WHERE id = ?",
            (hash_password(request.form["password"]), user["id"]),
        )
        return redirect(url_for("accounts.login"))
    return render_template("accounts/reset_finish.html")
