"""Weekly plans, the paths of weeks, latent condition, the baseline set by a pilot.

No files.
"""
