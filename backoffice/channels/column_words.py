"""What columns are called in English, Spanish, German, French, Italian and Portuguese.

As `proposing.plain` writes a name: no capitals, no accents, words apart. The surest name of a field comes first.
"""

SIDE_WORDS: dict[str, tuple[str, ...]] = {
    "ship": (
        "shipping", "ship to", "ship", "delivery", "recipient", "envio", "entrega", "destinatario", "lieferung",
        "liefer", "lieferadresse", "versand", "empfanger", "livraison", "expedition", "destinataire", "spedizione",
        "consegna",
    ),
    "bill": (
        "billing", "bill to", "bill", "invoice", "facturacion", "factura", "rechnung", "rechnungs",
        "rechnungsadresse", "facturation", "fatturazione", "faturacao", "cobranca",
    ),
}  # fmt: skip

PART_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "nombre", "nombre completo", "nom", "nome", "empfangername"),
    "company": ("company", "company name", "empresa", "firma", "unternehmen", "societe", "entreprise", "azienda"),
    "street": (
        "street", "address", "address 1", "address1", "address line 1", "street 1", "direccion", "direccion 1",
        "calle", "domicilio", "strasse", "adresse", "adresse 1", "anschrift", "rue", "indirizzo", "via",
        "endereco", "morada",
    ),
    "street2": (
        "address 2", "address2", "address line 2", "street 2", "direccion 2", "adresszusatz", "adresse 2",
        "complement d'adresse", "indirizzo 2", "endereco 2",
    ),
    "city": (
        "city", "town", "ciudad", "localidad", "poblacion", "municipio", "stadt", "ort", "ville", "citta",
        "cidade",
    ),
    "postcode": (
        "postcode", "zip", "zip code", "zipcode", "postal code", "post code", "codigo postal", "cp", "c p", "plz",
        "postleitzahl", "code postal", "cap", "codigo de endereco postal",
    ),
    "region": (
        "region", "state", "province", "county", "provincia", "estado", "bundesland", "departement", "regione",
        "state code", "province name",
    ),
    "country": ("country", "country code", "pais", "land", "landercode", "pays", "paese", "nazione"),
}  # fmt: skip

_NUMBER = (
    "order number", "order no", "order id", "order", "order name", "invoice no", "invoice number", "invoice",
    "numero de pedido", "numero pedido",
    "no de pedido", "n de pedido", "n pedido", "no pedido", "num pedido", "pedido", "id pedido", "id de pedido",
    "referencia del pedido", "numero de factura", "factura", "bestellnummer", "bestellnr", "bestell nr",
    "auftragsnummer", "rechnungsnummer", "numero de commande", "n de commande", "commande", "reference commande",
    "numero ordine", "ordine", "id ordine", "numero do pedido", "encomenda", "number", "sales record number",
    "reference",
)  # fmt: skip
_SKU = (
    "sku", "variant sku", "seller sku", "merchant sku", "item sku", "custom label", "stock code", "item number",
    "product code", "item code", "article number", "codigo de articulo", "codigo articulo", "codigo producto",
    "codigo", "referencia", "ref", "artikelnummer", "artikel nr", "artikelnr", "art nr", "reference produit",
    "reference article", "ugs", "codice articolo", "codice", "codigo do produto", "part number", "mpn", "code",
)  # fmt: skip
_BARCODE = (
    "barcode", "variant barcode", "ean", "ean13", "gtin", "upc", "variant ean", "variant upc", "codigo de barras",
    "strichcode", "code barres", "code a barres", "codice a barre",
)  # fmt: skip
_QUANTITY = (
    "quantity", "qty", "quantity purchased", "quantity ordered", "units", "pieces", "cantidad", "uds", "unidades",
    "menge", "anzahl", "stuck", "quantite", "qte", "quantita", "quantidade", "count",
)  # fmt: skip
_STOCK = (
    "on hand", "stock", "inventory", "quantity on hand", "inventory quantity", "variant inventory quantity",
    "stock quantity", "stock level", "existencias", "inventario", "stock actual", "bestand", "lagerbestand",
    "lager",
    "giacenza", "disponibilita", "estoque", "variant inventory qty", *_QUANTITY,
)  # fmt: skip
_NAME = (
    "name", "title", "product name", "product title", "product", "item name", "item title", "article",
    "description",
    "nombre", "nombre del producto", "producto", "articulo", "titulo", "descripcion", "artikelname", "artikel",
    "produktname", "produkt", "bezeichnung", "artikelbezeichnung", "beschreibung", "nom", "nom du produit",
    "produit",
    "designation", "libelle", "nome", "prodotto", "descrizione", "produto", "descricao", "item",
)  # fmt: skip
_BIN = ("bin", "bin name", "bin location", "shelf", "ubicacion", "estanteria", "lagerplatz", "regal", "emplacement")
_LOCATION = ("location", "warehouse", "place", "almacen", "lagerort", "entrepot", "magazzino", "armazem")
_EXTERNAL = ("variant id", "external id", "product id", "listing id", "id", "item id", "id producto", "produkt id")

