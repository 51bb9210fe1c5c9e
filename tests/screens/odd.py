"""Sites that are unlike the demo: very long, very short, in other scripts, with nothing in them yet."""

from pathlib import Path

SETTINGS = 'CONSENT = "elsewhere"\nLANGUAGES = ["de", "en"]\n'
LONG_NAME = "Prof. Dr.-Ing. habil. Maximiliane-Theodora Freifrau von Hohenstein-Wolkenburg zu Altenkirchen-Süd"
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LONG_URL = f"https://archive.example/{'a-very-long-part-of-an-address-' * 6}end?query={'x' * 80}"

LONG_PROFILE = f"""\
---
name: {LONG_NAME}
headline: "{LONG_WORD}, Grundstücksverkehrsgenehmigungszuständigkeit, und was davon gilt"
role: Leiterin {LONG_WORD}
department: Abteilung für Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft
location: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
timezone: America/Argentina/ComodRivadavia
pronouns: keine Pronomen, bitte den Namen
pronunciation: mak-si-mi-LI-a-ne te-o-DO-ra fon HO-en-schtain WOL-ken-burk tsu AL-ten-kir-chen
languages: [de, en, fr, zh, ar, nds, pt-BR, uk]
topics: [long, short]
contact_for: [{LONG_WORD}, Interviews, Faktenchecks]
formats: [tv, radio, podcast, print, talk, background]
response: innerhalb eines Arbeitstages, außer freitags
contact:
  email: {"maximiliane-theodora." * 2}hohenstein-wolkenburg@{"verwaltung." * 3}nordlicht.example
  phone: +49 40 66969 120 444 555 666
links:
  website: {LONG_URL}
  mastodon: https://mastodon.example/@maximiliane
media:
  - title: {LONG_WORD} und kein Ende
    outlet: Zeitung für {LONG_WORD}
    date: 2026-03-01
    url: {LONG_URL}
confirmed: 2026-10-01
status: published
---
"""
PIECE = f"""
## {LONG_WORD}

Ein Satz mit `{"code" * 40}`, einer Adresse <{LONG_URL}> und **{LONG_WORD}** darin, und noch einmal {LONG_WORD}.

- eins
    - zwei
        - drei
            - vier
                - fünf mit {LONG_WORD}

| Spalte | {LONG_WORD} | Zahl | Bemerkung | Quelle | Stand | Ort |
| ------ | ----------- | ---: | --------- | ------ | ----- | --- |
| eins | zwei | 1 000 000 | {"viel Text " * 8} | {LONG_WORD} | 2026 | Kiel |

```python
{"x = some_function_with_a_long_name(argument) + " * 6}1
```

> {LONG_WORD} in einem Zitat

{"Ganz gewöhnlicher Text, der ein Stück weitergeht und weiter. " * 60}
"""
CHINESE_PROFILE = """\
---
name: 欧阳娜娜
lang: zh
headline: 研究热泵与区域供热的工程师
role: 工程师
location: 上海
languages: [zh, en]
topics: [long]
contact:
  email: ouyang@nordlicht.example
status: published
---
我在这里工作，研究热泵。
"""
ARABIC_PROFILE = """\
---
name: عبد الرحمن بن محمد الخوارزمي
lang: ar
headline: مهندس يبحث في الطاقة الشمسية وتخزينها
languages: [ar, de]
topics: [long]
contact:
  phone: +49 40 1234
status: published
---
أعمل هنا في مجال الطاقة الشمسية. انظر Nordlicht 2026.
"""
TOPIC = """\
---
label:
  de: {de}
  en: {en}
synonyms:
  de: [{de}-Synonym]
---
"""
LONG_STORY = f"""\
---
title: "{LONG_WORD}: Warum {LONG_WORD} im Keller nicht hilft"
date: 2026-10-10
authors: [lang, ouyang, arabisch]
topics: [long]
lang: de
share: {LONG_WORD} {LONG_URL}
original: {LONG_URL}
---
{PIECE}
"""
LONG_HOOK = f"""\
---
title: {LONG_WORD} tritt in Kraft
date: 2026-11-10
until: 2027-01-01
experts:
  - expert: lang
    angle: erklärt {LONG_WORD} so, dass es alle verstehen, auch die anderen
topics: [long]
---
{LONG_WORD}
"""
LONG_EVENT = f"""\
---
title: Tagung {LONG_WORD}
start: 2026-12-30T09:00:00+01:00
end: 2027-01-02T16:00:00+01:00
place: Saal {LONG_WORD}, Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
url: {LONG_URL}
kind: conference
experts: [lang]
topics: [long]
sessions:
  - title: {LONG_WORD}
    start: 2026-12-30T09:00:00+01:00
    end: 2026-12-30T18:00:00+01:00
    room: Raum {LONG_WORD}
    hosts: [lang, ouyang]
    story: lange-geschichte
  - title: Kurz
    start: 2026-12-31T09:00:00+01:00
---
"""
SHORT_PROFILE = """\
---
name: Bo
headline: Ja
languages: [de]
topics: [short]
status: published
---
"""
SHORT_STORY = """\
---
title: Oh
date: 2026-10-10
authors: [bo]
topics: [short]
lang: de
---
Ein Satz.
"""
SITES = {
    "long": {
        "profiles/lang/profile.md": LONG_PROFILE + PIECE * 14,
        "profiles/ouyang/profile.md": CHINESE_PROFILE,
        "profiles/arabisch/profile.md": ARABIC_PROFILE,
        "content/topics/long.md": TOPIC.format(de=LONG_WORD, en="Beef labelling supervision delegation"),
        "content/topics/short.md": TOPIC.format(de="Öl", en="Oil"),
        "content/stories/2026/lange-geschichte.md": LONG_STORY,
        "content/hooks/gesetz.md": LONG_HOOK,
        "content/events/tagung.md": LONG_EVENT,
    },
    "short": {
        "pelicanconf.py": SETTINGS + 'SITENAME = "K"\nORGANISATION = {}\nPRESS_OFFICE = {}\n',
        "profiles/bo/profile.md": SHORT_PROFILE,
        "content/topics/short.md": TOPIC.format(de="Öl", en="Oil"),
        "content/topics/nobody.md": TOPIC.format(de="Gas", en="Gas"),
        "content/stories/2026/oh.md": SHORT_STORY,
    },
    "empty": {"pelicanconf.py": SETTINGS + "ORGANISATION = {}\nPRESS_OFFICE = {}\n", "profiles/README.txt": ""},
}


def write(name: str, folder: Path) -> Path:
    """Write one of the sites into a folder."""
    for path, text in {"pelicanconf.py": SETTINGS, **SITES[name]}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder
