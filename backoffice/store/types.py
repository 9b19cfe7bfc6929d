"""Column types and table options that every model shares."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Tables are never validated by pydantic (SQLModel skips it for them): their validators are built when first asked for.
SQLModel.model_config["defer_build"] = True

STRICT = {"sqlite_strict": True}
NEVER_REUSED = STRICT | {"sqlite_autoincrement": True}
"""For records whose id stands in histories: a deleted one's id is never given again."""

_STRICT_NAMES: tuple[tuple[type, str], ...] = (
    (sa.String, "TEXT"),
    (sa.DateTime, "TEXT"),
    (sa.Date, "TEXT"),
    (sa.BigInteger, "INTEGER"),
    (sa.Boolean, "INTEGER"),
    (sa.JSON, "TEXT"),
    (sa.LargeBinary, "BLOB"),
    (sa.Enum, "TEXT"),
)


def _name_for_strict_tables() -> None:
    """SQLite's STRICT tables know five type names only; each of ours is compiled to one of them."""
    for kind, name in _STRICT_NAMES:
        compiles(kind, "sqlite")(lambda _type, _compiler, _name=name, **_kw: _name)


_name_for_strict_tables()


def value_enum(kind: type[StrEnum]) -> sa.Enum:
    """A text column that holds the enum's values (not its names) and refuses any other by CHECK."""
    return sa.Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=30,
        name=kind.__name__.lower(),
    )
