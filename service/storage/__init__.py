"""The only room with SQL. Every function takes an open connection; the caller owns the transaction."""
