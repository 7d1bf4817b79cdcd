"""What is done with a finished model, or with published evidence: scoring, ranking, wording."""
