"""The plain CSVs that a club keeps: specifications, templates, questionnaires, injury lists.

Layouts of unknown sheets are not recognised here.
"""
