// The Studio shows at once what comes of the file. Without this, its buttons do.

const form = document.getElementById("studio");
const [file, problems, shown, status] = ["file", "problems", "shown", "studio-status"].map((id) => document.getElementById(id));
const texts = JSON.parse(form.dataset.texts ?? "{}");
const _ = (text) => texts[text] ?? text;
// The page's policy lets no text become elements but that of our own pages, read here.
const trusted = window.trustedTypes?.createPolicy("our-studio", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
let pause, asking;

const say = (text, isTrouble = false) => {
  status.textContent = text;
  status.classList.toggle("hidden", !isTrouble); // the list of problems says the rest to whoever sees it
};
const show = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: asking.signal });
    const page = new DOMParser().parseFromString(trusted.createHTML(await answer.text()), "text/html");
    if (answer.status === 413) return say(_("That is longer than any campaign, and cannot be checked. Shorten it."), true);
    if (!answer.ok || !page.getElementById("studio")) throw new Error(answer.statusText);
    for (const part of [problems, shown]) part.replaceChildren(...page.getElementById(part.id).childNodes);
    shown.ariaLabel = page.getElementById("shown").ariaLabel;
    say(document.getElementById("problems-heading").textContent);
  } catch (error) {
    if (error.name !== "AbortError") say(_("The file could not be checked just now. What you typed is still there: try “Check and show”."), true);
  }
};

form.addEventListener("input", ({ target }) => {
  clearTimeout(pause);
  pause = setTimeout(show, target.matches("textarea, #slug") ? 600 : 0);
});

// From a problem to its place in the file.
problems.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  const lines = file.value.split("\n");
  const before = lines.slice(0, link.dataset.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const line = lines[link.dataset.line - 1] ?? "";
  const start = before + Math.min(link.dataset.column - 1, line.length);
  // A field that is given the focus scrolls to where its cursor is.
  file.blur();
  file.setSelectionRange(start, start);
  file.focus();
  file.setSelectionRange(start, before + line.length);
});

// Another file takes the place of this one.
document.querySelector(".starts").addEventListener("click", (event) => {
  const isTyped = "typed" in form.dataset || file.value !== file.defaultValue;
  const isKept = () => !confirm(_("Open another file? Download this one first if you want to keep it."));
  if (event.target.closest("a") && isTyped && isKept()) event.preventDefault();
});
