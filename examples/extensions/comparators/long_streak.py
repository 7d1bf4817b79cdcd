"""A comparator: a rule of thumb, held against the model as a threshold and as a score."""

from models.comparators.rules import Rule

RULES = (Rule("long_streak", "days_since_rest", 13.0, "a house rule: no fortnight without rest"),)
