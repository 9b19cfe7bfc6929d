"""The first schema: the tables of all models, the triggers that guard them, and the search index."""

# ruff: noqa: E501

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From an empty file to schema 1."""
    tables()
    for statement in (*append_only(), *ORDER_TALLY, *SEARCH):
        op.get_bind().exec_driver_sql(statement)


# What may not change while this exception is open; of any other column not even that.
CHANGEABLE = {
    ("journal", "erase"): {"facts"},
    ("journal", "merge"): {"customer_id"},
    ("consent", "erase"): {"source", "text"},
    ("consent", "merge"): {"customer_id"},
}
COLUMNS = {
    "journal": ("id", "at", "who", "verb", "order_id", "customer_id", "product_id", "shipment_id", "facts"),
    "consent": ("id", "customer_id", "at", "purpose", "granted", "source", "text"),
    "payment": (),
    "stock_move": (),
}
DELETABLE = {
    "payment": "old.batch_id IS NOT NULL AND batch_id = old.batch_id",
    "stock_move": "old.batch_id IS NOT NULL AND batch_id = old.batch_id",
    "consent": "EXISTS (SELECT 1 FROM customer AS c WHERE c.id = old.customer_id AND c.batch_id = e.batch_id)",
}


def append_only() -> list[str]:
    """Two triggers for each append-only table: one refuses UPDATE, one DELETE, but for the exceptions above."""
    statements = []
    for table, columns in COLUMNS.items():
        allowed = [
            f"EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = '{purpose}') AND "
            + " AND ".join(f"new.{column} IS old.{column}" for column in columns if column not in changeable)
            for (name, purpose), changeable in CHANGEABLE.items()
            if name == table
        ]
        statements.append(refusal(table, "update", allowed))
        deletable = DELETABLE.get(table)
        undone = f"EXISTS (SELECT 1 FROM ledger_exception AS e WHERE e.purpose = 'undo' AND {deletable})"
        statements.append(refusal(table, "delete", [undone] if deletable else []))
    return statements


def refusal(table: str, act: str, allowed: list[str]) -> str:
    """The trigger that refuses `act` on each row of the table unless one of the conditions holds."""
    when = "\nWHEN NOT (\n  " + "\n  OR ".join(allowed) + "\n)" if allowed else ""
    return f"""CREATE TRIGGER {table}_refuses_{act} BEFORE {act.upper()} ON {table}{when}
BEGIN
  SELECT RAISE(ABORT, '{table} is append-only');
END"""


ORDER_TALLY = (
    """CREATE TRIGGER order_tally_insert AFTER INSERT ON orders
BEGIN
  INSERT INTO order_tally (status, payment, dispatch, orders) VALUES (new.status, new.payment, new.dispatch, 1)
  ON CONFLICT (status, payment, dispatch) DO UPDATE SET orders = orders + 1;
END""",
    """CREATE TRIGGER order_tally_update AFTER UPDATE OF status, payment, dispatch ON orders
WHEN (new.status, new.payment, new.dispatch) IS NOT (old.status, old.payment, old.dispatch)
BEGIN
  UPDATE order_tally SET orders = orders - 1
  WHERE status = old.status AND payment = old.payment AND dispatch = old.dispatch;
  INSERT INTO order_tally (status, payment, dispatch, orders) VALUES (new.status, new.payment, new.dispatch, 1)
  ON CONFLICT (status, payment, dispatch) DO UPDATE SET orders = orders + 1;
END""",
    """CREATE TRIGGER order_tally_delete AFTER DELETE ON orders
BEGIN
  UPDATE order_tally SET orders = orders - 1
  WHERE status = old.status AND payment = old.payment AND dispatch = old.dispatch;
END""",
)

SEARCH = (
    """CREATE VIRTUAL TABLE search_index USING fts5 (
  kind, title, text,
  content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
)""",
    """CREATE TRIGGER search_document_insert AFTER INSERT ON search_document
BEGIN
  INSERT INTO search_index (rowid, kind, title, text) VALUES (new.id, new.kind, new.title, new.text);
END""",
    """CREATE TRIGGER search_document_update AFTER UPDATE ON search_document
BEGIN
  INSERT INTO search_index (search_index, rowid, kind, title, text)
  VALUES ('delete', old.id, old.kind, old.title, old.text);
  INSERT INTO search_index (rowid, kind, title, text) VALUES (new.id, new.kind, new.title, new.text);
