"""What was typed in the window and not saved yet, as it lies beside the shop: taken away where it names somebody."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from backoffice.core.paths import write_private
from backoffice.core.text import fold
from backoffice.store.places import typed_of

_SHORTEST = 4  # letters: a name of two or three stands in too many words


def naming(kept: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The keys of what holds one of these names, addresses or numbers anywhere, without regard to case and accents."""
    wanted = [_as_text(name)[1:-1] for name in names if len(name) >= _SHORTEST]
    texts = {key: _as_text(each) for key, each in kept.items()}
    return [key for key, text in texts.items() if any(name in text for name in wanted)]


def _as_text(value: Any) -> str:
    """As JSON writes it, quotation marks and all, so that a name looks the same alone and inside a form."""
    return fold(json.dumps(value, ensure_ascii=False))


def forget(shop: Path, names: Sequence[str]) -> int:
    """Takes away what names them in the file beside a shop that no window has open; how many pieces."""
    file = typed_of(shop)
    try:
        kept = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
    except FileNotFoundError:
        return 0
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):  # nobody can read it, so nobody can say whom it names
        file.unlink()
        return 1
    gone = naming(kept, names)
    if gone:
        left = {key: each for key, each in kept.items() if key not in gone}
        write_private(file, json.dumps(left, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return len(gone)
