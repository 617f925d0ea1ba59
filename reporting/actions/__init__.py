"""The only verbs that write on this floor: keyword-only, ``by=`` required, atomic, audited."""
