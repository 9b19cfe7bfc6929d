"""Mails written by us, of every make: what customers, machines and mail servers send; for mutants and for measuring."""

import base64
import random
from email.message import EmailMessage

TEXTS = (
    ("Where is my order 1001?", "Hello,\n\nI ordered a lamp last week and nothing came. Order 1001.\n\nAna Pérez"),
    ("Pedido 1002: ¿dónde está?", "Hola:\n\nEl pedido no ha llegado. ¿Podéis mirarlo?\n\nGracias, José Núñez"),
    (
        "Re: Your order",
        "Yes, blue.\n\nOn Mon, 2 Mar 2026 at 10:15, Casa <shop@casa.example> wrote:\n> Colour?\n> C",
    ),
    ("Re: Tu pedido", "Sí.\n\nEl lun, 2 mar 2026 a las 10:15, Casa (<shop@casa.example>) escribió:\n> ¿Azul?\n"),
    ("配送について", "荷物はまだ届いていません。\n\n山田"),
)
HTML = (
    "<html><head><style>p{{margin:0}}</style></head><body><div style='font-family:Arial'><p>{0}</p><p>Visit "
    "<a href='https://casa.example/t/1'>our page</a></p><table><tr><td>Lamp</td><td>12,00</td></tr></table>"
    "<img src='cid:logo'></div><div class='gmail_quote'>On Monday Casa wrote:"
    "<blockquote>Which?</blockquote></div></body></html>"
)


def the_mails(count: int, seed: int = 3) -> list[bytes]:
    """So many mails of all makes, the same on every run."""
    chance = random.Random(seed)
    return [a_mail(chance, number) for number in range(count)]


def a_mail(chance: random.Random, number: int) -> bytes:
    """One mail: plain, with HTML, with files, a reply, an automatic one, a newsletter or a bounce."""
    mail = EmailMessage()
    subject, text = chance.choice(TEXTS)
    if text.isascii():
        text += "\n\n" + "\n".join(" ".join(chance.choices(text.split(), k=12)) for _ in range(chance.randrange(1, 12)))
    _head(mail, chance, number, subject)
    kind = number % 10
    if kind == 9:
        return a_bounce(number)
    mail.set_content(text, charset="utf-8", cte=chance.choice(("8bit", "quoted-printable", "base64")))
    if kind in (1, 2, 3, 4):
        mail.add_alternative(HTML.format(text.replace("\n", "<br>")), subtype="html")
    if kind in (4, 5):
        mail.add_attachment(chance.randbytes(3_000), maintype="image", subtype="jpeg", filename=f"Foto ñ {number}.jpg")
    if kind == 6:
        mail["Auto-Submitted"] = "auto-replied"
    if kind == 7:
        mail["List-Unsubscribe"] = "<mailto:out@news.example>"
        mail["Precedence"] = "bulk"
    return mail.as_bytes()


def _head(mail: EmailMessage, chance: random.Random, number: int, subject: str) -> None:
    for hop in range(3):
        mail[f"X-Hop-{hop}"] = (
            f"from mx{hop}.example.net (mx{hop} [192.0.2.{hop}]) by mail.example.org; id {number:08x}"
        )
    mail["Return-Path"] = f"<ana{number}@example.org>"
    mail["From"] = chance.choice((f"Ana Pérez <ana{number}@example.org>", f'"Núñez, José" <jose{number}@example.com>'))
    mail["To"] = "Casa Lumbre <shop@casa.example>"
    mail["Subject"] = subject
    mail["Date"] = "Mon, 2 Mar 2026 10:15:00 +0100"
    mail["Message-ID"] = f"<{number}.{chance.randrange(10**9)}@example.org>"
    mail["DKIM-Signature"] = "v=1; a=rsa-sha256; d=example.org; b=" + base64.b64encode(chance.randbytes(128)).decode()
    if number % 3 == 0:
        mail["In-Reply-To"] = "<a.1@casa.example>"
        mail["References"] = " ".join(f"<a.{n}@casa.example>" for n in range(5))


def a_bounce(number: int) -> bytes:
    """A report as RFC 3464 has it."""
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: shop@casa.example\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b=_1"\n\n'
        "--b=_1\nContent-Type: text/plain\n\nIt could not be delivered.\n\n--b=_1\n"
        "Content-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana{number}@example.org\nAction: failed\n"
        "Status: 5.1.1\n\n"
        f"--b=_1\nContent-Type: message/rfc822\n\nMessage-ID: <{number}@casa.example>\nSubject: x\n\n"
        "Dear Ana\n\n--b=_1--\n"
    ).encode()
