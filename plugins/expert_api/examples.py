"""Programs that use the API, for the page that explains it; the tests run each of them."""

from __future__ import annotations

import json
import shlex

from expert_api import addresses, entry, people
from expert_api.fields import written
from experts import identifiers, model, visibility
from experts.directory import Directory
from experts.site import Site

SHELL = "curl -fsS {}\n"
SCRIPT = """\
const pick = (texts, lang) => texts[lang] ?? Object.values(texts)[0];

let address = {experts};
while (address) {{
  const part = await (await fetch(address)).json();
  for (const person of part.items) {{
    if (person.topics?.some((topic) => topic.slug === {topic})) {{
      console.log(`${{person.name}}: ${{pick(person.headline, {lang})}}`);
    }}
  }}
  address = part.next;
}}
"""
COPY = """\
import json
from pathlib import Path
from urllib.request import urlopen

folder = Path("experts")
folder.mkdir(exist_ok=True)
address, found = {experts}, set()
while address:
    with urlopen(address) as answer:
        part = json.load(answer)
    for person in part["items"]:
        file = folder / f"{{person['slug']}}.json"
        with urlopen(person["api_url"]) as answer:
            file.write_bytes(answer.read())
        found.add(file)
    address = part.get("next")
for file in folder.glob("*.json"):
    if file not in found:
        file.unlink()
"""


def somebody(view: Directory) -> model.Expert | None:
    """A person whom a page that all may find can name: the first one by name."""
    return next((expert for expert in view.experts if not visibility.robots([expert])), None)


def programs(view: Directory, site: Site, lang: str) -> dict[str, str]:
    """Programs by their language; they run on any site, also on one without experts."""
    person = somebody(view)
    asked = [addresses.at(site, entry.FILE), *([addresses.record(site, "expert", person.slug)] if person else [])]
    words = {
        "experts": addresses.collection(site, "expert"),
        "topic": person.topics[0] if person and person.topics else "heat-pumps",
        "lang": lang,
    }
    quoted = {name: json.dumps(word) for name, word in words.items()}
    return {
        "sh": "".join([SHELL.format(shlex.quote(address)) for address in asked]),
        "js": SCRIPT.format(**quoted),
        "python": COPY.format(**quoted),
    }


def answer(view: Directory, site: Site) -> str:
    """A row of the list of experts, as it is sent but with more line breaks; "" where there is none."""
    expert = somebody(view)
    if expert is None:
        return ""
    portrait = expert.portrait or people.BARE
    rights = (portrait.credit, portrait.licence)
    row = people.Row(site, view.card(expert), identifiers.name(expert), rights, view.topic_cards(expert.topics))
    return json.dumps(written(people.ROW, row), ensure_ascii=False, indent=2) + "\n"
