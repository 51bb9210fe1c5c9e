"""What every field is called and what it means, in plain words, for forms and schemas.

Labels and helps are English msgids; German and other languages stand in ``locale/<language>/LC_MESSAGES/fields.po``
(`texts.fields_in`). A path names a field within others by dots (``portrait.alt``); with a dot at its end, an entry of a list.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What a field is called, and a sentence of help."""

    label: str
    help: str


TEXT: dict[str, Words] = {
    "headline": Words(
        "Headline",
        "What can you explain to others? One sentence with a verb, like: Explains why heat pumps work in old houses too.",
    ),
    "role": Words("Role", "What it says on your business card."),
    "department": Words("Department", "In words that people outside understand."),
    "summary": Words(
        "Short biography", "Two or three sentences about you in the third person, for journalists to copy."
    ),
    "contact_for": Words("Contact for", "What may people ask you for? For example: live interviews, background talks."),
    "interests": Words(
        "Interests to disclose", "What readers should know to judge what you say: shares, memberships, clients."
    ),
}
EXPERT: dict[str, Words] = {
    **TEXT,
    "name": Words("Name", "As it should stand in the newspaper."),
    "lang": Words("Language of this text", "Leave it empty if the text is in the site's first language."),
    "location": Words("Place", "Where you work, like Hamburg."),
    "timezone": Words("Time zone", "Only if it is not the site's, like Europe/Lisbon."),
    "pronouns": Words("Pronouns", "If you want to name them, like she/her."),
    "pronunciation": Words("Pronunciation", "How to say your name, like MAH-ra LIND-kvist."),
    "languages": Words("Languages for interviews", "The best one first."),
    "languages.": Words("Language", "A code like de, en or pt-BR."),
    "topics": Words("Topics", "One to ten, the most important one first."),
    "formats": Words("Formats", "Where you are willing to speak."),
    "response": Words("Time to an answer", "A promise to journalists that you can keep, like 4 hours."),
    "contact": Words("Contact", "Without it the press office answers for you."),
    "contact.email": Words("E-mail address", "It will be public."),
    "contact.phone": Words("Phone number", "It will be public. With country code, like +49 40 123456."),
    "links": Words("Profiles elsewhere", "Where people find you: Mastodon, LinkedIn, ORCID, your own site."),
    "feeds": Words("What you publish elsewhere", "Feeds of your blog, podcast or channel that may appear here."),
    "feeds.url": Words("Address of the feed", "Like https://blog.example/feed.xml."),
    "feeds.kind": Words("Kind", "Like blog, podcast or video."),
    "portrait": Words("Portrait", "A picture of your face, best with 1,600 pixels or more on each side."),
    "portrait.file": Words("File", "A picture that lies in the same folder."),
    "portrait.alt": Words(
        "Description of the picture", "For people who do not see it: what it shows, not only the name."
    ),
    "portrait.credit": Words("Photographer", "Who took or made the picture; shown beside it."),
    "portrait.licence": Words("Licence", "How others may use it, like CC-BY-4.0, or “for press use only”."),
    "portrait.focus": Words(
        "Point in focus", "Where the face is: per cent from the left and from the top, like 50 and 30."
    ),
    "media": Words("In the media", "Interviews and appearances, the newest first."),
    "media.title": Words("Title", "What it is called there."),
    "media.outlet": Words("Outlet", "Who published it."),
    "media.date": Words("Day", "When it was published."),
    "media.url": Words("Address", "Where it can be read, heard or seen."),
    "media.language": Words("Language", "A code like de, en or pt-BR."),
    "media.format": Words("Format", "Like interview, radio or TV."),
    "absence": Words("Absence", "The page then says that you are away, and whom to ask."),
    "absence.from": Words("First day", "Leave it empty if you are away already."),
    "absence.until": Words("Last day", "Leave it empty if you do not know."),
    "absence.deputy": Words("Who answers meanwhile", "A colleague who has a profile."),
    "owner": Words(
        "Who may edit this", "Accounts where the files are kept; your own first, then people who edit for you."
    ),
    "owner.": Words("Account", "The name of an account, like mara-l."),
    "consent": Words(
        "Consent",
        "What you agree to, channel by channel. To take a part of it back, remove a channel; to take back all of it, use the switch. "
        "Nobody has to agree to that: it counts from the next publication, minutes later.",
    ),
    "consent.given": Words("Given on", "Nothing is shown before this day."),
    "consent.text": Words("Version of the text", "Which text you agreed to, like 2026-1."),
    "consent.channels": Words(
        "Agreed for",
        "Each is a choice of its own; remove what you take back. Without the site, nothing at all is shown.",
    ),
    "consent.until": Words("Until", "After this day everything is taken off by itself. Empty: until you take it back."),
    "consent.withdrawn": Words(
        "I take all of it back",
        "Your page, portrait, feed and all places where you are listed go with the next publication; what you agreed to before "
        "stays written down here. Links to you become plain words. Stories with others stay, without you.",
    ),
    "confirmed": Words(
        "Still correct on",
        "The day on which you last made sure that all of this is right. Your page says so in your company's name, so somebody there agrees.",
    ),
    "status": Words("Status", "A draft is not on the site; paused and left take the profile off it."),
    "left": Words("Leaving day", "From this day on the profile is gone by itself."),
    "aliases": Words("Earlier short names", "Old addresses lead here."),
}
TRANSLATION: dict[str, Words] = {
    **TEXT,
    "translation_of": Words("Person", "Whose profile is translated."),
    "portrait": Words("Portrait", "The picture comes from the profile."),
    "portrait.alt": Words(
        "Description of the picture", "For people who do not see it: what it shows, not only the name."
    ),
}
STORY: dict[str, Words] = {
    "title": Words("Title", "What the story says, not only what it is about."),
    "date": Words("Date", "With a day that lies ahead it appears by itself on that day."),
    "authors": Words("By", "One to eight people with a profile; all of them should agree."),
    "former_authors": Words(
        "Authors without a profile", "How many more wrote it who have left and whose profile was removed, 1 to 8."
    ),
    "topics": Words("Topics", "The most important one first."),
    "lang": Words("Language of this text", "Leave it empty if the text is in the site's first language."),
    "summary": Words("Summary", "One or two sentences for lists and previews."),
    "kind": Words("Kind", "A statement may be quoted word for word."),
    "image": Words("Picture", "Shown on the story's own page."),
    "image.file": Words("File", "A picture that lies in the same folder."),
    "image.alt": Words("Description of the picture", "For people who do not see it: what it shows."),
    "image.credit": Words("Photographer", "Who took or made the picture; shown beside it."),
    "image.licence": Words("Licence", "How others may use it, like CC-BY-4.0, or “for press use only”."),
    "original": Words("First published at", "The address, if it was published elsewhere first."),
    "embed": Words("Video, podcast or post", "Its address. Nothing is loaded from there before somebody clicks."),
    "until": Words("Quotable until", "After this day it is not offered for quoting any more."),
    "share": Words("Words for sharing", "Your own words, if you like; nobody has to share anything."),
    "translation_of": Words("Translation of", "The story that this one translates."),
    "updated": Words("Changed on", "Only if something important was changed later."),
    "status": Words("Status", "A draft is not on the site."),
    "aliases": Words("Earlier short names", "Old addresses lead here."),
}
TOPIC: dict[str, Words] = {
    "label": Words("Term", "In each language of the site; at least in one."),
    "synonyms": Words(
        "Other words for it", "All words that people search with: lay terms, abbreviations, other spellings."
    ),
    "synonyms.": Words("Word", "One word or phrase."),
    "broader": Words("Part of", "The larger topic that this one belongs to."),
    "wikidata": Words("Wikidata item", "Q and a number, like Q179291: tells machines what is meant."),
    "description": Words("Description", "One or two sentences in each language."),
    "aliases": Words("Earlier short names", "Old addresses lead here."),
}
HOOK: dict[str, Words] = {
    "title": Words("Title", "The news, in a few words."),
    "date": Words("Date", "From this day on it is shown."),
    "until": Words("Until", "After this day it moves to the archive by itself."),
    "experts": Words("Who can say something", "People with a profile, and what each of them can say."),
    "experts.expert": Words("Person", "Somebody who has a profile."),
    "experts.angle": Words("Can say", "For example: can say why the grid copes."),
    "topics": Words("Topics", "The most important one first."),
    "lang": Words("Language of this text", "Leave it empty if the text is in the site's first language."),
    "status": Words("Status", "A draft is not on the site."),
    "aliases": Words("Earlier short names", "Old addresses lead here."),
}
EVENT: dict[str, Words] = {
    "title": Words("Title", "What the event is called."),
    "start": Words("Begins", "A day, or a day and a time."),
    "end": Words("Ends", "A day, or a day and a time."),
    "place": Words("Place", "Where it takes place; “online” is one, too."),
    "url": Words("Address", "The event's own page on the web."),
    "kind": Words("Kind", "What sort of event it is."),
    "experts": Words("Who takes part", "People with a profile."),
    "topics": Words("Topics", "The most important one first."),
    "sessions": Words("Sessions", "The programme, in the order of time."),
    "sessions.title": Words("Title", "What the session is about."),
    "sessions.start": Words("Begins", "A time of day like 09:30."),
    "sessions.end": Words("Ends", "A time of day like 10:15."),
    "sessions.room": Words("Room", "Where in the house."),
    "sessions.hosts": Words("Hosts", "People with a profile."),
    "sessions.story": Words("What came of it", "A story about this session."),
    "lang": Words("Language of this text", "Leave it empty if the text is in the site's first language."),
    "status": Words("Status", "A draft is not on the site."),
    "aliases": Words("Earlier short names", "Old addresses lead here."),
}
KINDS = {"expert": EXPERT, "translation": TRANSLATION, "story": STORY, "topic": TOPIC, "hook": HOOK, "event": EVENT}
"""The kinds of files."""

