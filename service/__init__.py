"""Greenroom: comments wait until they have been checked, then they are published."""

__version__ = "0.1.0"
