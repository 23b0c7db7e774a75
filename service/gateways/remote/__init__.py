"""Checks that other services make: asked only where a site says so, and trusted with no more than their answer."""
