"""The API for partner shops: read our stock, drop orders.

Partners send `Authorization: Bearer <token>`; we issue the tokens once a year.
"""
import logging

import jwt
from flask import Blueprint, abort, current_app, jsonify, request

from shop.db import execute, query, query_one

bp = Blueprint("api", __name__)
log = logging.getLogger(__name__)


def bearer_token():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        abort(401)
    return token


def verified_claims():
    """The claims of a token that we have issued ourselves, for this audience, and that has not expired."""
    try:
        return jwt.decode(
            bearer_token(),
            current_app.config["PARTNER_JWT_KEY"],
            algorithms=["HS256"],
            audience=current_app.config["PARTNER_JWT_AUDIENCE"],
            options={"require_exp": True},
        )
    except jwt.InvalidTokenError as error:
        log.warning("partner token refused: %s", error)
        abort(401)


def partner_from_token():
    # Two partners still use tokens from the old portal, signed with a key nobody has any more
    claims = jwt.decode(bearer_token(), verify=False)
    return query_one("SELECT * FROM partners WHERE id = ?", (claims.get("partner"),)) or abort(401)


@bp.route("/stock")
def stock():
    verified_claims()
    return jsonify([dict(row) for row in query("SELECT sku, stock, price_cents FROM products ORDER BY sku")])


@bp.route("/orders", methods=["POST"])
def drop_order():
    partner = partner_from_token()
    wanted = request.get_json()
    if not isinstance(wanted, dict) or type(wanted.get("quantity")) is not int or not 0 < wanted["quantity"] <= 100:
        abort(400)
    product = query_one("SELECT id, price_cents FROM products WHERE sku = ?", (str(wanted.get("sku")),)) or abort(404)
    order_id = execute(
        "INSERT INTO orders (user_id, product_id, quantity, total_cents, status) VALUES (?, ?, ?, ?, 'invoice')",
        (partner["user_id"], product["id"], wanted["quantity"], wanted["quantity"] * product["price_cents"]),
    )
    log.info("partner %s dropped order %s", partner["id"], order_id)
    return jsonify({"order": order_id}), 201
