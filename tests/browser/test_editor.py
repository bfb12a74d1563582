"""Sveltia CMS with the configuration that mcsite makes, in a browser: a course is opened, changed
and saved, and mcsite reads what was saved.
"""

import shutil
from pathlib import Path

from playwright.sync_api import Browser

from mcsite.cli import main
from tests.browser.server import serving

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "node_modules/@sveltia/cms/dist/sveltia-cms.js"
COURSE = "catalogue/courses/first-course.yaml"
# The folder that a person would choose: one of the browser's own, with the project's files in it
FOLDER = """
window.showDirectoryPicker = async () => {
  const folder = await navigator.storage.getDirectory();
  folder.queryPermission = folder.requestPermission = async () => "granted";
  return folder;
};
"""
WRITE = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", {create: true});
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(part, {create: true});
    }
    const file = await folder.getFileHandle(parts.at(-1), {create: true});
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
# The file's text once it holds the words. A file that the editor replaces while it is read can't
# be read, and is looked at again.
SAVED = """async ([path, words]) => {
  const parts = path.split("/");
  let folder = await navigator.storage.getDirectory();
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  for (let round = 0; round < 600; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const file = await (await folder.getFileHandle(parts.at(-1))).getFile();
    try {
      const text = await file.text();
      if (text.includes(words)) return text;
    } catch (error) {
      if (error.name !== "NotReadableError") throw error;
    }
  }
  throw new Error(`${path} doesn't get the words ${words}`);
}"""


def test_a_course_is_changed_in_the_editor_and_mcsite_reads_it(
    browser: Browser, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    main(["init", str(project), "--name", "Uni", "--languages", "en,lv", "--country", "LV"])
    site = project / "catalogue/site.yaml"
    repository = "repository: https://github.com/uni/catalogue\n"
    site.write_text(site.read_text("utf-8") + repository, "utf-8")
    assert main(["schema", "--cms", "sveltia", "--write", "--project", str(project)]) == 0
    shutil.copy(SCRIPT, project / "admin")
    files = {
        str(path.relative_to(project)): path.read_text("utf-8")
        for path in (project / "catalogue").rglob("*.yaml")
    }

    with serving(project / "admin") as loopback:
        address = loopback.replace("127.0.0.1", "localhost")
        context = browser.new_context(locale="en-GB")
        context.add_init_script(FOLDER)
        page = context.new_page()
        answered: list[str] = []
        page.on("response", lambda response: answered.append(response.url))
        page.goto(f"{address}/index.html", wait_until="domcontentloaded")
        page.evaluate(WRITE, files)
        page.get_by_role("button", name="Work with Local Repository").click()
        page.get_by_text("First course", exact=True).wait_for()
        page.goto(f"{address}/index.html#/collections/courses/entries/first-course")
        page.get_by_role("radio", name="Uni").wait_for()  # the provider, by its name
        page.get_by_role("textbox").nth(1).fill("Pirmais kurss")
        page.get_by_role("button", name="Save", exact=True).click()
        saved = page.evaluate(SAVED, [COURSE, "Pirmais"])
        context.close()

    assert "title:\n  en: First course\n  lv: Pirmais kurss\n" in saved
    (project / COURSE).write_text(saved, "utf-8")
    assert main(["check", "--project", str(project), "--strict"]) == 0
    # the page's policy let nothing else answer
    assert {url.split("/")[2] for url in answered if url.startswith("http")} == {
        address.split("/")[2]
    }
