"""Evaluation: labelled comments in, figures with their intervals out; the product itself never imports it."""
