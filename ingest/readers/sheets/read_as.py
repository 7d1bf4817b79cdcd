"""As what a table of a sheet was read, in words."""

from typing import Final

from common.language import N_

READ_AS: Final = {
    "form": N_("answers of a form"),
    "weekly_km": N_("kilometres a week"),
    "injuries": N_("an injury list"),
    "strength": N_("strength tests"),
    "gait": N_("gait values"),
    "members": N_("a list of members"),
}
