"""What the history of an output folder is made of: what earlier runs saw, and what is damaged."""
