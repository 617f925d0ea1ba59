"""What is owed: plans, content items, tasks, quotas, periods and obligations."""
