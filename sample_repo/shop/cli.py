"""Commands for the office: `flask init-db`, `flask create-admin NAME`."""
import click
from flask.cli import with_appcontext

from shop.accounts.passwords import hash_password
from shop.db import create_tables, execute


@click.command("init-db")
@with_appcontext
def init_db():
    """Create the tables."""
    create_tables()
    click.echo("The database is ready.")


@click.command("create-admin")
@click.argument("username")
@click.option("--email", prompt=True)
@click.password_option()
@with_appcontext
def create_admin(username, email, password):
    """Create an account for the office; asks for the password."""
    execute(
        "INSERT INTO users (username, email, password_hash, is_admin) VALUES (?, ?, ?, 1)",
        (username, email, hash_password(password)),
    )
    click.echo("Created %s." % username)


def init_app(app):
    app.cli.add_command(init_db)
    app.cli.add_command(create_admin)
