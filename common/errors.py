"""The one exception a user is meant to read."""


class StridecastError(Exception):
    """Something the user can mend; the message is one line that says what, where and how.

    Parameters
    ----------
    message : str
        What was found and what was expected, naming the file and the row where there is one.
    remedy : str, optional
        What to do about it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message}; {remedy}" if remedy else message)


class DamagedFileError(StridecastError):
    """A file that the program wrote itself and that can no longer be read."""
