"""What a feature is, the core list, and the settings of the feature matrix.

No formulas.
"""
