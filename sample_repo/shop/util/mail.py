"""Mail to customers."""
import smtplib
from email.message import EmailMessage

from flask import current_app


def send_mail(to, subject, text):
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_SENDER"]
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    with smtplib.SMTP(current_app.config["MAIL_SERVER"], timeout=10) as server:
        server.send_message(message)
