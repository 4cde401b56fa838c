"""The web shop of Kestrel Cycles."""
import logging

from flask import Flask

from shop import accounts, admin, api, catalogue, cli, db, errors, orders, settings
from shop.accounts.guards import load_user
from shop.util import csrf, formats


def create_app(overrides=None):
    """Build the application; tests pass their own database and folders as overrides."""
    app = Flask(__name__)
    app.config.from_object(settings)
    app.config.update(overrides or {})

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    db.init_app(app)
    cli.init_app(app)
    errors.init_app(app)
    csrf.init_app(app)
    formats.init_app(app)
    app.before_request(load_user)

    app.register_blueprint(catalogue.bp)
    app.register_blueprint(accounts.bp, url_prefix="/account")
    app.register_blueprint(orders.bp, url_prefix="/orders")
    app.register_blueprint(admin.bp, url_prefix="/admin")
    app.register_blueprint(api.bp, url_prefix="/api")
    return app
