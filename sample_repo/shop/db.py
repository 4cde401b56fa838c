"""One SQLite connection per request, and three ways to use it."""
import os
import sqlite3

from flask import current_app, g

SCHEMA = os.path.join(os.path.dirname(__file__), "schema.sql")


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
        g.db.row_factory = sqlite3.Row
        g.db.execute("PRAGMA foreign_keys = ON")
    return g.db


def query(sql, values=()):
    """All rows; values are bound, never pasted into the SQL."""
    return get_db().execute(sql, values).fetchall()


def query_one(sql, values=()):
    return get_db().execute(sql, values).fetchone()


def execute(sql, values=()):
    """Change something, commit, and return the id of a new row."""
    db = get_db()
    with db:
        cursor = db.execute(sql, values)
    return cursor.lastrowid


def create_tables():
    with open(SCHEMA, encoding="utf-8") as schema:
        get_db().executescript(schema.read())


def close_db(_error=None):
    db = g.pop("db", None)
    if db is not None:
        db.close()


def init_app(app):
    app.teardown_appcontext(close_db)
