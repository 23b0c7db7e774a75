"""Addresses that answer as other software does, so that what was written for it can stay as it is."""
