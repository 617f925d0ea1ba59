"""A workbook of results: its columns, what its rows say, and every fault in them. Pure."""