_ORDERS: dict[str, tuple[str, ...]] = {
    "number": _NUMBER,
    "external_id": ("external id", "internal id", "id", "transaction id"),
    "placed_at": (
        "order date", "date", "created at", "created", "placed at", "purchase date", "sale date", "invoice date",
        "date created", "date placed", "fecha", "fecha del pedido", "fecha de pedido", "fecha pedido",
        "fecha factura",
        "bestelldatum", "datum", "auftragsdatum", "rechnungsdatum", "date de commande", "date commande", "data",
        "data ordine", "data do pedido",
    ),
    "placed_time": ("time", "order time", "hora", "uhrzeit", "heure", "ora"),
    "currency": (
        "currency", "currency code", "order currency", "moneda", "divisa", "wahrung", "devise", "valuta",
        "moeda",
    ),
    "email": (
        "email", "e mail", "customer email", "buyer email", "email address", "billing email", "correo",
        "correo electronico", "email del cliente", "kunden e mail", "e mail adresse", "courriel", "adresse e mail",
    ),
    "name": (
        "customer name", "customer", "buyer name", "buyer", "full name", "client", "cliente", "nombre del cliente",
        "comprador", "kunde", "kundenname", "kaufer", "nom du client", "acheteur", "nome cliente",
        "nombre completo",
    ),
    "first_name": ("first name", "customer first name", "nombre", "vorname", "prenom", "nome"),
    "last_name": ("last name", "customer last name", "surname", "apellidos", "apellido", "nachname", "cognome"),
    "phone": (
        "phone", "phone number", "telephone", "mobile", "telefono", "movil", "telefon", "telefone",
        "shipping phone",
    ),
    "buyer_id": (
        "customer id", "customer number", "customer no", "buyer id", "buyer username", "buyer user id", "client id",
        "id cliente", "numero de cliente", "codigo cliente", "kundennummer", "kunden nr", "numero client",
        "id client",
    ),
    "line_id": ("line id", "line item id", "order item id", "item id", "transaction id"),
    "sku": ("lineitem sku", *_SKU),
    "barcode": _BARCODE,
    "line_name": ("lineitem name", *_NAME),
    "options": (
        "variation", "variations", "variant", "variant title", "options", "variacion", "variante", "opciones",
    ),
    "quantity": ("lineitem quantity", *_QUANTITY),
    "unit_price": (
        "unit price", "price", "item price", "lineitem price", "price each", "sold for", "precio unitario",
        "precio",
        "pvp", "einzelpreis", "preis", "stuckpreis", "prix unitaire", "prix", "prezzo unitario", "prezzo", "preco",
        "preco unitario",
    ),
    "line_discount": ("line discount", "lineitem discount", "item discount", "descuento linea", "positionsrabatt"),
    "line_total": (
        "line total", "item total", "row total", "amount", "importe", "importe linea", "total linea", "gesamtpreis",
        "positionssumme", "betrag", "montant", "total ligne", "importo",
    ),
    "tax_rate": (
        "tax rate", "vat rate", "vat", "iva", "tipo de iva", "mwst", "mwst satz", "ust", "tva", "taux de tva",
    ),
    "fulfilled": ("quantity shipped", "quantity dispatched", "cantidad enviada", "versandte menge"),
    "subtotal": ("subtotal", "order subtotal", "base imponible", "zwischensumme", "sous total", "subtotale"),
    "shipping": (
        "shipping", "shipping cost", "shipping price", "shipping and handling", "shipping total", "order shipping",
        "postage", "gastos de envio", "coste de envio", "portes", "versandkosten", "versand", "frais de port",
        "frais de livraison", "spese di spedizione", "frete",
    ),
    "discount": (
        "discount", "discount amount", "order discount", "descuento", "rabatt", "remise", "sconto", "desconto",
    ),
    "discount_code": ("discount code", "coupon", "coupon code", "voucher", "cupon", "gutscheincode", "code promo"),
    "tax": ("tax", "taxes", "tax total", "order tax", "total tax", "impuestos", "steuer", "steuern", "taxes total"),
    "total": (
        "order total", "total", "total price", "grand total", "total amount", "total pedido", "importe total",
        "gesamtbetrag", "gesamtsumme", "gesamt", "total commande", "total ttc", "totale", "totale ordine",
    ),
    "financial_status": (
        "payment status", "financial status", "paid", "estado de pago", "estado del pago", "zahlungsstatus",
        "statut du paiement", "stato pagamento", "status", "order status", "estado",
    ),
    "paid_at": ("paid at", "paid on", "date paid", "paid on date", "payment date", "fecha de pago", "bezahlt am"),
    "payment_method": (
        "payment method", "payment type", "payment", "metodo de pago", "forma de pago", "zahlungsart",
        "zahlungsmethode", "mode de paiement", "metodo di pagamento", "forma de pagamento",
    ),
    "payment_reference": ("payment reference", "payment id", "paypal transaction id", "referencia de pago"),
    "refunded": ("refunded amount", "refunded", "refund", "reembolsado", "erstattet", "rembourse"),
    "fulfilment_status": (
        "fulfillment status", "fulfilment status", "shipping status", "dispatch status", "estado de envio",
        "versandstatus", "statut de livraison", "stato spedizione",
    ),
    "fulfilled_at": (
        "fulfilled at", "shipped on", "date shipped", "shipped on date", "ship date", "fecha de envio",
    ),
    "cancelled_at": ("cancelled at", "canceled at", "cancelled on", "fecha de cancelacion", "storniert am"),
    "delivery_option": (
        "shipping method", "shipping service", "delivery method", "ship service level", "metodo de envio",
        "forma de envio", "versandart", "mode de livraison", "metodo di spedizione",
    ),
    "ship_by": ("ship by", "ship by date", "promise date", "dispatch by", "enviar antes de", "versenden bis"),
    "notes": (
        "notes", "note", "customer note", "buyer note", "comments", "order notes", "notas", "observaciones",
        "comentarios", "anmerkung", "bemerkung", "notiz", "remarque", "commentaire", "note cliente",
    ),
    "gift_message": ("gift message", "gift note", "mensaje de regalo", "grusskarte", "message cadeau"),
    "tags": ("tags", "etiquetas", "schlagworter", "etiquettes"),
    "source": ("source", "channel", "sales channel", "origin", "canal", "origen", "kanal", "herkunft", "origine"),
    "accepts_marketing": ("accepts marketing", "newsletter", "acepta marketing", "marketing"),
}  # fmt: skip

