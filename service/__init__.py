"""Greenroom: comments wait until they have been checked, then they are published."""
