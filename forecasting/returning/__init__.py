"""The way back from an injury: where an athlete stands beside published recoveries.

Never a date.
"""
