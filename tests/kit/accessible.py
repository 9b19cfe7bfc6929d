"""For every room's tests: each control has a name that a screen reader can say."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
)


def nameless(widget: QWidget) -> list[str]:
    """The controls in and under a widget that nobody can name, as "Class objectName in Parent"."""
    found = []
    for control in (widget, *widget.findChildren(QWidget)):
        if isinstance(control, CONTROLS) and not _is_qts_own(control) and not _name(control):
            found.append(
                f"{type(control).__name__} {control.objectName()} in {type(control.parent()).__name__}".strip()
            )
    return found


def assert_all_named(widget: QWidget) -> None:
    """Fails with the list of controls without a name."""
    found = nameless(widget)
    assert not found, "no name for a screen reader:\n" + "\n".join(found)


def _name(control: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else control.accessibleName()


def _is_qts_own(control: QWidget) -> bool:
    """Parts that Qt makes inside its own widgets: headers, a list under a combo box, scroll and clear buttons."""
    parent = control.parent()
    return (
        isinstance(control, QHeaderView)
        or control.objectName().startswith("qt_")
        or isinstance(parent, (QLineEdit, QComboBox, QTabBar, QAbstractItemView))
        or type(control).__name__ in ("QComboBoxListView", "QLineEditIconButton")
        or (parent is not None and parent.metaObject().className() == "QComboBoxPrivateContainer")
    )
