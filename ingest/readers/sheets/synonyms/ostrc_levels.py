"""How forms word the answers to the OSTRC questionnaire."""

from collections.abc import Mapping
from typing import Final

LEVELS: Final[Mapping[str, str]] = {
    "none": (
        "full participation without*|full participation|volledige deelname zonder*|"
        "participation complete sans*|participation totale sans*|participacion completa sin*|"
        "participacion total sin*|partecipazione completa senza*|partecipazione piena senza*|"
        "participacao total sem*|participacao completa sem*|fullt deltagande utan*|"
        "full deltakelse uten*|fuld deltagelse uden*|zonder klachten|sin molestias|"
        "senza disturbi|sem queixas|utan besvar|uten plager|uden gener|"
        "without problems|without health problems|no reduction|"
        "not at all|none|no effect|no symptoms|no modification*|no change*|not modified|no impact|"
        "no|no pain|volle teilnahme ohne*|ohne probleme|"
        "ohne beschwerden|keine*|gar nicht|uberhaupt nicht|sans probleme*|sans douleur|aucun*|"
        "pas du tout|sin problemas|ningun*|nada|en absoluto|senza problemi|nessun*|per niente|"
        "zonder problemen|geen|helemaal niet|sem problemas|nenhum*|utan problem*|ingen|inga|"
        "inte alls|uten problemer|ikke i det hele tatt|uden problemer|slet ikke|ikke"
    ),
    "minor": (
        "full participation but with*|volledige deelname maar met*|volledige deelname met*|"
        "participation complete mais avec*|participation complete avec*|"
        "participacion completa pero con*|participacion completa con*|"
        "partecipazione completa ma con*|partecipazione completa con*|"
        "participacao total mas com*|participacao total com*|fullt deltagande men med*|"
        "full deltakelse men med*|fuld deltagelse men med*|met klachten|con molestias|"
        "con disturbi|com queixas|med besvar|med plager|med gener|in lichte mate|"
        "with problems|with injury problems|to a minor extent|minor|"
        "mild|a little|slightly|volle teilnahme mit*|volle teilnahme aber mit*|mit problemen|"
        "mit beschwerden|geringfugig|in geringem mass*|leicht*|etwas|gering|avec problemes|"
        "mais avec*|legerement|leger*|un peu|con problemas|leve*|un poco|ligeramente|"
        "con problemi|lieve|leggermente|poco|met problemen|maar met*|licht*|in geringe mate|"
        "een beetje|com problemas|ligeiramente|um pouco|med problem|men med*|i liten grad|"
        "lindrig*|lite|med problemer|litt|i mindre grad|lidt|mild*"
    ),
    "moderate": (
        "to a moderate extent|moderate*|moderately|in massigem*|massig*|mittel*|moyennement|"
        "modere*|moderad*|moderat*|matig|in matige mate|moderadamente|i mattlig grad|mattlig*|"
        "i moderat grad|i moderat"
    ),
    # "Reduced participation" is the third of four answers, severe symptoms are the last: the reader
    # of the answers knows the question.
    "major": (
        "to a major extent|major|severe*|severely|a lot|reduced participation|in hohem mass*|"
        "stark*|erheblich|schwer*|beaucoup|fortement|important*|participation reduite|grave*|"
        "mucho|severamente|participacion reducida|molto|gravemente|partecipazione ridotta|"
        "ernstig*|in grote mate|sterk|muito|participacao reduzida|i hog grad|kraftig*|"
        "i stor grad|i hoj grad|alvorlig*|svar*|reduzierte teilnahme|eingeschrankte teilnahme|"
        "verminderde deelname|minskat deltagande|redusert deltakelse|nedsat deltagelse"
    ),
    "cannot": (
        "cannot participate*|could not participate*|cannot|can not|unable*|not participate*|"
        "could not|keine teilnahme*|teilnahme nicht moglich*|konnte nicht*|nicht teilnehmen*|"
        "nicht moglich|impossible*|ne peut pas*|incapable*|no puede*|no pude*|no participa*|"
        "incapaz*|non posso*|non ho potuto*|impossibile|kan niet*|kon niet*|niet deelnemen*|"
        "nao posso*|nao consigo*|nao participei*|kan inte*|kunde inte*|kan ikke*|kunne ikke*|"
        "umulig*"
    ),
}
