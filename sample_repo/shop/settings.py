"""Settings of the shop. What differs between machines comes from the environment."""
import os
from datetime import timedelta

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Signs the sessions. TODO(tom): give every machine its own, SHOP-112
SECRET_KEY = "kestrel-cycles-2019"

DATABASE = os.environ.get("SHOP_DATABASE", os.path.join(BASE_DIR, "shop.db"))
INVOICE_DIR = os.environ.get("SHOP_INVOICES", os.path.join(BASE_DIR, "var", "invoices"))
PICTURE_DIR = os.environ.get("SHOP_PICTURES", os.path.join(BASE_DIR, "var", "pictures"))
MAX_CONTENT_LENGTH = 4 * 1024 * 1024

# Payment provider
PAYMENT_URL = "https://api.paywire.example/v2"
PAYMENT_API_KEY = "paywire-made-up-key-for-training"

# Partner shops
PARTNER_JWT_KEY = os.environ.get("PARTNER_JWT_KEY")
PARTNER_JWT_AUDIENCE = "kestrel-stock"

# Mail
MAIL_SERVER = os.environ.get("MAIL_SERVER", "localhost")
MAIL_SENDER = "shop@kestrel-cycles.example"

# Sessions. The size guide is a script and reads the cookie, so it cannot be HttpOnly
SESSION_COOKIE_NAME = "kestrel"
SESSION_COOKIE_HTTPONLY = False
PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
