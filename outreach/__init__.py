"""What was done: activities, placements, review, evidence, fulfilment."""
