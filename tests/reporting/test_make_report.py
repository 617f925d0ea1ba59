"""The command: a file, or one clear sentence."""

from pathlib import Path

import docx
import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.reporting.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def run(output: Path, **changes: str) -> None:
    options = {"province": "QT", "period": "2024-Q1", "format": "xlsx", "as_of": "2024-04-05"}
    call_command("make_report", "consolidated", output=output, **{**options, **changes})


def test_it_writes_every_format(tmp_path: Path) -> None:
    make_world(2)
    run(tmp_path / "r.xlsx")
    run(tmp_path / "r.pdf", format="pdf")
    run(tmp_path / "r.docx", format="docx")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    word = docx.Document(str(tmp_path / "r.docx"))
    assert word.core_properties.title.startswith("Báo cáo Kết quả tuyên truyền")
    assert len(word.sections) == 6
    sheets = openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
    assert (len(sheets), sheets[-1]) == (7, "Nguồn số liệu")


@time_machine.travel("2024-04-06 09:00:00+07:00", tick=False)
def test_a_province_may_be_named_by_its_peoples_committee(tmp_path: Path) -> None:
    make_world(2)
    run(tmp_path / "a.xlsx")
    run(tmp_path / "b.xlsx", province="QT-UBND")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"province": "XX"}, "Không có tỉnh mã “XX”. Các mã đang có: QT."),
        ({"period": "quý một"}, "Không đọc được kỳ"),
        ({"period": "2024-Q5"}, "2024"),
        ({"period": "9998-Q4"}, "9999"),
        ({"as_of": "05/04/2024"}, "cần dạng 2024-04-05"),
    ],
)
def test_it_says_what_is_wrong(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    make_world(1)
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / "r.xlsx", **changes)
    assert not (tmp_path / "r.xlsx").exists()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    make_world(1)
    for file_format in ("pdf", "xlsx"):
        with pytest.raises(CommandError, match="Không ghi được tệp"):
            run(tmp_path / "missing" / "r", format=file_format)