_PRODUCTS: dict[str, tuple[str, ...]] = {
    "sku": _SKU,
    "external_id": _EXTERNAL,
    "name": _NAME,
    "parent": ("handle", "product handle", "parent", "parent sku", "product id", "grupo", "padre", "elternartikel"),
    **{
        f"option{n}_{what}": (
            f"option{n} {what}", f"option {n} {what}", f"variant option {n} {what}", f"opcion {n} {theirs}",
            f"option {n} {german}",
        )
        for n in (1, 2, 3)
        for what, theirs, german in (("name", "nombre", "name"), ("value", "valor", "wert"))
    },
    "barcode": _BARCODE,
    "price": (
        "price", "variant price", "regular price", "retail price", "selling price", "sales price", "unit price",
        "precio", "precio normal", "pvp", "precio de venta", "preis", "verkaufspreis", "vk", "prix",
        "prix de vente",
        "prezzo", "preco",
    ),
    "sale_price": (
        "sale price", "special price", "precio rebajado", "precio de oferta", "angebotspreis", "prix promo",
    ),
    "cost": (
        "cost", "cost price", "cost per item", "purchase price", "coste", "costo", "precio de compra",
        "einkaufspreis",
        "ek", "prix d'achat", "costo unitario", "custo",
    ),
    "tax_class": ("tax class", "tax code", "clase de impuesto", "steuerklasse", "classe de tva"),
    "taxable": ("taxable", "charge tax", "tributable", "steuerpflichtig"),
    "weight_kg": ("weight kg", "peso kg", "gewicht kg", "poids kg", "weight in kg"),
    "weight_g": (
        "weight g", "grams", "variant grams", "weight grams", "peso g", "gewicht g", "poids g",
        "variant weight", "product weight", "weight",
    ),
    "weight_lb": ("weight lb", "weight lbs", "pounds"),
    "weight_oz": ("weight oz", "ounces"),
    **{
        f"{side}_cm": tuple(f"{word} cm" for word in words)
        for side, words in (
            ("length", ("length", "longitud", "largo", "lange", "longueur")),
            ("width", ("width", "anchura", "ancho", "breite", "largeur")),
            ("height", ("height", "altura", "alto", "hohe", "hauteur")),
        )
    },
    **{
        f"{side}_mm": (f"{side} mm", f"variant {side}", f"product {side}", side)
        for side in ("length", "width", "height")
    },
    "hs_code": (
        "hs code", "variant hs code", "product hs code", "tariff", "taric", "codigo arancelario",
        "zolltarifnummer",
    ),
    "origin": (
        "country of origin", "variant origin country", "product origin country", "origin", "coo", "pais de origen",
        "herkunftsland", "ursprungsland", "pays d'origine",
    ),
    "supplier": (
        "supplier", "vendor", "brand", "manufacturer", "proveedor", "marca", "lieferant", "hersteller",
        "fournisseur",
    ),
    "bin": _BIN,
    "reorder_point": (
        "reorder point", "low stock amount", "minimum stock", "min stock", "stock minimo", "mindestbestand",
    ),
    "reorder_quantity": ("reorder quantity", "cantidad de reposicion", "bestellmenge"),
    "safety_stock": ("safety stock", "stock de seguridad", "sicherheitsbestand"),
    "backorder": ("backorder", "backorders", "allow backorder", "variant allow backorder", "backorders allowed"),
    "quantity": _STOCK,
    "location": _LOCATION,
    "requires_shipping": ("requires shipping", "variant requires shipping", "requiere envio"),
    "active": (
        "active", "status", "product status", "published", "activo", "publicado", "aktiv", "veroffentlicht",
        "actif",
    ),
    "picture": (
        "image", "image src", "picture", "thumbnail", "product thumbnail", "imagen", "foto", "bild", "photo",
    ),
    "description": (
        "description", "product description", "body", "long description", "descripcion", "beschreibung",
    ),
    "notes": ("notes", "notas", "notizen", "remarques"),
    "tags": ("tags", "product tags", "product tag 1", "etiquetas", "schlagworter", "etiquettes"),
    "category": (
        "category", "type", "product type", "product category", "categoria", "kategorie", "categorie", "tipo",
    ),
}  # fmt: skip

_COUNTS: dict[str, tuple[str, ...]] = {
    "sku": _SKU,
    "external_id": _EXTERNAL,
    "barcode": _BARCODE,
    "name": _NAME,
    "quantity": _STOCK,
    "available": (
        "available", "quantity available", "available quantity", "disponible", "verfugbar",
        "disponible a la venta",
    ),
    "location": _LOCATION,
    "bin": _BIN,
}  # fmt: skip

WORDS: dict[str, dict[str, tuple[str, ...]]] = {"orders": _ORDERS, "products": _PRODUCTS, "stock": _COUNTS}
"""Kind of file → field → its names."""
