"""The files of the API: valid by their own schemas, complete in their addresses, the same whatever came before."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from factory import Site
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from published import Api, within

LISTS = ("experts", "topics", "stories", "hooks", "events")


def rows(api: Api, name: str) -> list[Any]:
    """All rows of a list, from all its parts."""
    found, address = [], f"{api.url}api/{name}.json"
    while address:
        part = api.read(address.removeprefix(api.url))
        found += part["items"]
        address = part.get("next", "")
    return found


def test_files_are_valid(api: Api) -> None:
    """Every file has the fields that its schema names, all of the right form, and no others."""
    assert api.invalid() == []
    assert {f"api/{name}.json" for name in ("index", *LISTS)} <= api.files().keys()


def test_schemas_are_valid_and_closed(api: Api) -> None:
    """Every schema is one, says where it is, allows no field that it does not name, and explains each."""
    for path, schema in api.schemas().items():
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == api.url + path
        for shape in [schema, *schema.get("$defs", {}).values()]:
            if "properties" in shape:
                assert shape["additionalProperties"] is False, path
                assert all(field["description"] for field in shape["properties"].values()), path


def test_openapi_describes_every_file(api: Api) -> None:
    """The description is valid, names a schema that exists for each answer, and has one path for each file."""
    spec = api.read("api/openapi.json")
    assert list(OpenAPIV31SpecValidator(spec, base_uri=(api.folder / "api/openapi.json").as_uri()).iter_errors()) == []
    assert spec["servers"] == [{"url": api.url.removesuffix("/")}]
    forms = {path: re.compile(re.sub(r"\\{\w+\\}", "[a-z0-9-]+", re.escape(path))) for path in spec["paths"]}
    for path, data in api.files().items():
        (form,) = [form for form, pattern in forms.items() if pattern.fullmatch(f"/{path}")]
        answer = spec["paths"][form]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert data["$schema"] == f"{api.url}api/{answer}"
    for path in spec["paths"]:
        for parameter in spec["paths"][path]["get"].get("parameters", ()):
            if "example" in parameter:
                assert (api.folder / path[1:].format(**{parameter["name"]: parameter["example"]})).is_file()


def test_addresses_answer(api: Api) -> None:
    """Every address of the site in any file leads to something; in HTML all are absolute."""
    assert api.dead() == []


def test_every_record_is_listed_and_has_a_file(api: Api) -> None:
    """Lists, files and the numbers of the entry point agree; a row says what the file says, only less."""
    files = api.files()
    index = files["api/index.json"]
    assert [collection["name"] for collection in index["collections"]] == list(LISTS)
    names = []
    for collection in index["collections"]:
        found = rows(api, collection["name"])
        assert collection["count"] == len(found)
        assert {path for path in files if path.startswith(f"api/{collection['name']}/")} == {
            f"api/{collection['name']}/{row['slug']}.json" for row in found
        }
        for row in found:
            record = files[row["api_url"].removeprefix(api.url)]
            assert within(row, record), row["slug"]
            names.append(row["id"])
    assert len(set(names)) == len(names)


def test_files_are_the_same_again(odd_site: Site) -> None:
    """A clean build elsewhere, and a build with nothing to do, give the same bytes."""
    assert odd_site.built().made == 0
    assert odd_site.stale() == []


def test_licence_and_contact(site: Site) -> None:
    """Each file names the licence of the data if there is one, and each picture its own credit and licence."""
    site.settings(DATA_LICENCE={"name": "CC0", "url": "https://cc.example/0"}, PRESS_OFFICE={"email": "p@x.example"})
    site.built()
    api = Api(site.output, "http://127.0.0.1:8000/")
    assert api.invalid() == []
    assert {json.dumps(data["licence"]) for data in api.files().values()} == {
        '{"name": "CC0", "url": "https://cc.example/0"}'
    }
    assert api.read("api/index.json")["contact"] == {"email": "p@x.example"}
    info = api.read("api/openapi.json")["info"]
    assert info["license"] == {"name": "CC0", "url": "https://cc.example/0"}
    assert info["contact"]["email"] == "p@x.example"
    portrait = api.read("api/experts/mara.json")["portrait"]
    assert (portrait["credit"], portrait["licence"], portrait["width"], portrait["height"]) == (
        "Jane Roe",
        "CC0-1.0",
        1,
        1,
    )
    assert portrait["size"] == (site.output / portrait["url"].removeprefix(api.url)).stat().st_size
    picture = api.read("api/stories/pipe.json")["image"]["de"]
    assert (picture["type"], picture["alt"], picture["credit"]) == ("image/jpeg", {"de": "Bild"}, "Jane Roe")


def test_a_host_in_other_letters(site: Site) -> None:
    """A site whose host has letters beyond ASCII is named as all programs can reach it."""
    site.settings(SITEURL="https://müller.example/fachleute", DATA_LICENCE={"name": "", "url": "https://cc.example/0"})
    site.built()
    api = Api(site.output, "https://xn--mller-kva.example/fachleute/")
    assert api.invalid() == []
    assert api.dead(bodies=False) == []
    assert api.read("api/openapi.json")["info"]["license"]["name"] == "https://cc.example/0"


def changed(site: Site) -> set[str]:
    """Build, and return which files of the API this has changed, come or gone."""
    before = site.tree()
    site.built()
    after = site.tree()
    return {
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path) and path.startswith("api/")
    }


def test_an_edit_changes_what_it_is_about(site: Site) -> None:
    """A new biography changes the person's own file; a new headline that and the list; each as a clean build does."""
    site.built()
    site.profile("ida", "Eine ganz andere Biografie.\n")
    assert changed(site) == {"api/experts/ida.json"}
    site.profile("ida", "Eine ganz andere Biografie.\n", headline="Neu")
    assert changed(site) == {"api/experts/ida.json", "api/experts.json"}
    site.story("valve", "Ganz anders.", authors=["ida"], kind="statement", until="2027-01-01")
    assert changed(site) == {"api/stories/valve.json"}
    site.profile("ida", name="Ida Anders")
    files = changed(site)
    assert {"api/experts/ida.json", "api/experts.json", "api/stories/valve.json", "api/topics/heat.json"} <= files
    assert not any(path.startswith(("api/schemas/", "api/openapi", "api/index")) for path in files)
    assert site.stale() == []


