"""Tables are opened whatever made them; rows keep their line, oddities are told, nothing is swallowed."""

import csv
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.channels.quotes import quoted_cells, swallows_rows
from backoffice.channels.reading import normal, open_table, unique_names
from backoffice.core.errors import Outage, Refused
from backoffice.core.guard import guarded
from tests.channels.files import saved


def the_rows(path: Path) -> list[tuple[int, list[str], str]]:
    return [(line, cells[:-1], fault) for line, cells, fault in open_table(path).rows()]


def test_a_row_knows_its_first_physical_line(tmp_path):
    path = saved(tmp_path, 'a,b,c\n1,"x\ny\nz",2\n\n3,4,5\n')
    assert the_rows(path) == [(2, ["1", "x\ny\nz", "2"], ""), (6, ["3", "4", "5"], "")]


def test_a_missing_column_reads_as_empty(tmp_path):
    table = open_table(saved(tmp_path, "Name,Total\nx,1\n"))
    assert table.column("Weight") == -1
    assert [cells[table.column("Weight")] for _, cells, _ in table.rows()] == [""]


def test_columns_are_found_however_they_are_written(tmp_path):
    table = open_table(saved(tmp_path, "Nº Pedido,  Código\u00a0Postal ,TOTAL\n1,2,3\n"))
    assert [table.column(name) for name in ("nº pedido", "codigo postal", "Total")] == [0, 1, 2]
    assert table.column("Zip", "Postcode", "Código postal") == 1


def test_equal_and_empty_names_become_their_own():
    assert unique_names(["Price", "Name", "Price", "", "Price"]) == ("Price", "Name", "Price#2", "#4", "Price#3")


def test_names_compare_without_case_accents_and_blanks():
    assert normal("  Classe d’Expédition ") == normal("classe d'expedition")


def test_what_is_no_row_is_told(tmp_path):
    header = "Number,Date,Sum,Note\n"
    content = f"Orders of Casa Lumbre\n\n{header}1,2,3,4\n\n\n{header}5,6,7,\0\n2 records downloaded\n"
    table = open_table(saved(tmp_path, content))
    assert len(list(table.rows())) == 2
    assert [(note.code, note.line, note.times) for note in table.notes()] == [
        ("preamble", 1, 1),
        ("nul-bytes", 0, 1),
        ("header-again", 7, 1),
        ("blank-lines", 5, 2),
        ("footer", 9, 1),
    ]


def test_short_rows_that_are_no_footer_are_faults(tmp_path):
    path = saved(tmp_path, "a,b,c,d\n1,2,3,4\n5,6\n7,8,9,10\n11,12\n")
    assert [(line, fault) for line, _, fault in the_rows(path)] == [
        (2, ""), (3, "row-too-short"), (4, ""), (5, "row-too-short"),
    ]  # fmt: skip


def test_guarded_cells_come_out_as_they_were_written(tmp_path):
    path = saved(tmp_path, "a,b\n'=1+1,'s-Hertogenbosch\n''@x,'-5\n")
    assert [cells for _, cells, _ in the_rows(path)] == [["=1+1", "'s-Hertogenbosch"], ["'@x", "-5"]]
    assert [cells[0] for _, cells, _ in open_table(path).rows(raw=True)] == ["'=1+1", "''@x"]


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n"), max_size=12)
_risky = st.sampled_from(["=1+1", "'=x", "''", "-5", "+34 600", "@x", "\tx", "\rx", "'\r", '"', "a\nb", ";;;", "''=''"])


@given(st.lists(st.lists(_texts | _risky, min_size=3, max_size=3), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_we_write_is_what_we_read(tmp_path_factory, rows, delimiter):
    rows = [[f"r{at}", *cells] for at, cells in enumerate(rows)]  # a row of nothing is no row
    path = tmp_path_factory.mktemp("out") / "ours.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows([["Key", "Name", "Note", "Amount"], *map(guarded, rows)])
    assert [cells[:-1] for _, cells, _ in open_table(path).rows()] == rows


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Refused, match=r"channels\.file-missing"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(Refused, match=r"channels\.file-missing"):
        open_table(tmp_path)


def test_a_disk_that_fails_is_an_outage(tmp_path, monkeypatch):
    path = saved(tmp_path, "a,b\n1,2\n")
    table = open_table(path)

    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(Outage, match=r"channels\.file-unreadable"):
        open_table(path)
    with pytest.raises(Outage, match=r"channels\.file-unreadable"):
        list(table.rows())


def test_a_file_written_to_while_it_is_read_is_said(tmp_path):
    path = saved(tmp_path, "a,b\n" + "1,ñ\n" * 10)
    table = open_table(path)
    path.write_bytes(b"a,b\n1,\xff\n")
    with pytest.raises(Refused, match=r"channels\.file-changed"):
        list(table.rows())


def test_quotes_are_followed_over_lines():
    lines = [(7, 'a,"b\n'), (8, 'c ""d""\n'), (9, 'e",f,"g"\n')]
    assert [(cell.opens, cell.ends, cell.closed) for cell in quoted_cells(lines, ",")] == [(7, 9, True), (9, 9, True)]


def test_a_quote_that_closes_before_a_letter_is_faulty():
    assert [cell.closed for cell in quoted_cells([(1, '"a"b,"c"\n')], ",")] == [False]


def test_a_note_of_several_lines_is_no_swallowed_row():
    assert not swallows_rows(["please ring, twice", "thanks"], ",", 20, well_formed=True)
    assert swallows_rows([",".join("x" * 20)], ",", 20, well_formed=True)


def test_the_sample_costs_no_more_than_its_rows(tmp_path):
    table = open_table(saved(tmp_path, "a,b\n" + "1,2\n" * 2000))
    assert len(table.sample()) == 500
    assert len(table.sample(3)) == 3


def test_half_a_million_rows_pass_in_little_memory(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w") as stream:
        stream.write("Handle,Title,SKU\n")
        stream.writelines(f"cup-{n},Blue cup,CUP-{n}\n" for n in range(500_000))
    tracemalloc.start()
    count = sum(1 for _ in open_table(path).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 500_000
    assert peak < 20 * 2**20
