"""Setting up a folder: the proposal of dataset.yaml, scales, time zones, adding exports.

No terminal; commands ask the questions.
"""
