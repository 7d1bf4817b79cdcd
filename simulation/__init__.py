"""A demo cohort of runners whose hazard is known, written as real devices write.

Only pipelines, benchmarks and tests import it.
"""
