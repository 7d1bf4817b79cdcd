"""What a table is: layout, kind, columns, dates, scales; certain, proposed or asked.

No rows of the contracts.
"""
