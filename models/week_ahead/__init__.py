"""What the week ahead does to a forecast: published sizes first, then a team's own weeks.

No features; those of the week ahead are in `features/week_ahead`.
"""
