"""Orders: from the basket to the invoice."""
from shop.orders.views import bp

__all__ = ["bp"]
