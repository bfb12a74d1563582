"""Remake the sample's credentials from scratch, with a fresh key that isn't kept.

    python tools/make_sample_credentials.py

Every step is a command of mcsite. All people are invented. The links of the sealed credentials,
which a real
institution would send to its learners and nobody else, go to docs/sample-links.md.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINKS = ROOT / "docs" / "sample-links.md"

PUBLIC = {
    "cybersecurity-basics": [
        ("Ilze Paraudziņa", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Mārtiņš Izdomiņš", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Żaneta Przykładowska", "Pass", "2026-03-27", "", "en"),
        ("Ólafur Dæmisson", "Pass", "2026-03-27", "", "en"),
        ("Ελένη Παραδείγματος", "Pass", "2026-03-27", "", "en"),
        ("Đorđe Uzorković", "Pass", "2026-03-27", "", "en"),
        ("Liis Näidis", "Pass", "2026-03-27", "", "en"),
        ("Anna Fiktīvā", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Jānis Prototips", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Zane Skicīte", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Pēteris Melnraksts", "Ieskaitīts", "2026-03-27", "", "lv"),
        ("Søren Eksempelsen", "Pass", "2026-03-27", "", "en"),
    ],
    "food-safety-haccp": [
        ("Andris Gadījums", "Ieskaitīts", "2023-05-12", "2025-05-11", "lv"),
        ("Baiba Piemēra", "Ieskaitīts", "2023-05-12", "2025-05-11", "lv"),
        ("Guntis Etalons", "Ieskaitīts", "2026-05-15", "2028-05-14", "lv"),
        ("Inese Modele", "Ieskaitīts", "2026-05-15", "2028-05-14", "lv"),
        ("Олена Прикладенко", "Ieskaitīts", "2026-05-15", "2028-05-14", "lv"),
        ("Rūta Pavyzdienė", "Pass", "2026-05-15", "2028-05-14", "en"),
        ("Kaspars Makets", "Ieskaitīts", "2026-05-15", "2028-05-14", "lv"),
        ("Linda Šablone", "Ieskaitīts", "2026-05-15", "2028-05-14", "lv"),
    ],
}
SEALED = {
    "data-stewardship": [
        ("Elīna Nosacītā", "10", "2026-06-12", "", "lv"),
        ("François Exemplé", "9", "2026-06-12", "", "en"),
        ("Katarzyna Wzorcowa", "8", "2026-06-12", "", "en"),
        ("Māra Iedomātā", "9", "2026-06-12", "", "lv"),
        ("José Ejemplo Ficticio", "7", "2026-06-12", "", "en"),
        ("Ģirts Tēlainis", "9", "2026-06-12", "", "lv"),
        ("Ingrīda Pasaka", "8", "2026-06-12", "", "lv"),
        ("Nguyễn Thị Ví Dụ", "10", "2026-06-12", "", "en"),
        ("Ádám Mintás", "6", "2026-06-12", "", "en"),
        ("Sigita Teiksma", "9", "2026-06-12", "", "lv"),
        ("Toms Sapnis", "8", "2026-06-12", "", "lv"),
        ("Vineta Varbūte", "7", "2026-06-12", "", "lv"),
    ],
    "heat-pump-installation": [
        ("Aigars Tukšums", "8", "2026-09-18", "", "lv"),
        ("Dainis Neesošais", "9", "2026-09-18", "", "lv"),
        ("Edgars Kādreizējais", "7", "2026-09-18", "", "lv"),
        ("Gints Jebkurš", "10", "2026-09-18", "", "lv"),
        ("Haralds Ikviens", "8", "2026-09-18", "", "lv"),
        ("Ivars Nulle", "9", "2026-09-18", "", "lv"),
        ("Juris Maskots", "6", "2026-09-18", "", "lv"),
        ("Kārlis Ēna", "9", "2026-09-18", "", "lv"),
        ("Mihails Obrazcovs", "8", "2026-09-18", "", "lv"),
        ("Normunds Atbalss", "7", "2026-09-18", "", "lv"),
        ("Oskars Miglājs", "9", "2026-09-18", "", "lv"),
        ("Raivis Spogulis", "8", "2026-09-18", "", "lv"),
    ],
}
HEADER = ("name", "grade", "issued_on", "valid_until", "language")
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Delete the old credentials, issue the new ones, and change the status of some."""
    credentials = ROOT / "credentials"
    shutil.rmtree(credentials, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        key = work / "key.pem"
        mcsite("keygen", "--out", str(key))
        backdate(credentials / "issuers.yaml")
        for course, rows in PUBLIC.items():
            issue(work, key, course, rows, "public")
        links = [
            (course, *link)
            for course, rows in SEALED.items()
            for link in issue(work, key, course, rows, "sealed")
        ]
        change_statuses(work, key, links)
    write_links(links)


def mcsite(*arguments: str) -> None:
    """Run a command of mcsite on this project."""
    subprocess.run(
        [sys.executable, "-m", "mcsite", *arguments, "--project", str(ROOT)], check=True, cwd=ROOT
    )


def backdate(issuers: Path) -> None:
    """Let the key's window begin with the sample's first credential, not with today."""
    lines = issuers.read_text("utf-8").splitlines(keepends=True)
    issuers.write_text(
        "".join(
            line.split("valid_from:")[0] + "valid_from: 2023-01-01T00:00:00Z\n"
            if "valid_from:" in line
            else line
            for line in lines
        ),
        "utf-8",
    )


def issue(
    work: Path, key: Path, course: str, rows: list[Row], privacy: str
) -> list[tuple[str, str]]:
    """Issue one batch; return the names and links."""
    learners, links = work / f"{course}.csv", work / f"{course}-links.csv"
    write_learners(learners, rows)
    mcsite(
        "issue", course, "--learners", str(learners), "--key", str(key), "--privacy", privacy,
        "--links", str(links), "--batch", f"{rows[-1][2]}-{course}",
    )  # fmt: skip
    with links.open(encoding="utf-8-sig") as file:
        return [(row["name"], row["link"]) for row in csv.DictReader(file)]


def write_learners(path: Path, rows: list[Row]) -> None:
    """Write a learners' file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)


def change_statuses(work: Path, key: Path, links: list[tuple[str, str, str]]) -> None:
    """Withdraw, suspend, reinstate and replace some, so that each state can be seen."""
    public = public_ids()
    signed = ("--key", str(key))
    mcsite("revoke", public[8], *signed, "--reason", "Darbu bija rakstījusi cita persona.")
    mcsite("revoke", links[2][2], *signed, "--reason", "The course was not completed.")
    mcsite(
        "suspend",
        public[5],
        *signed,
        "--reason",
        "The identity of the participant is being checked.",
    )
    mcsite("suspend", links[14][2], *signed, "--reason", "Tiek pārbaudīta identitāte.")
    mcsite("reinstate", links[14][2], *signed, "--reason", "Identitāte apstiprināta.")
    corrected = work / "corrected.csv"
    write_learners(corrected, [("Zane Skicīte-Zīmule", "Ieskaitīts", "2026-03-27", "", "lv")])
    mcsite(
        "supersede", public[9], *signed, "--learners", str(corrected),
        "--reason", "Kļūda uzvārdā.",
    )  # fmt: skip


def public_ids() -> list[str]:
    """Return the ids of the public credentials of the first batch, in the order of its learners."""
    path = next((ROOT / "credentials").glob("*-cybersecurity-basics.jsonl"))
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line)["id"].rstrip("/").rsplit("/", 1)[-1] for line in lines]


def write_links(links: list[tuple[str, str, str]]) -> None:
    """Write the demonstration links as a page of the documentation."""
    rows = "\n".join(f"| {name} | {course} | <{link}> |" for course, name, link in links)
    LINKS.write_text(
        "# Links of the sample's sealed credentials\n\n"
        "These people are invented, and their credentials are here to try mcsite with. A real\n"
        "institution sends each link to its learner and publishes none. Made by\n"
        "`tools/make_sample_credentials.py`.\n\n"
        "Of a site shown by `mcsite serve`, replace `https://micro.baltija.example` by\n"
        "`http://localhost:8000`.\n\n"
        "| name | course | link |\n|---|---|---|\n" + rows + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
