"""The subcommands of `stridecast`, one module each; heavy libraries are imported when one runs.

Options and what is printed; the work is done by other wings.
"""
