"""An outcome: the name of a group of regions. Single regions are outcomes already."""

OUTCOMES = (("below_the_knee", ("lower_leg", "achilles", "ankle", "foot")),)
