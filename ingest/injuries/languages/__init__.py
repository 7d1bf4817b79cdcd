"""Words of one language that are other words in another, told apart by the words beside them.

Tables and pure functions on plain words; what body parts are called stands one level up.
"""
