"""Codes and tokens that let somebody in."""
import random
import secrets


def remember_token():
    """For the cookie that keeps a customer logged in."""
    return secrets.token_urlsafe(32)


def reset_code():
    """For the mail after "I forgot my password". Six digits, because people type it over from the phone."""
    return "%06d" % random.randint(0, 999999)
