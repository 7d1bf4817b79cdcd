"""Who can be scored, and what is on record of each athlete.

No probabilities.
"""
