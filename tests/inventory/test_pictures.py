"""Pictures of products: plain files beside the shop, none of which overwrites another."""

from backoffice.inventory import pictures


def test_two_pictures_of_one_name_are_both_kept(tmp_path):
    shop = tmp_path / "Casa.backoffice"
    first = pictures.keep_new(shop, "photo.png", b"blue")
    second = pictures.keep_new(shop, "photo.png", b"red")
    assert (first, second) == ("photo.png", "photo-2.png")
    assert pictures.picture_of(shop, first).read_bytes() == b"blue"
    assert pictures.picture_of(shop, second).read_bytes() == b"red"


def test_the_same_picture_is_kept_once(tmp_path):
    shop = tmp_path / "Casa.backoffice"
    assert pictures.keep_new(shop, "photo.png", b"blue") == pictures.keep_new(shop, "photo.png", b"blue")


def test_a_name_that_is_a_path_stays_in_the_folder(tmp_path):
    shop = tmp_path / "Casa.backoffice"
    name = pictures.keep_new(shop, "../../photo.png", b"blue")
    assert "/" not in name
    assert pictures.picture_of(shop, name).parent == pictures.folder_of(shop)
    assert pictures.picture_of(shop, "../Casa.backoffice") is None
