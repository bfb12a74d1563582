"""What forges run: valid files, without rights or secrets where strangers' changes run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from mcsite.cli import main
from mcsite.commands.workflow_files import FORGES, workflow_files

GITHUB = {path.rpartition("/")[2]: text for path, text in workflow_files("github").items()}
WORKFLOWS = {name: text for name, text in GITHUB.items() if name.endswith(".yml")}
GITLAB = workflow_files("gitlab")[".gitlab-ci.yml"]
PINNED = re.compile(r"uses: ([\w-]+/[\w-]+)(/[\w-]+)?@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")
BIN = Path(sys.executable).parent


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(WORKFLOWS[name], yaml.BaseLoader)  # noqa: S506 -- our own files; "on" stays a word
    return found


def jobs() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{name} {job}", what) for name in WORKFLOWS for job, what in read(name)["jobs"].items()
    ]


@pytest.mark.parametrize(
    ("schema", "more", "forge"),
    [
        ("vendor.github-workflows", [], "github"),
        ("vendor.gitlab-ci", ["--data-transform", "gitlab-ci"], "gitlab"),
    ],
)
def test_the_files_are_what_the_forge_s_schema_asks_for(
    tmp_path: Path, schema: str, more: list[str], forge: str
) -> None:
    files = []
    for path, text in workflow_files(forge).items():
        if path.endswith(".yml"):
            files.append(tmp_path / Path(path).name)
            files[-1].write_text(text, "utf-8")
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", schema, *more, *map(str, files)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_action_is_pinned_by_its_whole_commit(name: str) -> None:
    lines = [line.strip().removeprefix("- ") for line in WORKFLOWS[name].splitlines()]
    used = [line for line in lines if line.startswith("uses:")]

    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


def test_an_action_is_at_one_commit_everywhere() -> None:
    found = {match[0] for text in WORKFLOWS.values() for match in PINNED.finditer(text)}
    pins = {(action, commit, version) for action, _, commit, version in map(_parts, found)}

    assert len(pins) == len({action for action, _, _ in pins})


def _parts(line: str) -> tuple[str, ...]:
    found = PINNED.fullmatch(line)
    assert found
    return found.groups()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_has_a_secret_or_runs_strangers_changes_with_rights(name: str) -> None:
    text, workflow = WORKFLOWS[name], read(name)

    assert "pull_request_target" not in text
    assert "secrets" not in text
    assert workflow["permissions"] in ({"contents": "read"}, {})


def test_a_job_that_may_write_runs_nothing_of_the_repository_s() -> None:
    writing = {name: job for name, job in jobs() if "write" in job.get("permissions", {}).values()}

    assert set(writing) == {"comment.yml comment", "deploy.yml deploy"}
    for job in writing.values():
        assert not [step for step in job["steps"] if "run" in step]
        assert not [step for step in job["steps"] if "checkout" in step.get("uses", "")]


def test_what_checks_out_keeps_no_token() -> None:
    for _, job in jobs():
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


def test_nothing_is_put_into_a_script_that_others_can_write() -> None:
    for _, job in jobs():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "") + step.get("with", {}).get("script", "")


def test_signing_is_nowhere() -> None:
    assert not re.search(
        r"mcsite (issue|revoke|suspend|reinstate|supersede|refresh|keygen|keys)|\.pem|--key",
        GITLAB + "".join(WORKFLOWS.values()),
    )


def test_the_site_keeps_its_files_that_begin_with_a_dot() -> None:
    steps = [step for _, job in jobs() for step in job["steps"]]
    sites = [step["with"] for step in steps if step.get("with", {}).get("path") == "public"]

    assert len(sites) == 2
    assert all(one["include-hidden-files"] == "true" for one in sites)


def test_the_comment_follows_the_check_by_its_name() -> None:
    assert read("comment.yml")["on"]["workflow_run"]["workflows"] == [read("check.yml")["name"]]


# ---- the steps, run for real


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A new repository, its main branch, and a merged pull request that adds a course."""
    root = tmp_path / "repository"
    assert main(["init", str(root), "--languages", "en,lv"]) == 0
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Start")
    git(root, "checkout", "-q", "-b", "change")
    assert main(["new", "course", "second", "--project", str(root)]) == 0
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A second course")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", "change")
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True)


def steps_of(name: str, job: str) -> dict[str, str]:
    """Return what a job runs, by name; installing is what the test's own environment did."""
    steps = read(name)["jobs"][job]["steps"]
    return {s["name"]: s["run"] for s in steps if "run" in s and s["name"] != "Install mcsite"}


