"""Pictures of a shop's screens are taken beside the person's own window, which goes on as it was."""

import os
import subprocess
import sys
from pathlib import Path

from ui.kit.memory import Memory
from ui.window import SCREENS

ROOT = Path(__file__).parents[2]


def test_pictures_leave_the_shop_that_is_opened_next_time(own_data_folder, shop_file, tmp_path):
    memory = Memory()
    memory.keep("shop", "mine.backoffice")
    memory.keep("language", "es")
    memory._settings.sync()
    folder = tmp_path / "pictures"
    subprocess.run(
        [sys.executable, ROOT / "main.py", "pictures", shop_file, folder],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=120,
        cwd=tmp_path,
    )
    assert len(list(folder.glob("*.png"))) == 2 * len(SCREENS)
    assert (Memory().read("shop"), Memory().read("language")) == ("mine.backoffice", "es")
    assert [path.name for path in own_data_folder.iterdir()] == ["window.ini"]
