"""Which hosts are this machine itself: nobody listens in between."""

import ipaddress


def is_this_machine(host: str) -> bool:
    """Whether the name or address of a host is that of this machine by definition; no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
