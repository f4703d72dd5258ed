"""The one address of the course, and every place that names it.

    python site/address.py OWNER REPOSITORY [SITE]    set it, and write it everywhere
    python site/address.py                            write it everywhere, as it is set
    python site/address.py --none                     take it away again

SITE is https://OWNER.github.io/REPOSITORY where it is not told. Without an address no link shows.
Each place is a block between two lines that hold `address` and `/address`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST = "00_start_here"


@dataclass(frozen=True)
class Address:
    owner: str = ""
    repository: str = ""
    site: str = ""

    def __bool__(self) -> bool:
        return bool(self.owner and self.repository)

    @property
    def code(self) -> str:
        return f"https://github.com/{self.owner}/{self.repository}"

    def browser(self, chapter: str = FIRST) -> str:
        return f"{self.site}/live/lab/index.html?path={chapter}.ipynb"

    def colab(self, chapter: str = FIRST) -> str:
        place = f"{self.owner}/{self.repository}/blob/main/notebooks/{chapter}.ipynb"
        return f"https://colab.research.google.com/github/{place}"

    def binder(self, chapter: str = FIRST) -> str:
        place = f"{self.owner}/{self.repository}/HEAD?urlpath=lab/tree/notebooks/{chapter}.ipynb"
        return f"https://mybinder.org/v2/gh/{place}"


def read(root: Path = ROOT) -> Address:
    return Address(**tomllib.loads((root / "site/address.toml").read_text(encoding="utf-8")))


def chosen(arguments: list[str]) -> Address:
    """What OWNER REPOSITORY [SITE] say; an error in words where they cannot be an address."""
    if arguments == ["--none"]:
        return Address()
    if len(arguments) not in (2, 3):
        sys.exit(__doc__.strip())
    owner, repository, *rest = arguments
    for name in owner, repository:
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", name):
            sys.exit(f"{name!r} is not the name of an owner or a repository.")
    site = rest[0].rstrip("/") if rest else f"https://{owner.lower()}.github.io/{repository}"
    if not re.fullmatch(r"https://[\w.-]+(/[\w./~-]*)?", site):
        sys.exit(f"{site!r} is not an address that begins with https://")
    return Address(owner, repository, site)


# ---------------------------------------------------------------------- what each place says of it


def readme(at: Address) -> str:
    links = f"[in your browser]({at.browser()}), [in Colab]({at.colab()})"
    return f"\nWith nothing installed: {links} or [on Binder]({at.binder()}).\n" * bool(at)


def contributing(at: Address) -> str:
    words = "Once the course lies in a public repository, `python site/address.py OWNER REPOSITORY`"
    unset = f"{words}\nputs its links everywhere: in the README, the package and the citation.\n"
    return f"The course opens at\n<{at.binder()}>\n" if at else unset


def project(at: Address) -> str:
    pages = {"Homepage": at.site, "Source": at.code, "Issues": f"{at.code}/issues"}
    lines = "".join(f'{name} = "{page}"\n' for name, page in pages.items())
    return f"[project.urls]\n{lines}" * bool(at)


def citation(at: Address) -> str:
    return f'repository-code: "{at.code}"\nurl: "{at.site}"\n' * bool(at)


PLACES = {
    "README.md": readme,
    "CONTRIBUTING.md": contributing,
    "pyproject.toml": project,
    "CITATION.cff": citation,
}
BLOCK = re.compile(r"(^(?:#|<!--) address.*\n)((?:.*\n)*?)(^(?:#|<!--) /address)", re.M)


def written(at: Address, root: Path = ROOT) -> dict[Path, str]:
    """Every file that names the address, as it should read."""
    pages = {}
    for name, words in PLACES.items():
        text = (root / name).read_text(encoding="utf-8")
        page, times = BLOCK.subn(lambda m, words=words: m[1] + words(at) + m[3], text)
        assert times == 1, f"{name} should have one block for the address, and has {times}"
        pages[root / name] = page
    lines = (root / "site/address.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    setting = [f'{name} = "{value}"\n' for name, value in vars(at).items()]
    pages[root / "site/address.toml"] = "".join([lines[0], *setting])
    return pages


def stale(at: Address, root: Path = ROOT) -> list[Path]:
    """The files that say something else."""
    pages = written(at, root).items()
    return [path for path, text in pages if path.read_text(encoding="utf-8") != text]


def main(arguments: list[str], root: Path = ROOT) -> None:
    at = chosen(arguments) if arguments else read(root)
    pages = written(at, root)
    for path in stale(at, root):
        path.write_text(pages[path], encoding="utf-8", newline="\n")
        print("written:", path.relative_to(root).as_posix())
    print(f"The address is {at.code}." if at else "There is no address: no link shows.")


if __name__ == "__main__":
    main(sys.argv[1:])
