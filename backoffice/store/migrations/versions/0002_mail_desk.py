"""The mail desk: accounts, mails as they came and as read, conversations, the outbox, templates and rules."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From schema 1 to schema 2."""
    tables()
    for statement in KEPT_AS_THEY_CAME:
        op.get_bind().exec_driver_sql(statement)


# What came and went stays as it was, byte for byte; an erased person's goes while that exception is open.
KEPT_AS_THEY_CAME = tuple(
    f"""CREATE TRIGGER raw_mail_refuses_{act} BEFORE {act.upper()} ON raw_mail
WHEN NOT EXISTS (SELECT 1 FROM ledger_exception WHERE purpose = 'erase')
BEGIN
  SELECT RAISE(ABORT, 'raw_mail is append-only');
END"""
    for act in ("update", "delete")
)


# Below: the tables as the models have them, written by tools/newest_revision.py.
def tables() -> None:
    """The tables and indexes of all models."""
    op.create_table(
        "file_content",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_content")),
        sqlite_strict=True,
    )
    op.create_table(
        "keyword_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("bar", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyword_rule")),
        sa.UniqueConstraint("topic", "language", name=op.f("uq_keyword_rule_topic")),
        sqlite_strict=True,
    )
    op.create_table(
        "mail_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column(
            "sign_in",
            sa.Enum("password", "xoauth2", name="signin", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("imap_host", sa.String(), nullable=False),
        sa.Column("imap_port", sa.Integer(), nullable=False),
        sa.Column(
            "imap_security",
            sa.Enum("tls", "starttls", name="security", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("smtp_host", sa.String(), nullable=False),
        sa.Column("smtp_port", sa.Integer(), nullable=False),
        sa.Column(
            "smtp_security",
            sa.Enum("tls", "starttls", name="security", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("sent_folder", sa.String(), nullable=False),
        sa.Column("keeps_sent", sa.Boolean(), nullable=False),
        sa.Column("outbox_folder", sa.String(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_account")),
        sa.UniqueConstraint("address", name=op.f("uq_mail_account_address")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "mail_macro",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_macro")),
        sa.UniqueConstraint("name", name=op.f("uq_mail_macro_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "mail_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_key", sa.String(), nullable=False),
        sa.Column("acknowledge", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("answer_minutes", sa.Integer(), nullable=False),
        sa.Column("next_minutes", sa.Integer(), nullable=False),
        sa.Column("undo_seconds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_settings_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "mail_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_template")),
        sa.UniqueConstraint("code", "language", name=op.f("uq_mail_template_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "raw_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_mail")),
        sa.UniqueConstraint("sha256", name=op.f("uq_raw_mail_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "mail_folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.Integer(), nullable=False),
        sa.Column("last_uid", sa.Integer(), nullable=False),
        sa.Column("on_server", sa.Integer(), nullable=False),
        sa.Column("history_uid", sa.Integer(), nullable=False),
        sa.Column("known_uid", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["mail_account.id"], name=op.f("fk_mail_folder_account_id_mail_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_folder")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_mail_folder_account_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("preview", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "waiting",
                "closed",
                name="conversationstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("assigned_to", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.String(), nullable=False),
        sa.Column("continues", sa.Integer(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["mail_account.id"], name=op.f("fk_conversation_account_id_mail_account")
        ),
        sa.ForeignKeyConstraint(
            ["continues"], ["conversation.id"], name=op.f("fk_conversation_continues_conversation")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_conversation_customer_id_customer")),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["conversation.id"], name=op.f("fk_conversation_merged_into_conversation")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_conversation_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("number", name=op.f("uq_conversation_number")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_conversation_customer", "conversation", ["customer_id", "last_at"], unique=False)
    op.create_index(
        "ix_conversation_due",
        "conversation",
        ["due_at", "id", "snoozed_until"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_conversation_list", "conversation", ["listed", "state", "last_at", "id", "snoozed_until"], unique=False
    )
    op.create_index(
        "ix_conversation_mine",
        "conversation",
        ["assigned_to", "last_at", "id", "state", "listed"],
        unique=False,
        sqlite_where=sa.text("assigned_to <> ''"),
    )
    op.create_index("ix_conversation_newest", "conversation", ["listed", "last_at", "id"], unique=False)
    op.create_index(
        "ix_conversation_order",
        "conversation",
        ["order_id"],
        unique=False,
        sqlite_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_index(
        "ix_conversation_snoozed",
        "conversation",
        ["snoozed_until"],
        unique=False,
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_table(
        "conversation_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["conversation.id"], name=op.f("fk_conversation_move_gone_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["conversation.id"], name=op.f("fk_conversation_move_kept_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_move")),
        sqlite_strict=True,
    )
    op.create_index("ix_conversation_move_gone", "conversation_move", ["gone_id"], unique=False)
    op.create_index(op.f("ix_conversation_move_kept_id"), "conversation_move", ["kept_id"], unique=False)
    op.create_table(
        "mail_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("cc", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("seen_message_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["mail_account.id"], name=op.f("fk_mail_draft_account_id_mail_account")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_mail_draft_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_draft")),
        sa.UniqueConstraint("conversation_id", "who", name=op.f("uq_mail_draft_conversation_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "mail_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_mail_task_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_mail_task_customer_id_customer")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_mail_task_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_task")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_task_key")),
        sqlite_strict=True,
    )
    op.create_index("ix_mail_task_open", "mail_task", ["done_at", "id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("raw_id", sa.Integer(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("in", "out", "note", name="direction", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "medium",
            sa.Enum("mail", "phone", "chat", name="medium", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "to_read",
                "threaded",
                "unreadable",
                "spam",
                "duplicate",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "human",
                "automatic",
                "bounce",
                "list",
                "feedback",
                "own",
                name="mailkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("rfc_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("new_length", sa.Integer(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "our-id",
                "known-id",
                "subject-tag",
                "new",
                "split",
                "merged",
                "written",
                name="threadreason",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("third_party", sa.Boolean(), nullable=False),
        sa.Column("thanks_only", sa.Boolean(), nullable=False),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("acknowledge", sa.Boolean(), nullable=False),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'threaded') <= (conversation_id IS NOT NULL)", name=op.f("ck_message_threaded")),
        sa.ForeignKeyConstraint(["account_id"], ["mail_account.id"], name=op.f("fk_message_account_id_mail_account")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["raw_id"], ["raw_mail.id"], name=op.f("fk_message_raw_id_raw_mail")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_message_conversation", "message", ["conversation_id", "at", "id"], unique=False)
    op.create_index("ix_message_header", "message", ["rfc_id"], unique=False, sqlite_where=sa.text("rfc_id <> ''"))
    op.create_index("ix_message_raw", "message", ["raw_id"], unique=False, sqlite_where=sa.text("raw_id IS NOT NULL"))
    op.create_index("ix_message_sender", "message", ["from_address", "at"], unique=False)
    op.create_index(
        "ix_message_state", "message", ["state", "id"], unique=False, sqlite_where=sa.text("state <> 'threaded'")
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("cid", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_attachment_message_id_message")),
        sa.ForeignKeyConstraint(["sha256"], ["file_content.sha256"], name=op.f("fk_attachment_sha256_file_content")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_strict=True,
    )
    op.create_index("ix_attachment_message", "attachment", ["message_id"], unique=False)
    op.create_table(
        "bounced",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("diagnostic", sa.String(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_bounced_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounced")),
        sqlite_strict=True,
    )
    op.create_index("ix_bounced_address", "bounced", ["address"], unique=False)
    op.create_index(op.f("ix_bounced_message_id"), "bounced", ["message_id"], unique=False)
    op.create_table(
        "mail_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("uidvalidity", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["mail_folder.id"], name=op.f("fk_mail_arrival_folder_id_mail_folder")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_mail_arrival_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_arrival")),
        sa.UniqueConstraint("folder_id", "uidvalidity", "uid", name=op.f("uq_mail_arrival_folder_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_arrival_message", "mail_arrival", ["message_id"], unique=False)
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("raw_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "answer",
                "acknowledgement",
                "notice",
                "offer",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("rfc_id", sa.String(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "dot",
                "sent",
                "retry",
                "failed",
                "uncertain",
                "cancelled",
                name="outboxstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_later", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["mail_account.id"], name=op.f("fk_outgoing_mail_account_id_mail_account")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_outgoing_mail_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_outgoing_mail_customer_id_customer")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_outgoing_mail_message_id_message")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_outgoing_mail_order_id_orders")),
        sa.ForeignKeyConstraint(["raw_id"], ["raw_mail.id"], name=op.f("fk_outgoing_mail_raw_id_raw_mail")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_mail_key")),
        sa.UniqueConstraint("rfc_id", name=op.f("uq_outgoing_mail_rfc_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_outgoing_conversation", "outgoing_mail", ["conversation_id"], unique=False)
    op.create_index("ix_outgoing_due", "outgoing_mail", ["state", "due_at", "id"], unique=False)
    op.create_index("ix_outgoing_receiver", "outgoing_mail", ["to_address", "purpose", "created_at"], unique=False)
    op.create_table(
        "acknowledgement",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_acknowledgement_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_acknowledgement_message_id_message")),
        sa.ForeignKeyConstraint(
            ["outgoing_id"], ["outgoing_mail.id"], name=op.f("fk_acknowledgement_outgoing_id_outgoing_mail")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_acknowledgement")),
        sqlite_strict=True,
    )
    op.create_index("ix_acknowledgement_address", "acknowledgement", ["address", "at"], unique=False)
    op.create_table(
        "outgoing_receiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outgoing_id"], ["outgoing_mail.id"], name=op.f("fk_outgoing_receiver_outgoing_id_outgoing_mail")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_receiver")),
        sa.UniqueConstraint("outgoing_id", "address", name=op.f("uq_outgoing_receiver_outgoing_id")),
        sqlite_strict=True,
    )
