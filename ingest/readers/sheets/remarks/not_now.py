"""Words of a remark about somebody else's body, or about an injury of long ago."""

import re
from typing import Final

OF_OTHERS: Final = re.compile(
    r"\b(?:my|meine?|mon|ma|mi|mia|mio|mijn|minha|meu|min|mitt) (?:wife|husband|son|daughter|"
    r"friend|partner|mate|brother|sister|mum|mom|dad|mother|father|dog|frau|mann|sohn|tochter|"
    r"freund(?:in)?|bruder|schwester|mutter|vater|hund|femme|mari|fils|fille|amie?|copine|copain|"
    r"frere|soeur|mere|pere|chien|mujer|marido|hij[oa]|amig[oa]|novi[oa]|herman[oa]|madre|padre|"
    r"perr[oa]|moglie|marito|figli[oa]|amic[oa]|fratello|sorella|vrouw|zoon|dochter|vriend(?:in)?|"
    r"broer|zus|moeder|vader|mulher|filh[oa]|irma[o]?|mae|pai|fru|kone|datter|dotter|venn|ven|"
    r"bror|syster|soster)\b.*"
)
"""Whose body is not the writer's."""
LONG_AGO: Final = re.compile(
    r"\b(?:history of|years? ago|last (?:year|season|summer|winter|autumn|spring)|old|former|"
    r"previous|anniversary|letztes jahr|vor \w+ jahren?|vorjahr|alte[rsnm]?|fruhere[rsnm]?|"
    r"an dernier|annee derniere|il y a \w+ ans?|ancienne?|ano pasado|hace \w+ anos?|antigu[oa]|"
    r"anno scorso|anni fa|vecchi[oa]|vorig jaar|jaar geleden|oude|ano passado|ha \w+ anos?|"
    r"anos atras|antig[oa]|forra aret|i fjol|i fjor|ar sedan|ar siden|sidste ar|gammal|gammel)\b"
)
"""An injury of long ago is none that begins on the day of the remark."""
