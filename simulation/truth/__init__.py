"""What the risk really was, and the best forecast from what can be observed.

Never written into the raw files.
"""
