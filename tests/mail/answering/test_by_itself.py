"""By itself the desk does nothing, until the owner says so."""

from backoffice.mail.answering import by_itself, desk
from tests.builders import an_open_shop
from tests.mail.answering.desk import asks, outgoing
from tests.mail.letters import a_mailbox


def test_nothing_happens_by_itself_until_it_is_switched_on(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        asks(shop)
        assert by_itself.run(shop) == by_itself.Done(0, 0, 0, False)
        assert outgoing(shop) == []
        with shop.work() as work:
            desk.change(work, acknowledge=True)
        assert by_itself.run(shop) == by_itself.Done(0, 1, 0, False)
        assert by_itself.run(shop) == by_itself.Done(0, 0, 0, False)
