"""Words before the first or the last day of an absence; one table for all that reads sentences."""

from typing import Final

SURELY_SINCE: Final = (
    "since|injured on|hurt on|happened on|seit(?: dem)?|verletzt am|passiert am"
    "|depuis(?: le)?|bless[ée]e? le|desde(?: el)?|dal|sedan|siden|sinds|vanaf"
)
"""Said of harm; "good hamstring drills from Saturday" is praise."""
SINCE: Final = f"{SURELY_SINCE}|from|ab|fra"
"""Before the day of onset, as written or plain; longer ones first where one begins another."""
UNTIL: Final = r"until|till?|bis|jusqu'?\w*|hasta|fino|tot|t/m|ate|tills|inntil|indtil|through"
"""Before the last day out."""
