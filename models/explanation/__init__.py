"""Why a forecast is what it is: contributions, their stability, shares of diagnoses.

No words for readers.
"""
