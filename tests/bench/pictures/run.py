"""How long a site's pictures take: N portraits of 12 megapixels, built anew, built again, and after an edit.

    python tests/bench/pictures/run.py --count 1000 --work DIR

Run it with the Python of `.venv`.  The portraits are drawn: a face of soft colours under the noise of a sensor.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from multiprocessing import Pool
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parents[3]
SIZE = (4000, 3000)
VARIETY = 12  # different drawings; each portrait differs from all others all the same
PROFILE = """---
name: Person {number}
lang: en
headline: Explains number {number}
topics: [heat]
portrait: {{file: portrait.jpg, alt: A face, credit: Jane Roe, licence: CC-BY-4.0, focus: [50, 35]}}
consent: {{given: 2026-01-01, text: "1", channels: [site, images, press-kit, feeds, search-engines]}}
---
Text.
"""


def draw(job: tuple[int, str]) -> None:
    """Draw a portrait as a camera would save it."""
    number, path = job
    width, height = SIZE
    dice = random.Random(number)
    planes = [Image.effect_noise((24, 18), 80).resize(SIZE, Image.Resampling.BICUBIC) for _ in range(3)]
    picture = Image.merge("RGB", planes)
    pen = ImageDraw.Draw(picture)
    middle = width * dice.uniform(0.4, 0.6)
    pen.ellipse((middle - 480, height * 0.15, middle + 480, height * 0.6), fill=(214, 170, 140))
    pen.ellipse((middle - 800, height * 0.62, middle + 800, height * 1.4), fill=(40, 60, 90))
    noise = Image.merge("RGB", [Image.effect_noise(SIZE, 14) for _ in range(3)])
    ImageChops.add(picture.filter(ImageFilter.GaussianBlur(3)), noise, 1, -128).save(path, quality=92)


def corpus(folder: Path, count: int) -> None:
    """Write a site of `count` people."""
    (folder / "content/topics").mkdir(parents=True, exist_ok=True)
    (folder / "content/topics/heat.md").write_text("---\nlabel: {en: Heat}\n---\n", "utf-8")
    shutil.copy(ROOT / "tests/bench/pictures/site.py", folder / "pelicanconf.py")
    drawings = [(number, str(folder / f"drawing-{number}.jpg")) for number in range(min(VARIETY, count))]
    with Pool() as pool:
        pool.map(draw, [job for job in drawings if not Path(job[1]).exists()])
    for number in range(count):
        own = folder / f"profiles/person-{number}"
        own.mkdir(parents=True, exist_ok=True)
        (own / "profile.md").write_text(PROFILE.format(number=number), "utf-8")
        data = Path(drawings[number % len(drawings)][1]).read_bytes()
        comment = f"{number:08}".encode()
        (own / "portrait.jpg").write_bytes(data[:2] + b"\xff\xfe\x00\x0a" + comment + data[2:])


def build(folder: Path, what: str, *options: str) -> None:
    """Build, and print how long it took."""
    command = [sys.executable, "-m", "experts", "build", "--site", str(folder), "--output", str(folder.parent / "out")]
    began = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run([*command, *options], cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    print(f"{what:24}{time.perf_counter() - began:8.2f} s   {done.stdout.splitlines()[-1]}", flush=True)


def weigh(out: Path) -> None:
    """Print the bytes of a list of 24 people on a desktop at one and two pixels to a CSS pixel."""
    for width in (360, 640):
        for kind in ("avif", "webp"):
            found = sorted(out.glob(f"experts/*/portrait-{width}-*.{kind}"))[:24]
            size = sum(file.stat().st_size for file in found)
            print(f"{len(found)} portraits, {width} px, {kind}: {size / 1000:.0f} kB")


def main() -> None:
    """Make the site, and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    folder = given.work.resolve() / "site"
    shutil.rmtree(folder / "profiles", ignore_errors=True)
    shutil.rmtree(folder.parent / "out", ignore_errors=True)
    corpus(folder, given.count)
    build(folder, "all new")
    build(folder, "nothing changed")
    build(folder, "--clean", "--clean")
    profile = folder / "profiles/person-0/profile.md"
    profile.write_text(profile.read_text("utf-8").replace("Text.", "Another text."), "utf-8")
    build(folder, "one text changed")
    weigh(folder.parent / "out")


main()
