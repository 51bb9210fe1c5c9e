"""Our adapter for the static-site benchmark: the neutral corpus in our format, and a minimal theme.

    python run.py --sizes 100,1000 --peers hugo,ours --ours PATH/TO/THIS/FILE --work DIR

The outputs are the peers': see plugins/bench_outputs.py and theme/ beside this file.
"""

import json
import shutil
import sys
from pathlib import Path

from corpus import load
from peers.common import BASE_URL, Base, Command, put, yaml_front_matter

HERE = Path(__file__).resolve().parent
TASKS = HERE.parents[2] / "tasks.py"

SETTINGS = f"""
SITENAME = "Our experts"
SITEURL = "{BASE_URL}"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
LANGUAGES = ["de"]
CONSENT = "elsewhere"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["experts", "bench_outputs"]
"""


def write_content(experts, stories, topics, site):
    """The corpus in our format."""
    for e in experts:
        head = {
            "name": e["name"],
            "lang": e["lang"],
            "headline": f"{e['role']}, {e['department']}"[:140],
            "role": e["role"],
            "department": e["department"],
            "location": e["location"],
            "languages": e["languages"],
            "topics": e["topics"],
        }
        if e["links"]:
            head["links"] = {link["kind"]: link["url"] for link in e["links"]}
        put(site / "profiles" / e["slug"] / "profile.md", yaml_front_matter(head) + e["bio"] + "\n")
    for s in stories:
        head = {key: s[key] for key in ("title", "date", "authors", "topics", "lang")}
        put(
            site / "content" / "stories" / s["date"][:4] / f"{s['slug']}.md", yaml_front_matter(head) + s["body"] + "\n"
        )
    for t in topics:
        put(
            site / "content" / "topics" / f"{t['slug']}.md",
            f"---\nlabel:\n  de: {json.dumps(t['name'], ensure_ascii=False)}\n---\n",
        )


class Peer(Base):
    """This project as a peer."""

    name = "ours"

    def available(self):
        """What stands in the table's head."""
        if not TASKS.exists():
            raise RuntimeError("no tasks.py")
        return "our experts"

    def bio_path(self, site, slug):
        """The file that is edited."""
        return Path(site) / "profiles" / slug / "profile.md"

    def prepare(self, corpus, site):
        """Write the site."""
        site = Path(site)
        for part in ("theme", "plugins"):
            shutil.copytree(HERE / part, site / part, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        put(site / "pelicanconf.py", SETTINGS)
        write_content(*load(corpus), site)

    def _command(self, site, out, *more):
        return Command(
            [sys.executable, str(TASKS), "build", "--site", str(site), "--output", str(out), *more], str(site)
        )

    def build(self, site, out):
        """The command of a clean build."""
        return self._command(site, out, "--clean")

    def rebuild(self, site, out, edited):
        """The command of an incremental build."""
        return self._command(site, out)
