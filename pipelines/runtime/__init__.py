"""How stages and commands run: settings, workspace, lock, provenance.

Nothing about injuries.
"""
