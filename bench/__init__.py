"""Measures Greenroom beside what it stands on: the same server, the same database and the same statement, bare."""
