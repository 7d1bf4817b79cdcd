"""Charts as inline SVG.

Tables in, SVG text out.
"""
