"""The database schema, one numbered step a file."""
