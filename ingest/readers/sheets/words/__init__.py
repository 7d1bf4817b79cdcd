"""What a cell or a heading says: numbers, dates, scales, concepts."""
