"""Fatigue, load, recovery and history features of an athlete on a day, known on that day."""
