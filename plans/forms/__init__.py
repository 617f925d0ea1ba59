"""What people type into the pages of planning, validated; nothing is saved here."""
