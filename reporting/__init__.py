"""Turn tables into figures and pages."""
