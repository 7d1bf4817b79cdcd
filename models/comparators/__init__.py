"""What others would have built from the same rows: rules of thumb and fitted comparators.

None of these is promoted.
"""
