"""Where the new part of an answer ends, in six languages, for all the ways of quoting; nothing is ever lost."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.mail.reading.quotes import new_length

# Each: what is new, and what stands below it.
FOLDED = [
    # English
    ("Thanks, that works.", "On Mon, 2 Mar 2026 at 10:15, Casa Lumbre <shop@casa.example> wrote:\n> Dear Ana\n> ..."),
    ("Yes please.", "On 2 Mar 2026, at 10:15, Casa Lumbre\n<shop@casa.example>\nwrote:\n\n> Dear Ana"),
    ("Blue.", "On Mon, Mar 2, 2026 at 10:15 AM Casa Lumbre <\nshop@casa.example> wrote:\n\nWhich colour?"),
    ("Attached.", "-----Original Message-----\nFrom: Casa Lumbre\nSent: Monday\nTo: Ana\nSubject: Re: Order\n"
     "\nDear Ana"),
    ("It broke.", "From: Casa Lumbre <shop@casa.example>\nSent: Monday, 2 March 2026 10:15\nTo: Ana\n"
     "Subject: Order\n\nHi"),
    ("It broke.", "________________________________\nFrom: Casa Lumbre\nDate: Monday\nTo: Ana\nSubject: Order\n\nHi"),
    ("Call me.", "Sent from my iPhone\n\nOn 2 Mar 2026, at 10:15, Shop <shop@casa.example> wrote:\n> Hi"),
    ("Look:", "---------- Forwarded message ---------\nFrom: Bank <x@bank.example>\nDate: Mon\nSubject: Card\n"
     "\nRefused"),
    ("Look:", "Begin forwarded message:\n\n> From: a\n> Date: b\n"),
    # Spanish
    ("Sí, perfecto.", "El lun, 2 mar 2026 a las 10:15, Casa Lumbre (<shop@casa.example>) escribió:\n> Hola Ana"),
    ("Sí, perfecto.", "El 2 mar 2026, a las 10:15, Casa Lumbre\n<shop@casa.example> escribió:\n\n> Hola Ana"),
    ("No ha llegado.", "-----Mensaje original-----\nDe: Casa Lumbre\nEnviado el: lunes\nPara: Ana\n"
     "Asunto: Pedido\n\nHola"),
    ("No ha llegado.", "De: Casa Lumbre <shop@casa.example>\nEnviado: lunes, 2 de marzo de 2026 10:15\n"
     "Para: Ana\nAsunto: Pedido\n\nHola"),
    ("Gracias.", "Enviado desde mi iPhone\n\n"
     "El 2 mar 2026, a las 10:15, Casa Lumbre <s@casa.example> escribió:\n\n> Hola"),
    ("Gracias.", "Enviado desde mi Samsung Galaxy"),
    ("Gracias.", "Obtener Outlook para Android<https://aka.ms/x>\n________________________________\n"
     "De: C <s@x.example>\nFecha: lunes\nAsunto: P\n\nHola"),
    # Portuguese
    ("Ainda não chegou.", "Em seg., 2 de mar. de 2026 às 10:15, Casa Lumbre <shop@casa.example> escreveu:\n> Olá"),
    ("Ainda não chegou.", "Em 2 de mar. de 2026, às 10:15, Casa Lumbre\n<shop@casa.example> escreveu:\n\nOlá"),
    ("Obrigado.", "De: Casa Lumbre <shop@casa.example>\nEnviada em: segunda-feira\nPara: Ana\n"
     "Assunto: Pedido\n\nOlá"),
    ("Obrigado.", "-----Mensagem original-----\nDe: Casa Lumbre\nEnviada: segunda\n\nOlá"),
    ("Obrigado.", "Enviado do meu iPhone\n\nEm 2 de mar. de 2026, às 10:15, C <s@casa.example> escreveu:\n\n> Olá"),
    # French
    ("Toujours rien reçu.", "Le lun. 2 mars 2026 à 10:15, Casa Lumbre <shop@casa.example> a écrit :\n> Bonjour"),
    ("Toujours rien reçu.", "Le 2 mars 2026 à 10:15, Casa Lumbre\n<shop@casa.example> a écrit :\n\nBonjour"),
    ("Merci.", "De : Casa Lumbre <shop@casa.example>\nEnvoyé : lundi 2 mars 2026 10:15\nÀ : Ana\n"
     "Objet : Commande\n\nBonjour"),
    ("Merci.", "-----Message d'origine-----\nDe : Casa Lumbre\nEnvoyé : lundi\nÀ : Ana\nObjet : x\n\nBonjour"),
    ("Merci.", "Envoyé de mon iPhone\n\nLe 2 mars 2026 à 10:15, C <s@casa.example> a écrit :\n\n> Bonjour"),
    # German
    ("Ist noch nicht da.", "Am Mo., 2. März 2026 um 10:15 Uhr schrieb Casa Lumbre <shop@casa.example>:\n> Hallo"),
    ("Ist noch nicht da.", "Am 02.03.2026 um 10:15 schrieb Casa Lumbre\n<shop@casa.example>:\n\nHallo"),
    ("Danke.", "Von: Casa Lumbre <shop@casa.example>\nGesendet: Montag, 2. März 2026 10:15\nAn: Ana\n"
     "Betreff: Bestellung\n\nHallo"),
    ("Danke.", "-----Ursprüngliche Nachricht-----\nVon: C\nGesendet: Montag\nAn: Ana\nBetreff: x\n\nHallo"),
    ("Danke.", "Von meinem iPhone gesendet\n\nAm 02.03.2026 um 10:15 schrieb C <s@casa.example>:\n\n> Hallo"),
    # Italian
    ("Non è arrivato.", "Il giorno lun 2 mar 2026 alle ore 10:15 Casa Lumbre <shop@casa.example> ha scritto:\n"
     "> Ciao"),
    ("Non è arrivato.", "Il 2 mar 2026, alle 10:15, Casa Lumbre\n<shop@casa.example> ha scritto:\n\nCiao"),
    ("Grazie.", "Da: Casa Lumbre <shop@casa.example>\nInviato: lunedì 2 marzo 2026 10:15\nA: Ana\n"
     "Oggetto: Ordine\n\nCiao"),
    ("Grazie.", "-----Messaggio originale-----\nDa: C\nInviato: lunedì\nA: Ana\nOggetto: x\n\nCiao"),
    ("Grazie.", "Inviato da iPhone\n\nIl 2 mar 2026, alle 10:15, C <s@casa.example> ha scritto:\n\n> Ciao"),
    # whatever the language
    ("Danke.", "> Hallo\n> Ana"),
    ("Gracias.", "-- \nAna Pérez\nC/ Mayor 1\n28013 Madrid"),
    ("Oui.", "2026-03-02 10:15 GMT+01:00 Casa Lumbre <shop@casa.example>:\n\nBonjour"),
    ("Ok.", "*From:* Shop <s@x.example>\n*Sent:* Monday\n*To:* Ana\n*Subject:* Order\n\nHi"),
]  # fmt: skip
WHOLE = [
    "De: una línea en el texto, y nada más.",
    "From: here to there it took 3 days.\nTo: be honest, too long.",
    "On the form I wrote:\nmy old address. Please change it.",
    "El cliente escribió su nombre mal, y ya está.",
    "Sent from my desk, which is much easier than from my phone.",
    "As I wrote: nothing came.\n\nAna",
    "The parcel says -- fragile -- and was broken.",
    "Order 1001\n---\nOrder 1002",
    "> Is it blue?\n\nYes.\n\n> And large?\n\nNo.",
    "On Mon, 2 Mar 2026 at 10:15, Shop <s@x.example> wrote:\n> Which colour?\nBlue.",
    "Sent from my iPhone",
    "> only a quote",
    "",
    "   \n\n",
    "On Mon, 2 Mar 2026 at 10:15, Shop <s@x.example> wrote:\n> Hi",
]
INLINE = [
    (
        "El lun, 2 mar 2026 a las 10:15, Casa <s@x.example> escribió:\n> ¿Azul?\n\nSí.\n\n> ¿Grande?\n\nNo.",
        "\n\n> Gracias\n> Casa",
    ),
    ("On Mon, 2 Mar 2026 at 10:15, Shop <s@x.example> wrote:\n> Which?\nBlue.", "\n> Thanks"),
]


@pytest.mark.parametrize(("new", "quoted"), FOLDED)
def test_what_was_said_before_is_folded(new, quoted):
    for between in ("\n\n", "\n", "\n\n\n"):
        text = f"{new}{between}{quoted}"
        assert text[: new_length(text)] == new


@pytest.mark.parametrize("text", WHOLE)
def test_nothing_is_folded_where_nothing_new_would_remain_or_nothing_is_quoted(text):
    assert new_length(text) == len(text.rstrip()) or new_length(text) == len(text)


@pytest.mark.parametrize(("new", "rest"), INLINE)
def test_answers_between_the_lines_are_new(new, rest):
    assert new_length(new + rest) == len(new)


@given(st.text(alphabet=st.sampled_from("On wrote:>-_\n @<>1De: Para:Asunto escribió")))
def test_the_new_part_is_always_a_beginning(text):
    length = new_length(text)
    assert 0 <= length <= len(text)
    assert text[:length].strip() or length == len(text)


HOSTILE = {
    "one opener after another": "On 1 " * 40_000,
    "openers, a line each": "On 2 Mar 2026, x\n" * 12_000,
    "verbs": "wrote:\n" * 28_000,
    "verbs on one line": "wrote " * 33_000,
    "openers and verbs": "On 1 a@b wrote\n" * 13_000,
    "labels": "From: a\n" * 25_000,
    "labels of all kinds": "From: a\n\n\n\n\nSent: b\n" * 10_000,
    "quotes": "> " * 100_000,
    "quoted lines": ">\n" * 100_000,
    "quotes and answers": "> q\na\n" * 33_000,
    "rules": "-" * 200_000,
    "rules, a line each": "----------\n" * 18_000,
    "blank lines": "\n" * 200_000,
    "blanks": " " * 200_000,
    "blanks before an end": "x" + " \n" * 100_000,
    "signatures": "-- \n" * 50_000,
    "mobiles": "Sent from my iPhone\n" * 10_000,
    "half a mobile": "Sent from my " * 15_000,
    "colons": ":" * 200_000,
    "times": "10:15 " * 33_000,
    "addresses": "a@b.example " * 17_000,
    "stamped": "10:15 <" * 28_000,
    "separators": "-----Original" * 15_000,
    "underscores before a label": "_" * 199_000 + "\nFrom: a",
    "stars": "*" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_keeps_nobody_waiting(text):
    began = time.process_time()
    length = new_length(text)
    assert time.process_time() - began < 0.5
    assert length <= len(text)


def test_scrambled_replies_lose_nothing():
    chance = random.Random(20260302)
    lines = [line for pair in FOLDED for part in pair for line in part.split("\n")]
    for _ in range(400):
        text = "\n".join(chance.choices(lines, k=chance.randrange(1, 30)))
        length = new_length(text)
        assert (text[:length] + text[length:] == text and 0 < length <= len(text)) or not text