OPTIONS: dict[str, dict[str, str]] = {
    "formats": {
        "tv": "Television",
        "radio": "Radio",
        "podcast": "Podcast",
        "print": "Print",
        "talk": "Talks",
        "background": "Background talks",
    },
    "kind": {
        "story": "Story",
        "statement": "Statement",
        "interview": "Interview",
        "talk": "Talk",
        "press": "Press",
        "podcast": "Podcast",
        "video": "Video",
        "barcamp": "Barcamp",
        "webinar": "Webinar",
        "conference": "Conference",
    },
    "status": {
        "draft": "Draft",
        "published": "Published",
        "paused": "Paused",
        "left": "Left the company",
    },
    "channels": {
        "site": "This site",
        "search-engines": "Search engines",
        "feeds": "Feeds and data files",
        "press-kit": "Press kit and contact card",
        "images": "Pictures of me",
        "ai": "Use by AI systems",
    },
}
"""What the options of choices are called, by the last name of the field's path."""


def words(kind: str, path: str) -> Words:
    """Label and help (English msgids) of a field of a kind of file; KeyError if there is no such field."""
    found = KINDS[kind].get(path)
    return found if found is not None or not path.endswith(".") else KINDS[kind][path[:-1]]  # type: ignore[return-value]


def label(kind: str, path: str) -> str:
    """What a field is called (an English msgid)."""
    return words(kind, path).label


def help(kind: str, path: str) -> str:  # noqa: A001 - what it is
    """What a field means (an English msgid)."""
    return words(kind, path).help


def option(path: str, value: str) -> str:
    """What an option of a choice is called (an English msgid)."""
    return OPTIONS[path.rstrip(".").rpartition(".")[2]][value]
