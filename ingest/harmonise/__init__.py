"""Bring the records of all files into the tables of the contracts.

Pure functions, frames in, frames out.
"""
