"""Sheets that people keep: any layout, any heading, ten languages; what is not sure is asked."""
