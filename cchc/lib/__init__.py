"""Small tools without a domain. They know nothing of agencies, plans or reports."""
