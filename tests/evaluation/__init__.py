"""Tests of the figures that we claim."""
