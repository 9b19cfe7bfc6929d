"""The sentences of the settings."""

from backoffice.core.language import mark

REFUSALS = {
    "settings.no-profile": mark(
        "This shop file has no profile: it was never finished. Make a new shop or restore a backup."
    ),
    "settings.no-name": mark("A name is missing. Type one and save again."),
    "settings.unknown-currency": mark("{currency} is not a currency code. Use three letters such as EUR, USD or GBP."),
    "settings.unknown-country": mark("{country} is not a country code. Use two letters such as ES, US or GB."),
    "settings.unknown-zone": mark("{zone} is not a time zone. Use one such as Europe/Madrid or America/Mexico_City."),
    "settings.unknown-language": mark("{language} is not a language of this program. Choose en or es."),
    "settings.unknown": mark("This setting is no longer there. Refresh and try again."),
    "settings.currency-fixed": mark(
        "The shop counts in {currency}; that cannot change once it has begun. Make a new shop for another currency."
    ),
    "settings.bad-tracking-url": mark(
        "{url} cannot be a tracking link. Begin with https:// and put {{tracking}} once where the number goes."
    ),
    "settings.name-taken": mark("There is a {name} already. Choose another name."),
    "settings.bad-cut-off": mark("{time} is not a time of day. Use one such as 14:00."),
    "settings.bad-customs": mark("A parcel's value is not below nothing. Type an amount, or leave it empty."),
    "settings.bad-age": mark("People are erased after 6 to 600 months, or never (0); not after {months}."),
    "settings.bad-rate": mark("{rate} is not a tax rate. Use a fraction such as 0.21."),
    "settings.bad-rounding": mark("Choose how amounts are rounded: half up or half even, per line or per document."),
    "settings.bad-calendar": mark(
        "These opening hours cannot be right. Give each day its hours in order, and at least one day some hours."
    ),
    "settings.bad-series": mark(
        "Numbers cannot be written like that. Use up to 12 plain letters, digits and dashes before 1 to 12 digits."
    ),
    "settings.bad-days": mark("These delivery days cannot be right. Use whole days from 0 to 365, the shortest first."),
    "settings.bad-price-rule": mark(
        "Price rule {rule} cannot be read. Give a price, and where wished countries, a weight limit or an order value."
    ),
    "settings.number-used": mark(
        "Numbers up to {number} were given already and are never given twice. Choose a higher one."
    ),
}

VERBS = {
    "shop.created": mark("Shop opened"),
    "shop.changed": mark("Settings changed"),
}
