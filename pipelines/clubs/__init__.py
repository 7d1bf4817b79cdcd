"""A dataset of many clubs: read club by club, joined in the order of athletes."""
