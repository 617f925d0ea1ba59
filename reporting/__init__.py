"""How well it went: figures, tables, official documents, files."""
