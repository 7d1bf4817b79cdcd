"""The ground floor: errors, atomic store, settings errors, vocabulary, table contracts, extensions.

It imports nothing of ours and knows nothing of running, file formats or models.
"""
