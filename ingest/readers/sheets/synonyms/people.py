"""Whose row it is."""

from collections.abc import Mapping
from typing import Final

PEOPLE: Final[Mapping[str, Mapping[str, str]]] = {
    # "Nom" and "Nombre" are any name; beside a column of first names they head the last ones.
    "athlete": {
        "en": (
            "name|your name|full name|athlete|athlete name|name of athlete|runner|runner name|"
            "player|player name|member|person|who|who are you|participant|competitor|athlete id|"
            "what is your name|enter your name|select your name|your full name|who are you|"
            "what s your name|what's your name|first and last name|student*|pupil*|triathlete|"
            "team member"
        ),
        "de": (
            "name|dein name|ihr name|wer|wer bist du|sportler*|athlet*|laufer|lauferin|spieler*|"
            "mitglied|person|teilnehmer*|wie heisst du|vor und nachname|name des athleten|"
            "vorname nachname|name vorname|nachname vorname|wie heisst ihr|wie ist dein name|"
            "schuler*|kursteilnehmer*"
        ),
        "fr": (
            "nom|nom prenom|nom et prenom|prenom et nom|prenom nom|votre nom|ton nom|coureur|"
            "coureuse|athlete|joueur|joueuse|participant*|qui|adherent*|licencie*|nom complet|"
            "comment t appelles tu|comment vous appelez vous|qui es tu|quel est ton nom|"
            "quel est votre nom|eleve*|etudiant*|sportif|sportive"
        ),
        "es": (
            "nombre|nombre y apellido*|nombre completo|tu nombre|su nombre|atleta|corredor*|"
            "jugador*|deportista|quien|participante|socio|como te llamas|cual es tu nombre|"
            "quien eres|como se llama|alumno|alumna|alumnos|alumnas|estudiante*|nadador*|triatleta"
        ),
        "it": (
            "nome|nome e cognome|cognome e nome|nome completo|il tuo nome|atleta|corridore|"
            "giocatore|chi|partecipante|nominativo|come ti chiami|chi sei|"
            "qual e il tuo nome|alunno|alunna|studente|studentessa|podista"
        ),
        "nl": (
            "naam|jouw naam|je naam|volledige naam|voor en achternaam|atleet|loper|loopster|"
            "speler|wie|deelnemer|lid|sporter|wat is je naam|hoe heet je|"
            "wie ben je|wat is jouw naam|leerling|student"
        ),
        "pt": (
            "nome|nome completo|seu nome|o seu nome|teu nome|atleta|corredor*|jogador*|quem|"
            "participante|socio|nome do atleta|qual o seu nome|qual e o seu nome|"
            "qual e o teu nome|como te chamas|como se chama|quem es|aluno|aluna|alunos|estudante*"
        ),
        "sv": (
            "namn|ditt namn|for och efternamn|idrottare|lopare|spelare|vem|deltagare|medlem|aktiv|"
            "vad heter du|vem ar du|vad ar ditt namn|elev|student"
        ),
        "no": (
            "navn|ditt navn|fullt navn|utover|loper|spiller|hvem|deltaker|medlem|hva heter du|"
            "hvem er du|hva er navnet ditt|elev|student"
        ),
        "da": (
            "navn|dit navn|fulde navn|udover|lober|spiller|hvem|deltager|medlem|atlet|"
            "hvad hedder du|hvem er du|hvad er dit navn|elev|studerende"
        ),
    },
    "first_name": {
        "en": "first name|given name|forename",
        "de": "vorname",
        "fr": "prenom",
        "es": "primer nombre",
        "it": "nome di battesimo",
        "nl": "voornaam",
        "pt": "primeiro nome|nome proprio",
        "sv": "fornamn",
        "no": "fornavn",
        "da": "fornavn",
    },
    "last_name": {
        "en": "last name|surname|family name",
        "de": "nachname|familienname|zuname",
        "fr": "nom de famille",
        "es": (
            "apellido|apellidos|primer apellido|apellido 1|1 apellido|1° apellido|apellido paterno"
        ),
        "it": "cognome",
        "nl": "achternaam",
        "pt": "apelido|sobrenome",
        "sv": "efternamn",
        "no": "etternavn",
        "da": "efternavn",
    },
    "name_particle": {
        "en": "middle name|middle initial|middle names",
        "de": "namenszusatz|zweiter vorname",
        "nl": "tussenvoegsel|tussenvoegsels|tussenv|voorvoegsel",
        "no": "mellomnavn",
        "da": "mellemnavn",
    },
    "second_last_name": {
        "es": "segundo apellido|apellido 2|2 apellido|apellido materno|2° apellido",
    },
    "nickname": {
        "en": "nickname|nick name|known as|preferred name|goes by|short name",
        "de": "spitzname|rufname|kurzname",
        "fr": "surnom|diminutif|prenom usuel",
        "es": "apodo|mote|alias",
        "it": "soprannome|nomignolo",
        "nl": "bijnaam|roepnaam",
        "pt": "alcunha|nome de guerra",
        "sv": "smeknamn|tilltalsnamn",
        "no": "kallenavn",
        "da": "kaldenavn|kaelenavn|kalenavn",
    },
    "former_name": {
        "en": (
            "former name|former surname|former last name|maiden name|previous name|"
            "previous surname|previous last name|birth name|nee|formerly|old name|old surname"
        ),
        "de": "geburtsname|fruherer name|fruherer nachname|ehemaliger name|geb name|madchenname",
        "fr": "nom de jeune fille|nom de naissance|ancien nom|nee",
        "es": "apellido anterior|apellido de soltera|nombre anterior",
        "it": "cognome da nubile|cognome precedente|cognome di nascita",
        "nl": "meisjesnaam|geboortenaam|vroegere naam|vorige naam",
        "pt": "nome de solteira|apelido anterior|nome anterior|apelido de solteira",
        "sv": "tidigare efternamn|tidigare namn|flicknamn|fodelsenamn",
        "no": "tidligere etternavn|tidligere navn|pikenavn|fodenavn",
        "da": "tidligere efternavn|tidligere navn|pigenavn|fodenavn",
    },
    "member_no": {
        "en": (
            "member no|member number|member id|member nr|membership no|membership number|"
            "membership id|shirt no|shirt number|squad number|jersey number|jersey no|bib|"
            "bib number|bib no|licence no|licence number|license number|license no|athlete no|"
            "athlete number|runner no|runner number|runner id|player id|player number|player no|"
            "club id|club no|club number|singlet number|kit number|kit no"
        ),
        "de": (
            "mitgliedsnummer|mitgliedsnr|mitglieds nr|mitgliednr|mitglied nr|mitgliedernummer|"
            "startnummer|startnr|start nr|lizenznummer|lizenznr|lizenz nr|trikotnummer|"
            "ruckennummer|startpassnummer|startpass nr|athletennummer|athleten nr|spielernummer"
        ),
        "fr": (
            "numero de licence|no licence|n° licence|n° de licence|no de licence|numero licence|"
            "numero d adherent|numero adherent|n° adherent|no adherent|dossard|n° dossard|"
            "numero de dossard|n° d adherent|n° membre|numero de membre"
        ),
        "es": (
            "numero de socio|n° socio|n° de socio|no socio|no de socio|num socio|dorsal|"
            "n° dorsal|numero de dorsal|numero de licencia|n° licencia|n° ficha|numero de ficha"
        ),
        "it": (
            "tessera|numero tessera|n° tessera|n tessera|tessera fidal|numero di tessera|"
            "pettorale|n° pettorale|numero socio|n° socio|numero di maglia|n° maglia"
        ),
        "nl": (
            "lidnummer|lidnr|lid nr|bondsnummer|bondsnr|lidmaatschapsnummer|startnummer|startnr|"
            "rugnummer|licentienummer"
        ),
        "pt": (
            "numero de socio|n° socio|n° de socio|socio n°|no de socio|numero de atleta|"
            "n° de atleta|n° atleta|numero de licenca|n° licenca|n° de filiado|dorsal"
        ),
        "sv": (
            "medlemsnummer|medlemsnr|medlems nr|startnummer|startnr|nummerlapp|licensnummer|"
            "licensnr|trojnummer"
        ),
        "no": "medlemsnummer|medlemsnr|medlems nr|startnummer|startnr|lisensnummer|draktnummer",
        "da": "medlemsnummer|medlemsnr|medlems nr|startnummer|startnr|licensnummer|trojenummer",
    },
    "email": {
        "en": "email|e mail|email address|e mail address|username|user name",
        "de": "e mail adresse|mailadresse|nutzername|benutzername",
        "fr": "adresse e mail|courriel|mail|adresse mail|nom d utilisateur",
        "es": "correo|correo electronico|direccion de correo*|nombre de usuario",
        "it": "indirizzo e mail|indirizzo email|posta elettronica|nome utente",
        "nl": "e mailadres|mailadres|gebruikersnaam",
        "pt": "endereco de e mail|endereco de email|correio",
        "sv": "e post|e postadress|mejl|anvandarnamn",
        "no": "e post|e postadresse|brukernavn",
        "da": "mail|e mail adresse|mailadresse|brugernavn",
    },
    # Ages and days of joining, too: they mark a list of members and are no day of its rows.
    "birth": {
        "en": (
            "date of birth|birthday|birth date|dob|birth|born|year of birth|age|member since|"
            "joined|joined on|date joined"
        ),
        "de": (
            "geburtsdatum|geburtstag|geboren|geburtsjahr|jahrgang|alter|mitglied seit|geb|"
            "geb datum|geb dat|geboren am|eintritt|eintrittsdatum|beitritt|beitrittsdatum|"
            "aufnahmedatum|im verein seit"
        ),
        "fr": (
            "date de naissance|anniversaire|ne le|ne e le|annee de naissance|age|adherent depuis|"
            "date d adhesion|naissance"
        ),
        "es": (
            "fecha de nacimiento|cumpleanos|nacimiento|edad|f nac|fecha nac|f nacimiento|"
            "socio desde|fecha de alta del socio|miembro desde|fecha de inscripcion"
        ),
        "it": (
            "data di nascita|compleanno|nato il|nato/a il|eta|anno di nascita|data nascita|"
            "iscritto dal|data iscrizione"
        ),
        "nl": (
            "geboortedatum|verjaardag|geboren|leeftijd|lid sinds|geb datum|geb|geboren op|"
            "geboortejaar|ingeschreven|inschrijfdatum|lid vanaf"
        ),
        "pt": (
            "data de nascimento|aniversario|nascimento|idade|data nasc|data de nasc|socio desde|"
            "ano de nascimento|membro desde|data de inscricao|data de adesao"
        ),
        "sv": (
            "fodelsedatum|fodelsedag|fodd|alder|fodelsear|medlem sedan|intradesdatum|intradde|"
            "personnummer"
        ),
        "no": (
            "fodselsdato|bursdag|fodt|alder|fodselsar|fodt dato|medlem siden|innmeldt|"
            "innmeldingsdato|innmeldt dato"
        ),
        "da": (
            "fodselsdato|fodselsdag|fodt|alder|fodselsar|medlem siden|indmeldt|indmeldelsesdato|"
            "indmeldt dato|tilmeldt"
        ),
    },
}
