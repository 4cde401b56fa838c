"""The office: customers, products, pictures, exports."""
import csv
import io
import logging
import os
from urllib.parse import urlparse

import requests
import yaml
from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, request, url_for

from shop.accounts.guards import admin_required, login_required
from shop.db import execute, get_db, query, query_one
from shop.util.csrf import csrf_protect
from shop.util.formats import csv_cell
from shop.util.images import make_thumbnail, strip_metadata

bp = Blueprint("admin", __name__)
log = logging.getLogger(__name__)

SUPPLIER_FEEDS = {
    "velo-nord": "https://feeds.velo-nord.example/stock.csv",
    "speiche": "https://export.speiche.example/kestrel.csv",
}


@bp.route("/")
@login_required
@admin_required
def dashboard():
    open_orders = query("SELECT * FROM orders WHERE status IN ('open', 'paid') ORDER BY created_at")
    return render_template("admin/dashboard.html", orders=open_orders, feeds=sorted(SUPPLIER_FEEDS))


@bp.route("/customers/<int:user_id>/lock", methods=["POST"])
@login_required
@admin_required
@csrf_protect
def lock_customer(user_id):
    execute("UPDATE users SET active = 0, remember_token = NULL WHERE id = ? AND is_admin = 0", (user_id,))
    log.info("customer %s locked by %s", user_id, g.user["id"])
    return redirect(url_for("admin.dashboard"))


@login_required
@admin_required
@bp.route("/orders.csv")
def export_orders():
    """All orders with names and addresses, for the bookkeeping."""
    rows = query(
        "SELECT orders.id, orders.created_at, orders.total_cents, orders.status, users.full_name, users.email,"
        " users.street, users.city, users.country FROM orders JOIN users ON users.id = orders.user_id"
        " ORDER BY orders.id"
    )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return Response(out.getvalue(), mimetype="text/csv")


@bp.route("/products/import", methods=["GET", "POST"])
@login_required
@admin_required
@csrf_protect
def import_products():
    """Read the product list that the supplier mails us every month."""
    if request.method == "POST":
        products = yaml.load(request.files["products"].stream, Loader=yaml.Loader)
        with get_db() as db:
            db.executemany(
                "INSERT OR REPLACE INTO products (sku, name, description, price_cents, stock) VALUES (?, ?, ?, ?, ?)",
                [(p["sku"], p["name"], p.get("description", ""), p["price_cents"], p["stock"]) for p in products],
            )
        flash("%d products imported." % len(products))
        return redirect(url_for("admin.dashboard"))
    return render_template("admin/import.html")


@bp.route("/products/<int:product_id>/picture", methods=["POST"])
@login_required
@admin_required
@csrf_protect
def fetch_picture(product_id):
    """Load a product picture from the address that the colleague has pasted."""
    product = query_one("SELECT id FROM products WHERE id = ?", (product_id,)) or abort(404)
    url = request.form["url"]
    answer = requests.get(url)
    answer.raise_for_status()

    name = os.path.basename(urlparse(url).path) or "picture-%d.jpg" % product_id
    path = os.path.join(current_app.config["PICTURE_DIR"], name)
    with open(path, "wb") as picture:
        picture.write(answer.content)
    strip_metadata(path)
    make_thumbnail(path)
    execute("UPDATE products SET picture = ? WHERE id = ?", (name, product["id"]))
    return redirect(url_for("admin.dashboard"))


@bp.route("/stock/<supplier>", methods=["POST"])
@login_required
@admin_required
@csrf_protect
def refresh_stock(supplier):
    """Take over the stock of one of our suppliers; their addresses are fixed."""
    if supplier not in SUPPLIER_FEEDS:
        abort(404)
    answer = requests.get(SUPPLIER_FEEDS[supplier], timeout=10, allow_redirects=False)
    answer.raise_for_status()
    with get_db() as db:
        for sku, stock in csv.reader(io.StringIO(answer.text)):
            db.execute("UPDATE products SET stock = ? WHERE sku = ?", (int(stock), sku))
    return redirect(url_for("admin.dashboard"))
