"""What the database itself refuses the mail desk."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backoffice.mail.model import RawMail
from backoffice.store import rows
from tests.builders import a_shop


@pytest.mark.parametrize("change", ["UPDATE raw_mail SET packed = x'00'", "DELETE FROM raw_mail"])
def test_the_bytes_of_a_mail_are_never_changed(tmp_path, change):
    with a_shop(tmp_path / "shop") as shop:
        with shop.work() as work:
            rows.insert(work, RawMail, sha256="ab" * 32, size=4, packed=b"mail")
        with pytest.raises(IntegrityError, match="append-only"), shop.work() as work:
            work.session.connection().execute(sa.text(change))
