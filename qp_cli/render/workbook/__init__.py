"""The workbook of `qp export xlsx`: what a spreadsheet can filter, sort and print, and nothing that it would run."""

from qp_cli.render.workbook.book import write_workbook

__all__ = ["write_workbook"]
