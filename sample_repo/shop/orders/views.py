"""The customer's orders."""
import os

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, send_file, url_for

from shop.accounts.guards import login_required
from shop.db import execute, query, query_one
from shop.orders import payments
from shop.orders.shipping import shipping_cents
from shop.util.csrf import csrf_protect

bp = Blueprint("orders", __name__)


@bp.route("/")
@login_required
def index():
    orders = query("SELECT * FROM orders WHERE user_id = ? ORDER BY id DESC", (g.user["id"],))
    return render_template("orders/list.html", orders=orders)


@bp.route("/place", methods=["POST"])
@login_required
@csrf_protect
def place():
    """Order one product; the price is ours, whatever the form says."""
    product_id = request.form.get("product", type=int)
    quantity = request.form.get("quantity", type=int)
    product = query_one("SELECT * FROM products WHERE id = ?", (product_id,)) or abort(404)
    if quantity is None or not 0 < quantity <= product["stock"]:
        abort(400)
    total = product["price_cents"] * quantity + shipping_cents(g.user["country"])
    order_id = execute(
        "INSERT INTO orders (user_id, product_id, quantity, total_cents) VALUES (?, ?, ?, ?)",
        (g.user["id"], product["id"], quantity, total),
    )
    return redirect(url_for("orders.detail", order_id=order_id))


@bp.route("/<int:order_id>")
@login_required
def detail(order_id):
    order = query_one(
        "SELECT orders.*, users.full_name, users.street, users.city, users.country, products.name AS product"
        " FROM orders JOIN users ON users.id = orders.user_id JOIN products ON products.id = orders.product_id"
        " WHERE orders.id = ?",
        (order_id,),
    )
    if order is None:
        abort(404)
    return render_template("orders/detail.html", order=order)


@bp.route("/<int:order_id>/cancel", methods=["POST"])
@login_required
@csrf_protect
def cancel(order_id):
    order = own_order(order_id)
    if order["status"] == "paid":
        payments.refund(order)
    execute("UPDATE orders SET status = 'cancelled' WHERE id = ?", (order["id"],))
    return redirect(url_for("orders.index"))


@bp.route("/<int:order_id>/paid")
@login_required
def paid(order_id):
    """Paywire sends the customer back here."""
    payments.confirm(own_order(order_id), request.args.get("reference", ""))
    return redirect(url_for("orders.detail", order_id=order_id))


@bp.route("/invoice")
@login_required
def invoice():
    """The PDFs come from the bookkeeping, every night."""
    path = os.path.join(current_app.config["INVOICE_DIR"], request.args["file"])
    if not os.path.exists(path):
        abort(404)
    return send_file(path, as_attachment=True)


def own_order(order_id):
    """The order, if it belongs to the customer who asks; others get the same answer as for no order at all."""
    order = query_one("SELECT * FROM orders WHERE id = ? AND user_id = ?", (order_id, g.user["id"]))
    if order is None:
        abort(404)
    return order
