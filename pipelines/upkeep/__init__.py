"""Keeping an installation and its data in order: what is wrong, and whose data lie where."""
