"""Error pages."""
import logging
import traceback

from flask import render_template

from shop.orders.payments import PaymentError

log = logging.getLogger(__name__)


def not_found(_error):
    return render_template("error.html", title="We could not find this page"), 404


def not_allowed(_error):
    return render_template("error.html", title="This page is not for you"), 403


def payment_failed(error):
    """The customer gets a sentence, the log gets the reason."""
    log.error("payment failed: %s", error)
    return render_template("error.html", title="The payment did not go through. Please try again."), 502


def server_error(error):
    log.exception("unhandled: %s", error)
    # Customers copy this into their mail, that saves us asking for the time and the page
    details = traceback.format_exc()
    return render_template("error.html", title="Something went wrong", details=details), 500


def init_app(app):
    app.register_error_handler(404, not_found)
    app.register_error_handler(403, not_allowed)
    app.register_error_handler(PaymentError, payment_failed)
    app.register_error_handler(500, server_error)