END""",
    """CREATE TRIGGER search_document_delete AFTER DELETE ON search_document
BEGIN
  INSERT INTO search_index (search_index, rowid, kind, title, text)
  VALUES ('delete', old.id, old.kind, old.title, old.text);
END""",
)


# Below: the tables as the models have them, written by tools/newest_revision.py.
def tables() -> None:
    """The tables and indexes of all models."""
    op.create_table(
        "carrier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tracking_url", sa.String(), nullable=False),
        sa.Column("handoff", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
        sa.UniqueConstraint("name", name=op.f("uq_carrier_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_column_mapping_name")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_column_mapping_signature"), "column_mapping", ["signature"], unique=False)
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("postcode_key", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("order_count", sa.Integer(), nullable=False),
        sa.Column("last_order_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("order_count >= 0", name=op.f("ck_customer_order_count")),
        sa.ForeignKeyConstraint(["merged_into"], ["customer.id"], name=op.f("fk_customer_merged_into_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_customer_country", "customer", ["listed", "country", "name_key", "id"], unique=False)
    op.create_index("ix_customer_last_order", "customer", ["listed", "last_order_at", "id"], unique=False)
    op.create_index("ix_customer_list", "customer", ["listed", "name_key", "id"], unique=False)
    op.create_index(
        "ix_customer_merged", "customer", ["merged_into"], unique=False, sqlite_where=sa.text("merged_into IS NOT NULL")
    )
    op.create_index("ix_customer_orders", "customer", ["listed", "order_count", "id"], unique=False)
    op.create_index("ix_customer_place", "customer", ["postcode_key", "name_key"], unique=False)
    op.create_index(
        "ix_customer_tagged",
        "customer",
        ["listed", "name_key", "id"],
        unique=False,
        sqlite_where=sa.text("tags != '[]'"),
    )
    op.create_table(
        "effect",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_effect")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "stopped",
                "undone",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_strict=True,
    )
    op.create_index("ix_import_batch_file", "import_batch", ["file_hash"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("shipment_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_journal_customer_id",
        "journal",
        ["customer_id", "id"],
        unique=False,
        sqlite_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_index(
        "ix_journal_order_id", "journal", ["order_id", "id"], unique=False, sqlite_where=sa.text("order_id IS NOT NULL")
    )
    op.create_index(
        "ix_journal_product_id",
        "journal",
        ["product_id", "id"],
        unique=False,
        sqlite_where=sa.text("product_id IS NOT NULL"),
    )
    op.create_index(
        "ix_journal_shipment_id",
        "journal",
        ["shipment_id", "id"],
        unique=False,
        sqlite_where=sa.text("shipment_id IS NOT NULL"),
    )
    op.create_table(
        "label_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("next_cell", sa.Integer(), nullable=False),
        sa.Column("offset_x_um", sa.Integer(), nullable=False),
        sa.Column("offset_y_um", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_sheet")),
        sa.UniqueConstraint("stock", "printer", name=op.f("uq_label_sheet_stock")),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("purpose IN ('erase', 'merge', 'undo')", name=op.f("ck_ledger_exception_purpose")),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_exception_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_exception")),
        sqlite_strict=True,
    )
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.CheckConstraint("next >= 1 AND width BETWEEN 1 AND 12", name=op.f("ck_number_series_next")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("name", name=op.f("uq_number_series_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "order_tally",
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("status", "payment", "dispatch", name=op.f("pk_order_tally")),
        sqlite_strict=True,
    )
    op.create_table(
        "printed_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("stock", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_document")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_printed_document_kind")),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("bin", sa.String(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("hs_code", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("tax_class", sa.String(), nullable=False),
        sa.Column("tax_rate", sa.String(), nullable=True),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("reorder_point", sa.Integer(), nullable=False),
        sa.Column("reorder_quantity", sa.Integer(), nullable=False),
        sa.Column("safety_stock", sa.Integer(), nullable=False),
        sa.Column("backorder", sa.Boolean(), nullable=False),
        sa.Column("backorder_limit", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sellable", sa.Integer(), nullable=False),
        sa.Column("quarantine", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("incoming", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sellable >= 0 AND quarantine >= 0 AND damaged >= 0 AND committed >= 0 AND incoming >= 0",
            name=op.f("ck_product_counters"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_product_sku")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_product_barcode", "product", ["barcode"], unique=False, sqlite_where=sa.text("barcode != ''"))
    op.create_index("ix_product_list", "product", ["listed", "name_key", "id"], unique=False)
    op.create_index(
        "ix_product_low",
        "product",
        ["id"],
        unique=False,
        sqlite_where=sa.text(
            "listed = 1 AND reorder_point > 0 AND sellable - committed - safety_stock <= reorder_point"
        ),
    )
    op.create_index("ix_product_sku_list", "product", ["listed", "sku"], unique=False)
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_document_kind")),
        sqlite_strict=True,
    )
    op.create_table(
        "shop_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("legal_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("cut_off", sa.String(), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("default_tax_rate", sa.String(), nullable=False),
        sa.Column("rounding", sa.String(), nullable=False),
        sa.Column("rounding_scope", sa.String(), nullable=False),
        sa.Column("label_stock", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("slip_shows_prices", sa.Boolean(), nullable=False),
        sa.Column("slip_message", sa.String(), nullable=False),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.Column("customs_small", sa.Integer(), nullable=True),
        sa.Column("backup_folder", sa.String(), nullable=False),
        sa.Column("purge_after_months", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_shop_profile_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_profile")),
        sqlite_strict=True,
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("hash", name=op.f("uq_tombstone_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_consent_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_consent_customer_id"), "consent", ["customer_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "note",
                "call",
                "chat",
                "fax",
                "letter",
                "visit",
                name="contactkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("inbound", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contact_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contact_customer_id"), "contact", ["customer_id"], unique=False)
    op.create_index(
        "ix_contact_due",
        "contact",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL AND done_at IS NULL"),
    )
    op.create_table(
        "customer_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_address_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_address")),
        sa.UniqueConstraint("customer_id", "key", name=op.f("uq_customer_address_customer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "customer_email",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active", "inactive", "dead", name="emailstate", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_email_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_email")),
        sa.UniqueConstraint("address", name=op.f("uq_customer_email_address")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_customer_email_customer_id"), "customer_email", ["customer_id"], unique=False)
    op.create_table(
        "customer_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_identity_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_identity")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_customer_identity_channel")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_customer_identity_customer_id"), "customer_identity", ["customer_id"], unique=False)
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["gone_id"], ["customer.id"], name=op.f("fk_customer_merge_gone_id_customer")),
        sa.ForeignKeyConstraint(["kept_id"], ["customer.id"], name=op.f("fk_customer_merge_kept_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
        sqlite_strict=True,
    )
    op.create_table(
        "customer_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_phone_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phone")),
        sa.UniqueConstraint("customer_id", "number", name=op.f("uq_customer_phone_customer_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("transit_days_min", sa.Integer(), nullable=False),
        sa.Column("transit_days_max", sa.Integer(), nullable=False),
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("price_rules", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "lead_days >= 0 AND transit_days_min >= 0 AND transit_days_max >= transit_days_min",
            name=op.f("ck_delivery_option_days"),
        ),
        sa.ForeignKeyConstraint(["carrier_id"], ["carrier.id"], name=op.f("fk_delivery_option_carrier_id_carrier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_option")),
        sa.UniqueConstraint("code", name=op.f("uq_delivery_option_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "imported_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_imported_record_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_record")),
        sqlite_strict=True,
    )
    op.create_index("ix_imported_record_batch", "imported_record", ["batch_id", "kind", "record_id"], unique=False)
    op.create_index(
        "ix_imported_record_changed", "imported_record", ["record_id"], unique=False, sqlite_where=sa.text("made = 0")
    )
    op.create_table(
        "product_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_product_match_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_match")),
        sa.UniqueConstraint("channel", "external", name=op.f("uq_product_match_channel")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_product_match_product_id"), "product_match", ["product_id"], unique=False)
    op.create_table(
        "rejection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "mended",
                "dismissed",
                name="rejectionstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_rejection_batch_id_import_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection")),
        sqlite_strict=True,
    )
    op.create_index("ix_rejection_batch", "rejection", ["batch_id", "line"], unique=False)
    op.create_table(
        "shipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "picking",
                "packed",
                "shipped",
                "delivered",
                "lost",
                "returned_to_sender",
                "void",
                name="shipmentstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("ship_name", sa.String(), nullable=False),
        sa.Column("ship_company", sa.String(), nullable=False),
        sa.Column("ship_street", sa.String(), nullable=False),
        sa.Column("ship_city", sa.String(), nullable=False),
        sa.Column("ship_postcode", sa.String(), nullable=False),
        sa.Column("ship_region", sa.String(), nullable=False),
        sa.Column("ship_country", sa.String(), nullable=False),
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("label_cost", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["carrier_id"], ["carrier.id"], name=op.f("fk_shipment_carrier_id_carrier")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_shipment_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
        sa.UniqueConstraint("number", name=op.f("uq_shipment_number")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_shipment_shipped", "shipment", ["shipped_at"], unique=False, sqlite_where=sa.text("shipped_at IS NOT NULL")
    )
    op.create_index("ix_shipment_state", "shipment", ["state", "id"], unique=False)
    op.create_index(
        "ix_shipment_tracking", "shipment", ["tracking"], unique=False, sqlite_where=sa.text("tracking != ''")
    )
    op.create_table(
        "stock_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "bucket_from",
            sa.Enum(
                "sellable",
                "quarantine",
                "damaged",
                "supplier",
                "customer",
                "adjustment",
                "lost",
                name="bucket",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "bucket_to",
            sa.Enum(
                "sellable",
                "quarantine",
                "damaged",
                "supplier",
                "customer",
                "adjustment",
                "lost",
                name="bucket",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "opening",
                "receipt",
                "adjust",
                "count",
                "ship",
                "unship",
                "return_in",
                "inspect_ok",
                "inspect_damaged",
                "write_off",
                "supplier_return",
                "kit_build",
                "kit_break",
                name="movekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind != 'adjust' OR reason != ''", name=op.f("ck_stock_move_reason")),
        sa.CheckConstraint("bucket_from != bucket_to", name=op.f("ck_stock_move_buckets")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_move_quantity")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_move_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sqlite_strict=True,
    )
    op.create_index("ix_stock_move_product", "stock_move", ["product_id", "id"], unique=False)
    op.create_table(
        "stock_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_source_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_source")),
        sa.UniqueConstraint("channel", "product_id", "location", name=op.f("uq_stock_source_channel")),
        sqlite_strict=True,
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("external_number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "on_hold",
                "closed",
                "cancelled",
                name="orderstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "payment",
            sa.Enum(
                "unpaid",
                "part_paid",
                "paid",
                "overpaid",
                "part_refunded",
                "refunded",
                name="paymentstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "dispatch",
            sa.Enum(
                "unfulfilled",
                "part_packed",
                "packed",
                "part_shipped",
                "shipped",
                "delivered",
                name="dispatchstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "returns",
            sa.Enum(
                "none",
                "requested",
                "in_progress",
                "part_returned",
                "returned",
                name="returnsstatus",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Integer(), nullable=False),
        sa.Column("tax_rounding", sa.Integer(), nullable=False),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("shipping", sa.Integer(), nullable=False),
        sa.Column("shipping_tax", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.Column("imported_total", sa.Integer(), nullable=True),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.Column("ship_name", sa.String(), nullable=False),
        sa.Column("ship_company", sa.String(), nullable=False),
        sa.Column("ship_street", sa.String(), nullable=False),
        sa.Column("ship_city", sa.String(), nullable=False),
        sa.Column("ship_postcode", sa.String(), nullable=False),
        sa.Column("ship_region", sa.String(), nullable=False),
        sa.Column("ship_country", sa.String(), nullable=False),
        sa.Column("ship_phone", sa.String(), nullable=False),
        sa.Column("bill_name", sa.String(), nullable=False),
        sa.Column("bill_company", sa.String(), nullable=False),
        sa.Column("bill_street", sa.String(), nullable=False),
        sa.Column("bill_city", sa.String(), nullable=False),
        sa.Column("bill_postcode", sa.String(), nullable=False),
        sa.Column("bill_region", sa.String(), nullable=False),
        sa.Column("bill_country", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("delivery_option_id", sa.Integer(), nullable=True),
        sa.Column("delivery_name", sa.String(), nullable=False),
        sa.Column("promised_dispatch", sa.Date(), nullable=True),
        sa.Column("promised_delivery", sa.Date(), nullable=True),
        sa.Column("ship_by_fixed", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("gift_message", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reordered_from", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("touched_by_hand", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_orders_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["delivery_option_id"], ["delivery_option.id"], name=op.f("fk_orders_delivery_option_id_delivery_option")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("channel", "external_id", name=op.f("uq_orders_channel")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_orders_batch", "orders", ["batch_id"], unique=False, sqlite_where=sa.text("batch_id IS NOT NULL")
    )
    op.create_index("ix_orders_customer", "orders", ["customer_id", "placed_at"], unique=False)
    op.create_index("ix_orders_dispatch", "orders", ["dispatch", "placed_at", "id"], unique=False)
    op.create_index("ix_orders_external_number", "orders", ["external_number"], unique=False)
    op.create_index("ix_orders_payment", "orders", ["payment", "placed_at", "id"], unique=False)
    op.create_index("ix_orders_placed", "orders", ["placed_at", "id"], unique=False)
    op.create_index("ix_orders_status", "orders", ["status", "placed_at", "id"], unique=False)
    op.create_index(
        "ix_orders_to_ship",
        "orders",
        ["promised_dispatch", "id"],
        unique=False,
        sqlite_where=sa.text(
            "status = 'open' AND dispatch IN ('unfulfilled', 'part_packed', 'packed', 'part_shipped')"
        ),
    )
    op.create_index("ix_orders_total", "orders", ["total", "id"], unique=False)
    op.create_index(
        "ix_orders_unpaid",
        "orders",
        ["placed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('open', 'on_hold') AND payment IN ('unpaid', 'part_paid')"),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shipment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"], name=op.f("fk_scan_shipment_id_shipment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sqlite_strict=True,
    )
    op.create_index("ix_scan_shipment", "scan", ["shipment_id", "id"], unique=False)
    op.create_table(
        "order_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_change_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_change")),
        sqlite_strict=True,
    )
    op.create_index("ix_order_change_order", "order_change", ["order_id", "id"], unique=False)
    op.create_table(
        "order_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_hold_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_hold")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_order_hold_open", "order_hold", ["until"], unique=False, sqlite_where=sa.text("released_at IS NULL")
    )
    op.create_index("ix_order_hold_order", "order_hold", ["order_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("discount", sa.Integer(), nullable=False),
        sa.Column("order_discount", sa.Integer(), nullable=False),
        sa.Column("gross", sa.Integer(), nullable=False),
        sa.Column("tax", sa.Integer(), nullable=False),
        sa.Column("taxes", sa.JSON(), nullable=False),
        sa.Column("requires_shipping", sa.Boolean(), nullable=False),
        sa.Column("allocated", sa.Integer(), nullable=False),
        sa.Column("packed", sa.Integer(), nullable=False),
        sa.Column("shipped", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("shipped_elsewhere", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("return_requested", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= allocated AND allocated <= ordered - cancelled - shipped", name=op.f("ck_order_line_allocated")
        ),
        sa.CheckConstraint(
            "0 <= cancelled AND cancelled <= ordered AND 0 <= packed AND packed <= ordered - cancelled AND 0 <= shipped AND shipped <= packed AND 0 <= delivered AND delivered <= shipped AND 0 <= returned AND returned <= shipped AND return_requested >= 0",
            name=op.f("ck_order_line_counters"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sqlite_strict=True,
    )
    op.create_index("ix_order_line_order", "order_line", ["order_id", "position"], unique=False)
    op.create_index("ix_order_line_product", "order_line", ["product_id", "id"], unique=False)
    op.create_index(
        "ix_order_line_short",
        "order_line",
        ["product_id", "order_id"],
        unique=False,
        sqlite_where=sa.text("requires_shipping = 1 AND ordered - cancelled - shipped - allocated > 0"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "charge",
                "refund",
                "fee",
                "chargeback",
                "reversal",
                name="paymentkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payment_order_id_orders")),
        sa.ForeignKeyConstraint(["reverses_id"], ["payment.id"], name=op.f("fk_payment_reverses_id_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payment_reverses_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_order", "payment", ["order_id", "id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_allocation_quantity")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_allocation_order_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_allocation_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("order_line_id", "product_id", name=op.f("uq_allocation_order_line_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_allocation_product", "allocation", ["product_id"], unique=False)
    op.create_table(
        "shipment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shipment_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("from_stock", sa.Integer(), nullable=False),
        sa.Column("scanned", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0 AND 0 <= scanned AND scanned <= quantity", name=op.f("ck_shipment_line_quantity")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_shipment_line_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_shipment_line_order_line_id_order_line")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_shipment_line_product_id_product")),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"], name=op.f("fk_shipment_line_shipment_id_shipment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_line")),
        sa.UniqueConstraint("shipment_id", "order_line_id", name=op.f("uq_shipment_line_shipment_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_shipment_line_order_id"), "shipment_line", ["order_id"], unique=False)
    op.create_index("ix_shipment_line_order_line", "shipment_line", ["order_line_id"], unique=False)
