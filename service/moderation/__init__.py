"""PURE: facts in, signals and a verdict out. No clock, no I/O, no Flask, no database."""
