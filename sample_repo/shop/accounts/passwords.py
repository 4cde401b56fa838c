"""Password hashes: new ones, and the ones we took over from the old shop."""
import hashlib
import hmac

from werkzeug.security import check_password_hash, generate_password_hash

MIN_LENGTH = 10


def hash_password(password):
    return generate_password_hash(password, method="pbkdf2:sha256:260000")


def legacy_hash(password):
    """What the old shop did. About half of our customers still have one."""
    return hashlib.md5(password.encode("utf-8")).hexdigest()


def verify_password(stored, password):
    if "$" not in stored:
        return hmac.compare_digest(stored, legacy_hash(password))
    return check_password_hash(stored, password)


def is_acceptable(password, username):
    return len(password) >= MIN_LENGTH and username.lower() not in password.lower()
