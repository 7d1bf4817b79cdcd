"""The forecast that published figures give a team (:mod:`models.evidence` holds the figures).

Every figure names its source.
"""
