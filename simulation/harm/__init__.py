"""What harms and how it heals: hazard, tissue, diagnosis.

No observation.
"""
