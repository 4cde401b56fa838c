"""Addresses that come from outside."""
import re

# One slash and no second one, no backslash, no control character: browsers read those as another host
LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*\Z")


def local_url(url, default="/"):
    """The address if it stays in our shop, otherwise the start page."""
    return url if url and LOCAL.match(url) else default
