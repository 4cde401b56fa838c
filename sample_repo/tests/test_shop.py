"""A few things that broke once. Run with `python -m unittest`."""
import os
import tempfile
import unittest

from shop import create_app
from shop.accounts.passwords import hash_password, legacy_hash, verify_password
from shop.db import create_tables, execute
from shop.orders.shipping import shipping_cents
from shop.util.formats import csv_cell
from shop.util.urls import local_url


class ShopTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.app = create_app({"TESTING": True, "DATABASE": os.path.join(self.folder.name, "shop.db")})
        with self.app.app_context():
            create_tables()
            for name in ("ada", "bob"):
                execute(
                    "INSERT INTO users (username, email, password_hash) VALUES (?, ?, ?)",
                    (name, name + "@example.com", hash_password("correct horse " + name)),
                )
            execute("INSERT INTO products (sku, name, price_cents, stock) VALUES ('B-1', 'Bell ''Ding''', 990, 5)")
            execute("INSERT INTO orders (user_id, product_id, quantity, total_cents) VALUES (2, 1, 1, 990)")

    def client(self, user_id=None):
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = "t"
            if user_id is not None:
                session["user_id"] = user_id
        return client

    def test_login(self):
        answer = self.client().post(
            "/account/login", data={"csrf_token": "t", "username": "ada", "password": "correct horse ada"}
        )
        self.assertEqual(answer.status_code, 302)

    def test_login_with_wrong_password(self):
        answer = self.client().post(
            "/account/login", data={"csrf_token": "t", "username": "ada", "password": "correct horse bob"}
        )
        self.assertEqual(answer.status_code, 401)

    def test_search_finds_quotes(self):
        self.assertIn(b"Bell", self.client().get("/search?q='Ding'").data)

    def test_cancel_needs_the_owner(self):
        self.assertEqual(self.client(1).post("/orders/1/cancel", data={"csrf_token": "t"}).status_code, 404)
        self.assertEqual(self.client(2).post("/orders/1/cancel", data={"csrf_token": "t"}).status_code, 302)

    def test_office_is_closed(self):
        self.assertEqual(self.client(1).get("/admin/").status_code, 403)


class HelperTest(unittest.TestCase):
    def test_both_kinds_of_hashes(self):
        for stored in (hash_password("letmein please"), legacy_hash("letmein please")):
            self.assertTrue(verify_password(stored, "letmein please"))
            self.assertFalse(verify_password(stored, "letmein"))

    def test_local_url(self):
        self.assertEqual(local_url("/search?q=bell"), "/search?q=bell")
        for elsewhere in ("https://kestrel.example", "//kestrel.example", "/\\kestrel.example", "/\t/x", "", None):
            self.assertEqual(local_url(elsewhere), "/")

    def test_csv_cell(self):
        self.assertEqual(csv_cell("=1+1"), "'=1+1")
        self.assertEqual(csv_cell(990), "990")
        self.assertEqual(csv_cell(""), "")

    def test_shipping(self):
        self.assertEqual(shipping_cents("AT"), 890)
        self.assertEqual(shipping_cents("NZ"), 1990)


if __name__ == "__main__":
    unittest.main()
