"""Ratios measured in one run: ``bin/bench``. Nothing here runs in production."""
