"""The evidence model: published figures as a prior, a team's own weeks and injuries as the data.

No trees; those are in `models/estimators`.
"""
