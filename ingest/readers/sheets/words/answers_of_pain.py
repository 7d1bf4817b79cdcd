"""The shortest answers to a question about pain: yes and no."""

from typing import Final

YES: Final = frozenset({"yes", "y", "ja", "oui", "si", "sim"})
NO: Final = frozenset({"no", "n", "nein", "nee", "non", "nao", "nej", "nei"})
