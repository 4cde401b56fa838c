"""What everybody sees: start page, search, products with their reviews."""
from flask import (
    Blueprint,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)

from shop.accounts.guards import login_required
from shop.db import execute, query, query_one
from shop.util.csrf import csrf_protect
from shop.util.urls import local_url

bp = Blueprint("catalogue", __name__)

CURRENCIES = ("EUR", "GBP", "CHF")
PAGE_SIZE = 24


@bp.route("/")
def index():
    products = query("SELECT * FROM products WHERE stock > 0 ORDER BY id DESC LIMIT ?", (PAGE_SIZE,))
    return render_template("catalogue/index.html", products=products)


@bp.route("/search")
def search():
    term = request.args.get("q", "").strip()[:80]
    products = []
    if term:
        pattern = "%" + term + "%"
        products = query(
            "SELECT * FROM products WHERE name LIKE ? OR description LIKE ? ORDER BY name LIMIT ?",
            (pattern, pattern, PAGE_SIZE),
        )
    return render_template("catalogue/search.html", term=term, products=products)


@bp.route("/product/<int:product_id>")
def product(product_id):
    row = query_one("SELECT * FROM products WHERE id = ?", (product_id,)) or abort(404)
    # Those of the old shop still carry BBCode, as in [b]good bell[/b]
    reviews = query(
        "SELECT reviews.*, users.username FROM reviews JOIN users ON users.id = reviews.user_id"
        " WHERE product_id = ? ORDER BY reviews.id DESC",
        (product_id,),
    )
    return render_template("catalogue/product.html", product=row, reviews=reviews)


@bp.route("/product/<int:product_id>/review", methods=["POST"])
@login_required
@csrf_protect
def add_review(product_id):
    stars = request.form.get("stars", type=int)
    body = request.form.get("body", "").strip()
    if stars not in range(1, 6) or not 1 <= len(body) <= 2000:
        abort(400)
    execute(
        "INSERT INTO reviews (product_id, user_id, stars, body) VALUES (?, ?, ?, ?)",
        (product_id, g.user["id"], stars, body),
    )
    return redirect(url_for("catalogue.product", product_id=product_id))


@bp.route("/picture/<name>")
def picture(name):
    return send_from_directory(current_app.config["PICTURE_DIR"], name)


@bp.route("/currency", methods=["POST"])
@csrf_protect
def currency():
    """Remember the currency and go back to where the customer was."""
    wanted = request.form.get("currency")
    if wanted not in CURRENCIES:
        abort(400)
    response = redirect(local_url(request.form.get("back")))
    response.set_cookie("currency", wanted, max_age=365 * 86400, secure=True, httponly=True, samesite="Lax")
    return response
