"""What the week ahead does to a forecast: published sizes first, then a team's own weeks."""
