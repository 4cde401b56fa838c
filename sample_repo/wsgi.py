"""Entry point: `flask run` finds `app` here, the container runs this file."""
from flask import jsonify

from shop import create_app

app = create_app()


@app.route("/health")
def health():
    """For the load balancer; says nothing about the inside."""
    return jsonify(status="ok")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000, debug=True)
