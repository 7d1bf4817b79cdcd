"""A week by parts of athletes: what each reads, notes for the others and writes; their join."""
