"""A week by parts of athletes: what each reads, notes for the others and writes; their join.

No forecast of its own: each part calls `pipelines/weekly`.
"""
