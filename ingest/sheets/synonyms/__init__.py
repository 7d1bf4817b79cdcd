"""The synonym table: what headings say in the languages that clubs write.

Concept -> language -> spellings, separated by `|`, without accents and in lower case; `*` stands
for any further letters. A spelling is looked for as whole words; the longest one found decides.
"""

from collections.abc import Mapping
from typing import Final

from ingest.sheets.synonyms.details import DETAILS
from ingest.sheets.synonyms.injury import INJURY
from ingest.sheets.synonyms.ostrc import OSTRC
from ingest.sheets.synonyms.pain import PAIN
from ingest.sheets.synonyms.people import PEOPLE
from ingest.sheets.synonyms.time import TIME
from ingest.sheets.synonyms.training import TRAINING
from ingest.sheets.synonyms.value_lists import TESTS
from ingest.sheets.synonyms.wellness import WELLNESS

Synonyms = Mapping[str, Mapping[str, str]]
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "no", "da")
SYNONYMS: Final[Synonyms] = {
    **PEOPLE, **TIME, **TRAINING, **DETAILS, **WELLNESS, **PAIN, **OSTRC, **INJURY, **TESTS,
}  # fmt: skip