def test_a_permanent_name_outlives_the_short_name(site: Site) -> None:
    """Who gets another short name keeps the id, in a file of another name."""
    site.built()
    api = Api(site.output, "http://127.0.0.1:8000/")
    before = api.read("api/experts/ida.json")["id"]
    site.path("profiles/ida").rename(site.path("profiles/ida-neu"))
    site.profile("ida-neu", aliases=["ida"])
    site.story("valve", authors=["ida-neu"], kind="statement", until="2027-01-01")
    site.built()
    assert api.read("api/experts/ida-neu.json")["id"] == before
    assert "api/experts/ida.json" not in api.files()


@pytest.mark.parametrize("gone", ["expert_api", "expert_profiles", "expert_stories", "expert_topics", "expert_events"])
def test_plugins_can_go(gone: str, site: Site) -> None:
    """Without the API nothing leads to it; without the pages of a kind, the API does not name them."""
    plugins = re.findall(r'^ +"(\w+)",', (site.checkout.folder / "pelicanconf.py").read_text("utf-8"), re.MULTILINE)
    site.settings(PLUGINS=[name for name in plugins if name != gone])
    site.built()
    if gone == "expert_api":
        assert not [path for path in site.tree() if path.startswith(("api/", "developers/", "en/developers/"))]
        assert not [path for path, data in site.tree().items() if b"developers/" in data and path.endswith(".html")]
    else:
        api = Api(site.output, "http://127.0.0.1:8000/")
        assert api.invalid() == []
        assert api.dead(bodies=False) == []


def test_a_long_list_has_parts(site: Site) -> None:
    """With thousands of stories, the list comes in parts; together they are all stories, the newest first."""
    for number in range(1600):
        site.story(f"s{number}", "", date=f"20{10 + number // 200}-01-01", topics=[])
    site.built()
    api = Api(site.output, "http://127.0.0.1:8000/")
    assert api.invalid() == []
    assert len(api.read("api/stories.json")["items"]) == 603
    found = rows(api, "stories")
    assert len(found) == 1603 == api.read("api/index.json")["collections"][2]["count"]
    assert [row["date"][:10] for row in found] == sorted((row["date"][:10] for row in found), reverse=True)
    site.story("neu", "", date="2026-11-20")
    assert {path for path in changed(site) if re.match(r"api/stories[.-]", path)} == {"api/stories.json"}
