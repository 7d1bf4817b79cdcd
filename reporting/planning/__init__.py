"""The week ahead on the page and in the terminal."""
