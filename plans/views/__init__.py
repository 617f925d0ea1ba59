"""Pages of the plans floor, one module per job that people do."""
