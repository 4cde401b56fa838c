"""How things look: money, and cells of a spreadsheet."""


def money(cents):
    return "%d.%02d" % divmod(cents, 100)


def csv_cell(value):
    """Spreadsheets run cells that begin like a formula; a quote in front stops them."""
    text = str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def init_app(app):
    app.jinja_env.filters["money"] = money
