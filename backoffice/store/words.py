"""The sentences of the store: why a shop does not open, what a failing disk means, what *Check my data* says."""

from backoffice.core.language import mark

REFUSALS = {
    "shop.exists": mark("There is a file named {file} already, and it stays. Choose another name for the new shop."),
    "shop.missing": mark(
        "{file} is not there. If the disk or network drive is unplugged, connect it and try again. "
        "Good backups found: {backups}."
    ),
    "shop.folder": mark("{file} is a folder, not a shop. Choose the shop's file."),
    "shop.no-permission": mark(
        "{file} may not be read by you. Ask whoever looks after this computer to let you read and write it, "
        "then try again."
    ),
    "shop.linked": mark(
        "{file} has a second name on this disk (a hard link), and two programs could write to it without seeing each "
        "other. Nothing was changed. Remove the other name, or copy the file and open the copy."
    ),
    "shop.in-use": mark("{file} is open in another window or program already. Go on there, or close it and try again."),
    "shop.only-read": mark(
        "This shop is open somewhere else, so nothing can be changed here. Close it there, then press Look again."
    ),
    "shop.no-still": mark(
        "{file} is being changed so often just now that it cannot be read from here. Try again in a moment."
    ),
    "shop.empty": mark(
        "{file} has no content: it was cut off, or the disk lost it. Nothing was changed. "
        "Good backups found: {backups}. Choose one to restore."
    ),
    "shop.not-a-database": mark("{file} is not a shop of this program. Nothing was changed. Choose the shop's file."),
    "shop.foreign": mark("{file} belongs to another program. Nothing was changed. Choose the shop's file."),
    "shop.newer": mark(
        "{file} was made by a newer version of this program (its data is of version {schema}, this program knows "
        "{ours}). Nothing was changed. Install the newer version to open it."
    ),
    "shop.truncated": mark(
        "The end of {file} is missing. Nothing was changed. Good backups found: {backups}. Choose one to restore."
    ),
    "shop.damaged": mark(
        "{file} is damaged. Nothing was changed, and nothing was thrown away. Good backups found: {backups}. "
        "Choose one to restore."
    ),
    "shop.altered": mark(
        "Another program has changed how {file} is built ({parts}), so it is not safe to open. Nothing was changed. "
        "Good backups found: {backups}. Choose one to restore."
    ),
    "store.bad-cursor": mark("This place in the list cannot be read. Start again from the first page."),
    "store.file-exists": mark("There is a file named {file} already, and it stays. Choose another name for the copy."),
    "store.same-file": mark("{file} is the shop itself. Choose a backup."),
    "store.restore-onto-backup": mark(
        "{shop} is a backup or lies among backups, and a backup is never replaced. Nothing was changed. "
        "Name the backup first, then the shop: restore BACKUP SHOP."
    ),
    "store.restore-from-shop": mark(
        "{file} is a shop that is worked with, not a backup. Nothing was changed. Name the backup first, then the "
        "shop: restore BACKUP SHOP. To make {shop} from this very shop, add --from-shop."
    ),
    "store.restore-onto-other": mark(
        "There is a file named {shop} that is no shop, and it stays. Nothing was changed. "
        "Name the backup first, then the shop: restore BACKUP SHOP."
    ),
    "store.backup-stopped": mark("The backup was stopped. The shop is as it was, and earlier backups are still there."),
    "store.restore-stopped": mark("The restore was stopped. The shop is as it was before."),
    "store.check-stopped": mark("The check was stopped before its end. Nothing was changed."),
}

OUTAGES = {
    "store.disk-full": mark(
        "The disk is full. Everything saved before is safe; the last step was not saved. "
        "Make room on the disk, then try again."
    ),
    "store.read-only": mark(
        "{file} or its folder cannot be written. Everything saved before is safe; the last step was not saved. "
        "Allow writing there, or move the shop to another folder, then try again."
    ),
    "store.busy": mark(
        "Another program is writing to {file} and does not finish. Everything saved before is safe; "
        "the last step was not saved. Wait a moment, then try again."
    ),
    "store.damaged": mark(
        "{file} is damaged. The last step was not saved. Close the shop and open it again: "
        "you will be offered the good backups."
    ),
    "store.cannot-open": mark(
        "{file} cannot be opened. If its disk or network drive is unplugged, connect it. The last step was not saved; "
        "try again."
    ),
    "store.disk-failed": mark(
        "The disk reports an error while reading or writing {file}. The last step was not saved. Try again; "
        "if it goes on, make a backup to another disk."
    ),
    "store.no-memory": mark(
        "The computer is out of memory. Everything saved before is safe; the last step was not saved. "
        "Close other programs, then try again."
    ),
    "store.not-saved": mark(
        "The disk undid the last step while it was being saved. Everything saved before is safe. "
        "Make sure that there is room on the disk, then try again."
    ),
    "store.backup-unproven": mark(
        "The new backup of {file} did not pass its test and was thrown away. Earlier backups are still there. "
        "Run Check my data, then try again."
    ),
    "store.migration-failed": mark(
        "{file} could not be brought up to this version of the program. It is exactly as it was before; "
        "a fresh backup is there too ({backup}). Use the earlier version until this is mended."
    ),
}

BACKUP_REASONS = {
    "closing": mark("when the shop was closed"),
    "daily": mark("daily"),
    "manual": mark("made by hand"),
    "migration": mark("before an update"),
    "restore": mark("before a restore"),
    "import": mark("before an import"),
}
