"""Long work: the job row, its lease, claim, sweep and progress. Knows no domain."""
