"""What is done with a finished model: scoring, ranking, wording, the evidence model."""
