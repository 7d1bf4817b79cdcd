"""Text of files: bytes decoded, cells of spreadsheets."""
