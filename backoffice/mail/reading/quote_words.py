"""The words mail programs put between an answer and what it answers,
in the six languages of the desk and some more."""

OPENERS = ("On", "El", "Le", "Am", "Il", "Em", "No dia", "Op", "Den", "Dne", "W dniu", "Na", "Il giorno", "Em data")
"""How the line above a quote begins."""
VERBS = (
    "wrote", "writes", "escribió", "escribio", "escribiste", "ha escrito", "escreveu", "a écrit", "a ecrit",
    "schrieb",
    "ha scritto", "schreef", "skrev", "napisał", "kirjoitti", "написал", "пишет", "написала", "написав",
)  # fmt: skip
"""What its author did."""
LABELS = {
    "from": ("From", "De", "Von", "Da", "Van", "Fra", "Från", "Od", "От", "Lähettäjä", "Expéditeur", "Remitente"),
    "date": (
        "Sent", "Date", "Enviado", "Enviado el", "Enviada em", "Enviado em", "Enviada", "Fecha", "Data", "Gesendet",
        "Datum", "Envoyé", "Envoyé le", "Message du", "Inviato", "Verzonden", "Sendt", "Dato", "Skickat",
        "Дата", "Отправлено",
    ),
    "to": ("To", "Para", "An", "À", "A", "Pour", "Aan", "Til", "Till", "Кому", "Destinataire", "Destinatario"),
    "subject": ("Subject", "Asunto", "Assunto", "Betreff", "Objet", "Sujet", "Oggetto", "Onderwerp", "Emne",
    "Ämne", "Тема"),
    "cc": ("Cc", "CC", "Kopie", "Copie", "Copia", "Bcc", "Reply-To"),
}  # fmt: skip
"""The header lines Outlook and its like put above a quote, by what they tell."""
SEPARATORS = (
    "Original Message", "Original message", "Mensaje original", "Mensaje Original", "Mensagem original",
    "Mensagem Original", "Message d'origine", "Message d’origine", "Message original", "Ursprüngliche Nachricht",
    "Originalnachricht", "Original-Nachricht", "Messaggio originale", "Messaggio Originale", "Oorspronkelijk bericht",
    "Original meddelelse", "Oprindelig meddelelse", "Oprindelig besked",
    "Opprinnelig melding", "Ursprungligt meddelande", "Alkuperäinen viesti", "Reply message",
    "Forwarded message", "Forwarded Message", "Mensaje reenviado", "Mensagem encaminhada", "Message transféré",
    "Weitergeleitete Nachricht", "Messaggio inoltrato", "Reply above this line", "Original Appointment",
)  # fmt: skip
"""What stands between dashes above a quote."""
FORWARDS = (
    "Begin forwarded message:", "Inicio del mensaje reenviado:", "Início da mensagem encaminhada:",
    "Début du message transféré :", "Anfang der weitergeleiteten Nachricht:", "Inizio messaggio inoltrato:",
)  # fmt: skip
DEVICES = (
    r"i-?phone|i-?pad|i-?pod|android|blackberry|samsung|galaxy|huawei|xiaomi|nokia|motorola|htc|sony|pixel|lg\b"
    r"|oneplus"
    r"|windows phone|windows mail|outlook|mail\b|yahoo|gmail|proton|mobile|móvil|movil|m[oó]vel|celular|telem[oó]vel"
    r"|smartphone|tablet|phone|tel[eé]fono|t[eé]l[eé]phone|handy|mobiltelefon|telefon\w*|cellulare|dispositivo"
    r"|ger[aä]t|verizon|ios\b"
)
"""What a mobile signature names."""
SENT_WITH = (
    r"sent (?:from|via|with|using)(?: my)?", r"get",
    r"envi(?:ado|ada) (?:desde|con|de|do|da|via|pelo)(?: mi| meu| el| la)?",
    r"obtener", r"obt[eé]n", r"descarg[a-z]+", r"obter", r"obtenha",
    r"envoy[eé] (?:de(?:puis)?|avec|à partir de)(?: mon| ma)?",
    r"obtenir", r"t[eé]l[eé]charger?", r"von meine[mr]?", r"gesendet (?:von|mit|über)(?: meinem)?", r"holen sie sich",
    r"inviato da(?:l|lla)?(?: mio| mia)?", r"scarica", r"ottieni", r"verstuurd vanaf", r"verzonden (?:vanaf|met)",
    r"skickat från", r"sendt fra", r"lähetetty",
)  # fmt: skip
"""How a mobile signature begins."""
