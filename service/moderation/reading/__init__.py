"""Reading: a trained judgement of a comment, pure; text in, probabilities with exact explanations out."""