def run(root: Path, script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the forge does: bash, which stops at the first command that fails."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **more}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_what_deploys_builds_a_site(repository: Path) -> None:
    for script in steps_of("deploy.yml", "build").values():
        done = run(repository, script)
        assert done.returncode == 0, done.stdout + done.stderr

    assert (repository / "public/en/courses/second/index.html").is_file()


def test_a_preview_is_the_site_of_the_change(repository: Path) -> None:
    for script in steps_of("check.yml", "preview").values():
        assert run(repository, script).returncode == 0

    assert (repository / "public/lv/courses/second/index.html").is_file()


def test_a_fault_stops_the_deployment_with_an_annotation(repository: Path) -> None:
    course = repository / "catalogue/courses/second.yaml"
    course.write_text(course.read_text("utf-8").replace("level:", "lvel:"), "utf-8")

    done = run(repository, steps_of("deploy.yml", "build")["Check"])

    assert done.returncode == 1
    assert "::error file=catalogue/courses/second.yaml,line=" in done.stdout


def test_a_pull_request_is_checked_and_its_meaning_written(repository: Path) -> None:
    summary = repository.parent / "summary.md"
    for script in steps_of("check.yml", "check").values():
        done = run(repository, script, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, done.stdout + done.stderr

    written = (repository / "review/diff.md").read_text("utf-8")
    assert "second" in written
    assert summary.read_text("utf-8") == written


def test_gitlab_s_jobs_do_the_same(repository: Path) -> None:
    jobs = yaml.load(GITLAB, yaml.BaseLoader)  # noqa: S506 -- our own file
    base = subprocess.check_output(
        ["git", "rev-parse", "HEAD^1"], cwd=repository, text=True
    ).strip()
    for name in ("check", "diff", "build", "deploy"):
        done = run(repository, "\n".join(jobs[name]["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
        assert done.returncode == 0, name + done.stdout + done.stderr

    assert json.loads((repository / "findings.json").read_text("utf-8")) is not None
    assert "second" in (repository / "diff.md").read_text("utf-8")


def test_gitlab_reports_a_fault_and_fails(repository: Path) -> None:
    course = repository / "catalogue/courses/second.yaml"
    course.write_text(course.read_text("utf-8").replace("level:", "lvel:"), "utf-8")
    check = yaml.load(GITLAB, yaml.BaseLoader)["check"]  # noqa: S506 -- our own file

    done = run(repository, "\n".join(check["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA="")

    assert done.returncode == 1
    found = json.loads((repository / "findings.json").read_text("utf-8"))
    assert {one["check_name"] for one in found} >= {"MC202"}
    assert "MC202 error" in done.stdout


# ---- the comment, with GitHub played by a few lines

PLAYED = """
const [script, state] = JSON.parse(require("node:fs").readFileSync(0));
const written = [];
const method = (name) => Object.assign(async (what) => { written.push([name, what]); }, { called: name });
const github = {
  paginate: async (what) => state[what.called],
  rest: { pulls: { list: method("pulls") },
          issues: { listComments: method("comments"), createComment: method("create"), updateComment: method("update") } },
};
const core = { info: (text) => written.push(["info", text]), setFailed: (text) => written.push(["failed", text]) };
const run = { head_sha: "abc", head_branch: "change", html_url: "https://github.example/run",
              head_repository: { owner: { login: "stranger" } } };
const context = { repo: { owner: "uni", repo: "micro" }, payload: { workflow_run: run } };
const task = new (Object.getPrototypeOf(async () => {}).constructor)("github", "context", "core", "require", script);
task(github, context, core, require).then(() => console.log(JSON.stringify(written)));
"""  # noqa: E501 -- JavaScript


def commented(folder: Path, text: str | None, **state: Any) -> list[tuple[str, Any]]:
    """Return what the comment's script asks of GitHub; `text` None: the file is a link."""
    review = folder / "review"
    review.mkdir()
    if text is None:
        (review / "diff.md").symlink_to("/etc/hostname")
    else:
        (review / "diff.md").write_text(text, "utf-8")
    script = read("comment.yml")["jobs"]["comment"]["steps"][1]["with"]["script"]
    known = {"pulls": [{"number": 7, "head": {"sha": "abc"}}], "comments": []} | state
    done = subprocess.run(
        [shutil.which("node") or "node", "-e", PLAYED],
        input=json.dumps([script, known]),
        env={**os.environ, "RUNNER_TEMP": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [(name, what) for name, what in json.loads(done.stdout)]


def test_what_a_change_means_is_commented_once(tmp_path: Path) -> None:
    ((name, made),) = commented(tmp_path, "One course added")
    assert (name, made["issue_number"]) == ("create", 7)
    assert "One course added" in made["body"]

    earlier = {"id": 5, "user": {"type": "Bot"}, "body": made["body"]}
    people = {"id": 4, "user": {"type": "User"}, "body": made["body"]}
    (tmp_path / "again").mkdir()
    ((name, made),) = commented(tmp_path / "again", "Two", comments=[people, earlier])
    assert (name, made["comment_id"]) == ("update", 5)


def test_a_stranger_s_text_calls_nobody_hides_nothing_and_is_cut(tmp_path: Path) -> None:
    ((_, made),) = commented(tmp_path, "@uni/rectors look <!-- hidden -->" + "x" * 70_000)

    assert "@uni" not in made["body"]
    assert made["body"].count("<!--") == 1
    assert len(made["body"]) < 65_536


def test_a_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert commented(tmp_path, None) == [("failed", "diff.md isn't a file")]


def test_a_run_of_older_commits_says_nothing(tmp_path: Path) -> None:
    pulls = [{"number": 7, "head": {"sha": "newer"}}]

    assert commented(tmp_path, "x", pulls=pulls)[0][0] == "info"


# ---- what init writes


@pytest.mark.parametrize(
    ("forge", "there"),
    [
        ("github", {".github", "requirements.txt"}),
        ("gitlab", {".gitlab-ci.yml", "requirements.txt"}),
        ("both", {".github", ".gitlab-ci.yml", "requirements.txt"}),
        ("none", set()),
    ],
)
def test_a_new_repository_has_the_workflows_of_its_forge(
    tmp_path: Path, forge: str, there: set[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), "--forge", forge]) == 0

    found = {path.name for path in (tmp_path / "new").iterdir()}
    assert found & {".github", ".gitlab-ci.yml", "requirements.txt"} == there


def test_the_version_that_machines_install_is_this_one() -> None:
    assert set(FORGES) == {"github", "gitlab", "both", "none"}
    assert re.search(r"^mcsite==\d+\.\d+\.\d+$", GITHUB["requirements.txt"], re.MULTILINE)
