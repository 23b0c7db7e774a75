"""Training: rows of labelled comments in, weights and a model card out; nothing here runs where comments are judged."""
