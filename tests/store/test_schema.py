"""The migrations, the schema file, a new shop and today's models all say the same."""

import sqlite3

import pytest
import sqlalchemy as sa

from backoffice.store import schema
from tests.store.shops import a_closed_shop
from tools import newest_revision

HOW = "a model moved: run `python -m tools.newest_revision` (once this schema is released: begin the next)"


def parts(sql: str | None) -> list[str]:
    """The lines of a CREATE statement, whatever their order: Alembic sorts constraints otherwise."""
    return sorted(line.strip().rstrip(",").replace('"', "") for line in (sql or "").splitlines())


def differing(metadata: sa.MetaData) -> list[str]:
    """Tables and indexes that the models make otherwise than the schema file, columns and checks included."""
    with newest_revision.in_memory().connect() as connection:
        metadata.create_all(connection)
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        made = schema.written(driver)
    kept = {key: sql for key, sql in schema.expected(schema.SCHEMA).items() if key[0] in ("table", "index")}
    for beside in ("alembic_version", "search_index"):
        del kept["table", beside]
    made = dict(sorted((key, schema.tidy(sql)) for key, sql in made.items()))
    return [
        name for kind, name in sorted(made | kept) if parts(made.get((kind, name))) != parts(kept.get((kind, name)))
    ]


def test_alembic_finds_nothing_to_migrate():
    assert newest_revision.differences(newest_revision.all_metadata()) == [], HOW


def test_migrated_is_the_same_as_made_from_the_models():
    assert differing(newest_revision.all_metadata()) == [], HOW


def moved(change) -> sa.MetaData:
    metadata = sa.MetaData(naming_convention=newest_revision.all_metadata().naming_convention)
    for table in newest_revision.all_metadata().tables.values():
        table.to_metadata(metadata)
    change(metadata.tables["product"])
    return metadata


def drop_check(table: sa.Table) -> None:
    table.constraints = {each for each in table.constraints if not isinstance(each, sa.CheckConstraint)}


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.append_column(sa.Column("colour", sa.String, nullable=False)),
        lambda table: sa.Index("ix_product_colour", table.c.bin),
        lambda table: table.append_constraint(sa.CheckConstraint("price >= 0", name="price")),
        lambda table: setattr(table.c.bin, "nullable", True),
        lambda table: setattr(table.c.bin, "type", sa.Integer()),
        drop_check,
    ],
)
def test_a_model_that_moved_is_seen(change):
    assert set(differing(moved(change))) & {"product", "ix_product_colour"}


def test_the_schema_file_is_what_the_migrations_lead_to():
    made = {key: schema.tidy(sql) for key, sql in newest_revision.migrated_schema().items()}
    assert made == schema.expected(schema.SCHEMA), HOW


def test_a_new_shop_has_exactly_this_schema_and_says_so(tmp_path):
    connection = sqlite3.connect(a_closed_shop(tmp_path))
    assert schema.differences(connection, schema.SCHEMA) == []
    assert schema.written(connection) == schema.expected(schema.SCHEMA)
    (named,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert named == schema.revision(schema.SCHEMA)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA,)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x424F4646,)
    connection.close()


def test_every_table_of_a_model_refuses_what_is_of_another_type():
    tables = newest_revision.all_metadata().tables.values()
    assert [table.name for table in tables if not table.dialect_options["sqlite"]["strict"]] == []


def test_how_sqlite_writes_after_alter_table_makes_no_difference(tmp_path):
    connection = sqlite3.connect(a_closed_shop(tmp_path))
    connection.execute("ALTER TABLE carrier RENAME TO porter")
    connection.execute("ALTER TABLE porter RENAME TO carrier")
    assert 'CREATE TABLE "carrier"' in schema.written(connection)["table", "carrier"]
    assert schema.differences(connection, schema.SCHEMA) == []
    connection.close()
