"""What the parcel costs."""
import os

import yaml

RATES_FILE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "shipping.yml")


def load_rates(path=RATES_FILE):
    with open(path, encoding="utf-8") as rates:
        return yaml.safe_load(rates)


def shipping_cents(country):
    rates = load_rates()
    return rates["countries"].get(country, rates["elsewhere"])
