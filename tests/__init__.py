"""Tests; a package of their own, since others install one of that name too."""
