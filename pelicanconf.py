"""Settings of the site.  Pelican's own names where it has one; the project's own are explained here."""

SITENAME = "Nordlicht – unsere Köpfe"
SITEURL = ""  # empty while developing; publishconf.py has the address
PATH = "content"
OUTPUT_PATH = "output"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = [
    "experts",  # the core: reads, checks and builds
    "expert_home",
    "expert_profiles",
    "expert_lists",
    "expert_chance",
    "expert_topics",
    "expert_stories",
    "expert_hooks",
    "expert_events",
    "expert_search",
    "expert_data",
    "expert_previews",
    "expert_embeds",  # about content of other sites, where EMBED_PROVIDERS is set
    "expert_feeds",
    "expert_api",
    "expert_pages",
    "expert_components",  # where drafts are shown
    "expert_calendars",
    "expert_vcards",
    "expert_sitemap",
    "expert_robots",
    "expert_llms",
    "expert_security",
    "expert_manifest",
    "expert_hosting",
    "expert_admin",  # the web editor, where ADMIN is set
    "expert_files",
]
STATIC_PATHS = ["images"]
DELETE_OUTPUT_DIRECTORY = False
# Pelican's own feeds know neither co-authors nor permanent ids.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.meta", "markdown.extensions.sane_lists"],
    "output_format": "html5",
}

# The project's own.
LANGUAGES = ["de", "en"]  # of the site; the others than DEFAULT_LANG live below /<language>/
CONSENT = "required"  # or "elsewhere", where consent is kept outside this repository
CONSENT_TEXTS = {"renew_within": 90, "hide_after": None}  # days after a newer text of consent: a problem; hidden
DRAFTS = False  # True shows drafts, marked; `serve` does that by itself
ORGANISATION = {"name": "Nordlicht Energie- und Gebäudetechnik", "url": "https://nordlicht.example/"}
PRESS_OFFICE = {
    "name": "Pressestelle Nordlicht",
    "email": "presse@nordlicht.example",
    "phone": "+49 40 66969 100",
    "hours": "Mo–Fr 8–18 Uhr",
}
REPOSITORY = ""  # address of the repository on the forge
MAINTAINERS: list[str] = []  # accounts on the forge that look at what nobody may change alone
VERIFY_DAYS = 180  # how long a link to a profile elsewhere counts as confirmed; see verify-links
# Whose videos, podcasts and posts a page can show after a click: known by name, or described here; all others are links.
EMBED_PROVIDERS: dict[str, object] = {
    "peertube": {"hosts": ["video.example"]},
    "mastodon": {"hosts": ["social.example"]},
    "podcast.example": {
        "title": "podcast.example",
        "kind": "podcast",
        "hosts": ["podcast.example"],
        "pages": {"/{show}/{id}": "https://podcast.example/{show}/{id}/embed"},
        "privacy": "https://podcast.example/privacy",
    },
}
# What happens to the names of people who are gone: beside others above a story ("neutral" words, "drop", "keep"), above a
# story whose authors are all gone ("remove" it, "neutral", "keep"), in links to them ("neutral", "keep").
MENTIONS = {"coauthor": "neutral", "sole": "remove", "text": "neutral"}
# The theme's own look is {}; another one is like {"accent": "#c2006b", "radius": 0, "logo": "brand/logo.svg"}.
BRAND: dict[str, object] = {}
TEXTS: dict[str, dict[str, str]] = {}  # {"title": {"de": "…"}}: title and lead of the home page, a line in the footer
TAG_AUTHORITY = "nordlicht.example,2026"  # who gives the permanent names of feeds; never change it again
WEBSUB_HUB = ""  # address of a hub that tells readers at once what is new
FEED_ENDING_DAYS = 90  # how long the feed of somebody who left says that it has ended
DATA_LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}  # of the data files
SECURITY = {"contact": "mailto:sicherheit@nordlicht.example", "expires": "2027-09-30"}  # for security.txt
# The web editor below /admin/: {} is none. With GitHub {"login": "https://…"} (who lets people in), else {"app": "…"}.
ADMIN: dict[str, str] = {}
