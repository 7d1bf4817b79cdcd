"""Names of comparators that others than their own modules ask for; imports nothing heavy."""

from typing import Final

BASE_RATE: Final = "base_rate"
PUBLISHED_EVIDENCE: Final = "published_evidence"
"""Published figures alone: what is forecast before a single week is known."""
EVIDENCE_MODEL: Final = "evidence_model"
"""The same after the training rows: what scores a team before its first promotion."""
ORACLE: Final = "oracle"
"""What knows the hidden risk of simulated runners."""
