"""What the web editor says beside the labels of the fields, in the languages that it speaks."""

from __future__ import annotations

LANGUAGES = ("de", "en")
COMMON = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "it", "ja", "ko", "lt", "lv", "nb",
    "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Languages that are always offered; those that somebody on the site speaks are added."""

# Plural, singular, and what stands above the list.
COLLECTIONS = {
    "de": {
        "profiles": ("Profile", "Profil", "Ein Profil gehört der Person, die es zeigt. Wer ausscheidet, bekommt den Stand „Ausgeschieden“; gelöscht wird nichts von Hand."),
        "translations": ("Profile auf {language}", "Übersetzung", "Nur Texte; alles andere kommt aus dem Profil. Was hier leer bleibt, erscheint in der Sprache des Profils."),
        "stories": ("Geschichten", "Geschichte", "Geschichten, Stellungnahmen, Interviews und Vorträge, mit einer oder mehreren Personen als Verfasser."),
        "topics": ("Themen", "Thema", "Der gemeinsame Wortschatz: wenige Themen, aber alle Wörter, mit denen andere danach suchen."),
        "hooks": ("Aktuelle Anlässe", "Anlass", "Wer etwas zu einem Ereignis in den Nachrichten sagen kann."),
        "events": ("Veranstaltungen", "Veranstaltung", "Barcamps, Vorträge und Webinare."),
    },
    "en": {
        "profiles": ("Profiles", "Profile", "A profile belongs to the person whom it shows. Who leaves gets the status “Left the company”; nothing is deleted by hand."),
        "translations": ("Profiles in {language}", "Translation", "Texts only; everything else comes from the profile. What stays empty here is shown in the profile’s language."),
        "stories": ("Stories", "Story", "Stories, statements, interviews and talks, by one person or several."),
        "topics": ("Topics", "Topic", "The shared vocabulary: few topics, but all the words by which others look for them."),
        "hooks": ("In the news", "News event", "Who has something to say about an event in the news."),
        "events": ("Events", "Event", "Barcamps, talks and webinars."),
    },
}  # fmt: skip

TEXTS = {
    "de": {
        "title": "Redaktion",
        "loading": "Die Redaktion wird geladen …",
        "slow": "Beim ersten Mal sind das etwa 1,5 MB.",
        "failed": "Die Redaktion konnte nicht geladen werden. Bitte die Seite neu laden.",
        "noscript": "Die Redaktion braucht JavaScript.",
        "instead": "Ohne sie: Dateien direkt im Repository bearbeiten",
        "body": "Text",
        "biography": "Biografie",
        "folder": "Kurzname",
        "folder_hint": "Steht in der Adresse der Seite und lässt sich hier später nicht mehr ändern: Kleinbuchstaben a–z, Ziffern und -, etwa *mara-lindqvist*.",
        "folder_wrong": "nur Kleinbuchstaben a–z, Ziffern und -, etwa mara-lindqvist",
        "limit": "höchstens {limit} Zeichen",
        "lines": "Ein Eintrag je Zeile.",
        "upload": "Ein Bild von Ihrem Rechner; es kommt in denselben Ordner.",
        "drafts": "Entwürfe",
        "language": "Deutsch",
        "credit": "Foto: {credit}",
        "missing": "Name",
        "entry": "Eintrag",
        "entries": "Einträge",
    },
    "en": {
        "title": "Editor",
        "loading": "The editor is loading …",
        "slow": "The first time, these are about 1.5 MB.",
        "failed": "The editor could not be loaded. Please load the page again.",
        "noscript": "The editor needs JavaScript.",
        "instead": "Without it: edit the files in the repository",
        "body": "Text",
        "biography": "Biography",
        "folder": "Short name",
        "folder_hint": "Part of the page’s address; it cannot be changed here later: lower-case letters a–z, digits and -, like *mara-lindqvist*.",
        "folder_wrong": "only lower-case letters a–z, digits and -, like mara-lindqvist",
        "limit": "at most {limit} characters",
        "lines": "One entry on each line.",
        "upload": "A picture from your computer; it is put into the same folder.",
        "drafts": "Drafts",
        "language": "English",
        "credit": "Photo: {credit}",
        "missing": "Name",
        "entry": "entry",
        "entries": "entries",
    },
}

WRONG = {
    "de": {
        "url": "die ganze Adresse, etwa https://example.com/seite",
        "email": "eine E-Mail-Adresse, etwa mara@example.com",
        "phone": "Ziffern, Leerzeichen, + und -, etwa +49 40 123456",
        "clock": "eine Uhrzeit wie 09:30, oder Tag und Uhrzeit mit Abstand zu UTC",
        "slug": "ein Kurzname: Kleinbuchstaben a–z, Ziffern und -",
        "pattern": "Q und eine Zahl, etwa Q179291",
    },
    "en": {
        "url": "the whole address, like https://example.com/page",
        "email": "an e-mail address, like mara@example.com",
        "phone": "digits, spaces, + and -, like +49 40 123456",
        "clock": "a time of day like 09:30, or a day and a time with its offset from UTC",
        "slug": "a short name: lower-case letters a–z, digits and -",
        "pattern": "Q and a number, like Q179291",
    },
}

MESSAGES = {
    "de": {
        "create": "{{collection}} neu: {{slug}}",
        "update": "{{collection}} geändert: {{slug}}",
        "delete": "{{collection}} gelöscht: {{slug}}",
        "uploadMedia": "Datei hochgeladen: {{path}}",
        "deleteMedia": "Datei gelöscht: {{path}}",
    },
    "en": {
        "create": "New {{collection}}: {{slug}}",
        "update": "{{collection}} changed: {{slug}}",
        "delete": "{{collection}} deleted: {{slug}}",
        "uploadMedia": "File uploaded: {{path}}",
        "deleteMedia": "File deleted: {{path}}",
    },
}
