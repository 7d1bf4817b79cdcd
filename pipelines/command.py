"""What the command `stridecast` runs: also what its own imports miss is told in one line."""

from pipelines.runtime.entry import enter


def main() -> None:
    """Run the command line, once faults are told in one line.

    A package that is missing, or that a full disk left torn, is met while the commands are being
    imported, before any of them could catch it.
    """
    enter()
    from pipelines.cli import run_and_leave  # see above

    run_and_leave()
