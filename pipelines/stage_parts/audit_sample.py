"""Who is audited: everybody, or of a large cohort as many as are enough, and what that may miss."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from common.frame_files import read_frame

CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class AuditSample:
    """Athletes that are audited.

    Parameters
    ----------
    audited, of : int
        How many, of how many.
    ends : pair of str
        The first and the last of them by pseudonym. A pseudonym is a keyed digest, so that the
        first ones are as good as drawn, and their rows stand together in every file.
    """

    audited: int
    of: int
    ends: tuple[str, str]

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return self.audited == self.of

    @property
    def most_missed(self) -> float:
        """Largest share of the athletes that a fault may have which none of the audited shows.

        With 95 % confidence: (1 - p)^n = 0.05, near 3 / n (the rule of three, Hanley and
        Lippman-Hand 1983); 0 where everybody is audited.
        """
        if self.is_everybody:
            return 0.0
        return float(1 - (1 - CONFIDENCE) ** (1 / self.audited))

    def unseen(self) -> tuple[str, ...]:
        """Return what the audits may miss because of athletes left out; nothing if none is."""
        if self.is_everybody:
            return ()
        return (
            f"athletes who were not drawn: {self.audited:,} of {self.of:,} are audited, so that a "
            f"fault which none of them shows may still be in {100 * self.most_missed:.2g} % of all "
            "(95 % confidence)",
            "records of one athlete under two names, unless both were drawn",
        )


def audit_sample(tables: Path, most: int) -> AuditSample:
    """Return whom to audit: everybody, or the first `most` by pseudonym.

    Parameters
    ----------
    tables : pathlib.Path
        Folder of the tables.
    most : int
        Athletes that are audited at the most; it bounds memory and time.
    """
    # Sorted, so that the same athletes are drawn in every run.
    names = sorted(read_frame(tables / "athletes.parquet", ["athlete"])["athlete"].astype(str))
    drawn = names[:most]
    ends = (drawn[0], drawn[-1]) if drawn else ("", "")
    return AuditSample(len(drawn), len(names), ends)
