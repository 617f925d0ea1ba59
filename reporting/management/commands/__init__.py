"""Each command is a thin door to the reports."""
