"""The demo: real plans and an invented province. Loaded only in demo and test settings."""
