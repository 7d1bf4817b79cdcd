"""Every size and effect of the demo cohort, one group per mechanism.

No drawing of random numbers.
"""
