"""What goes on by itself in a window left open: each hour held orders go on and the daily backup is looked after."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.orders import actions
from backoffice.sentences import sentence_for
from tests.builders import a_product, an_open_shop, an_order, the_order
from ui.kit import safekeeping
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.safekeeping import Safekeeping


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        yield opened


@pytest.fixture
def keeping(qtbot, shop):
    host, bar = QWidget(), QWidget()
    QVBoxLayout(bar)
    qtbot.addWidget(host)
    qtbot.addWidget(bar)
    app = AppContext(shop, Language("en"), zone="Europe/Madrid", sentence=sentence_for, jobs=Jobs(inline=True))
    app.notices.attach(host, bar)
    bugs = []
    made = Safekeeping(app, None, show_backup=lambda *_told, **_how: None, fault=bugs.append)
    yield made
    for timer in made.findChildren(QTimer):
        timer.stop()
    app.close()
    assert bugs == []


def an_hour_passes(keeping):
    """The clock of the window strikes."""
    (hourly,) = [each for each in keeping.findChildren(QTimer) if not each.isSingleShot()]
    assert hourly.isActive() and hourly.interval() == safekeeping._HOUR == 3_600_000
    hourly.timeout.emit()


def held(shop, days):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 1))
        until = (shop.clock.now() + timedelta(days=days)).date()
        actions.hold(work, order, reason="wait", until=until)
    return order


def status(shop, order):
    return str(the_order(shop, order).row.status)


def test_a_held_order_goes_on_over_night_in_a_window_left_open(keeping, shop):
    tomorrow, later = held(shop, 1), held(shop, 3)
    an_hour_passes(keeping)
    assert (status(shop, tomorrow), status(shop, later)) == ("on_hold", "on_hold")
    shop.clock.advance(timedelta(days=1))
    an_hour_passes(keeping)
    assert (status(shop, tomorrow), status(shop, later)) == ("open", "on_hold")


def test_the_daily_backup_is_made_once_a_day_and_only_where_there_is_something_to_lose(keeping, shop):
    held(shop, 5)
    for hours, backups in ((1, 1), (2, 1), (30, 1)):
        shop.clock.advance(timedelta(hours=hours))
        an_hour_passes(keeping)
        assert len(shop.backups()) == backups
    held(shop, 5)
    an_hour_passes(keeping)
    assert len(shop.backups()) == 2


def test_the_screens_hear_of_an_order_that_went_on(keeping, shop):
    held(shop, 1)
    shop.clock.advance(timedelta(days=1))
    heard = []
    shop.listen(heard.append)
    an_hour_passes(keeping)
    assert any("orders" in touched for touched in heard)
