"""Check digits of the numbers on parcels and products."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.barcodes import check_digit, is_gtin, sscc


@pytest.mark.parametrize(
    ("digits", "check"),
    [("00123456000000001", 8), ("629104150021", 3), ("03600029145", 2), ("9638507", 4), ("1234567890123", 1), ("0", 0)],
)
def test_the_check_digit_of_known_numbers(digits, check):
    assert check_digit(digits) == check


def test_the_parcel_code_of_the_reference():
    assert sscc(0, "0123456", 1) == sscc("0", "0123456", "000000001") == "001234560000000018"


@pytest.mark.parametrize(
    ("extension", "prefix", "serial"),
    [
        (10, "0123456", 1),
        ("", "0123456", 1),
        (0, "012", 1),
        (0, "0123456", 10**9),
        (0, "0123456", -1),
        (0, "01234x6", 1),
    ],
)
def test_numbers_that_make_no_parcel_code_are_refused(extension, prefix, serial):
    with pytest.raises(ValueError, match="digit"):
        sscc(extension, prefix, serial)


@pytest.mark.parametrize("text", ["96385074", "036000291452", "4006381333931", "10012345678902"])
def test_product_codes_of_all_lengths_are_known(text):
    assert is_gtin(text)


@pytest.mark.parametrize(
    "text",
    ["", "4006381333932", "400638133393", "40063813339310", "4006381333931 ", "400638133393\u0661", "1" * 200_000],
)
def test_what_is_no_product_code_is_told(text):
    assert not is_gtin(text)


@pytest.mark.parametrize("text", ["", "12a", "١٢", "-1", "1 2"])
def test_only_digits_have_a_check_digit(text):
    with pytest.raises(ValueError, match="only digits"):
        check_digit(text)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(digits, at, off):
    whole = f"{digits}{check_digit(digits)}"
    wrong = whole[:at] + str((int(whole[at]) + off) % 10) + whole[at + 1 :]
    assert is_gtin(whole) and not is_gtin(wrong)
