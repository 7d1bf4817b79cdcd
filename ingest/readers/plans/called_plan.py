"""How a file or a sheet is called that holds a plan."""

import re
from typing import Final

CALLED_PLAN: Final = re.compile(
    r"plan(s|ung|ning|en|e|ificaci\w*)?(?![a-z])|programm?a?e?(?![a-z])|schedule", re.IGNORECASE
)
"""What is done stands in sheets of the same form: only the name tells that one is a plan."""
