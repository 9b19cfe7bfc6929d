"""Whether a mail only says thanks: then nobody waits for a word of ours.

Wrong in one direction only: a question taken for thanks would be lost, thanks taken for a question cost a glance.
So all of its words must be courtesy, but for a name or two.
"""

import re

from backoffice.core.text import fold

MOST_WORDS = 12
_STRANGERS = 2
"""Words that may be no courtesy: who writes, to whom."""

_SIGNATURE = re.compile(
    r"^(?:--\s*$|(?:sent from|enviado desde|get outlook|obtener outlook|envoye de|gesendet von|inviato da).*$)",
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_THANKS = _words(
    "thanks thank thankyou thx ty cheers ok okay okey vale gracias graciass perfecto perfect perfecta great genial"
    " excelente excellent estupendo fantastico merci danke grazie obrigado obrigada received recibido entendido"
)
_COURTESY = _THANKS | _words(
    "a again all and am amazing an are as at best bien buen buena buenas bueno buenos by caso con contigo cordial"
    " cordialmente day de del dia dias doy el en era es esta estoy excellent feliz fin for from good got greetings"
    " hasta have hello help hi hola i igualmente in is it its kind kindly la las lo los lot lots love lovely mil muchas"
    " mucho muchisimas muy nice noted of on os pronta pronto rapidez rapido quick quickly regards respuesta reply"
    " response saludo saludos se semana service servicio so soon sois son super sure tarde tardes te team the this todo"
    " todos tu tus un una very vosotros vuestra ustedes usted week weekend well with wonderful y ya you your yours"
    " arrived llego llegado ha fast appreciate appreciated atencion ayuda un abrazo abrazos sincerely dear estimado"
    " estimada estimados por that was much cool bye adios amable amables amabilidad info information"
)
_TROUBLE = _words(
    "no not never nunca nada still aun todavia but pero sin without falta faltan missing roto rota broken wrong mal"
    " when where why how which what who cuando donde como porque cual quien please favor refund reembolso devolucion"
    " return cancel cancelar anular cambiar change send enviar envia mandar need necesito quiero want espero"
    " esperando waiting wait sigo problem problema damaged danado however aunque until solo only except salvo"
)


def thanks_only(new_text: str, *, files: int = 0) -> bool:
    """Whether the new part says thanks or "ok" and nothing else: at most 12 words, no question, nothing attached."""
    folded = fold(_SIGNATURE.split(fold(new_text[:2000]), maxsplit=1)[0])
    if files or "?" in new_text or "¿" in new_text:
        return False
    words = _WORD.findall(folded)
    if not words or len(words) > MOST_WORDS:
        return False
    known = set(words)
    if not known & _THANKS or known & _TROUBLE or any(word.isdigit() for word in words):
        return False
    return sum(word not in _COURTESY for word in words) <= _STRANGERS
