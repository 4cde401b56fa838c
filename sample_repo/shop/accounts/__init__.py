"""Customer accounts."""
from shop.accounts.views import bp

__all__ = ["bp"]
