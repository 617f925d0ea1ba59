"""Each report: gather(scope) -> Facts, tables(facts), document(facts)."""
