"""Words before the first or the last day of an absence; one table for all that reads sentences."""

from typing import Final

SINCE: Final = (
    "since|from|injured on|hurt on|happened on|seit(?: dem)?|verletzt am|passiert am|ab"
    "|depuis(?: le)?|bless[ée]e? le|desde(?: el)?|dal|sedan|siden|sinds|vanaf|fra"
)
"""Before the day of onset, as written or plain; longer ones first where one begins another."""
UNTIL: Final = r"until|till?|bis|jusqu'?\w*|hasta|fino|tot|t/m|ate|tills|inntil|indtil|through"
"""Before the last day out."""
