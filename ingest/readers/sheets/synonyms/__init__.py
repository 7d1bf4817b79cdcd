"""The synonym table: what headings say in the languages that clubs write.

Concept -> language -> spellings, separated by `|`, without accents and in lower case; `*` stands
for any further letters. A spelling is looked for as whole words; the longest one found decides.
"""

from collections.abc import Mapping
from typing import Final

from ingest.readers.sheets.synonyms.details import DETAILS
from ingest.readers.sheets.synonyms.injury import INJURY
from ingest.readers.sheets.synonyms.ostrc import OSTRC
from ingest.readers.sheets.synonyms.pain import PAIN
from ingest.readers.sheets.synonyms.people import PEOPLE
from ingest.readers.sheets.synonyms.time import TIME
from ingest.readers.sheets.synonyms.training import TRAINING
from ingest.readers.sheets.synonyms.value_lists import TESTS
from ingest.readers.sheets.synonyms.wellness import WELLNESS

Synonyms = Mapping[str, Mapping[str, str]]
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "no", "da")
SYNONYMS: Final[Synonyms] = {
    **PEOPLE, **TIME, **TRAINING, **DETAILS, **WELLNESS, **PAIN, **OSTRC, **INJURY, **TESTS,
}  # fmt: skip
