// Nothing here is needed: every page works without it.

const $ = (id) => document.getElementById(id);

// The letter beside a form fills itself in as one types.
for (const gap of document.querySelectorAll(".gap")) {
  const field = document.querySelector(`[name="${gap.dataset.from}"]`);
  if (!field) continue;
  field.addEventListener("input", () => {
    const typed = field.value.trim();
    gap.textContent = typed || gap.dataset.empty;
    gap.classList.toggle("empty", !typed);
  });
}

// The finished letter: what is copied and linked to is always the letter as it stands.
const form = $("letter");
if (form) {
  const { subject, body } = form.elements;
  const { email, name, address, longest } = form.dataset;

  const emailText = () => {
    const letter = body.value.trim();
    const signed = letter.endsWith(`\n${name}`);
    return `${letter}\n${signed ? "" : `\n${name}\n`}${address}\n`;
  };

  const refresh = () => {
    $("email-text").value = emailText();
    if (!$("mailto")) return;
    const encode = (text) => encodeURIComponent(text.replaceAll("\n", "\r\n"));
    const link = `mailto:${encodeURIComponent(email).replace("%40", "@")}?subject=${encode(subject.value.trim())}`;
    const whole = `${link}&body=${encode(emailText())}`;
    const fits = whole.length <= Number(longest);
    $("mailto").href = fits ? whole : link;
    $("mailto-short").hidden = fits;
  };

  const copy = async (what) => {
    const text = { email: () => email, subject: () => subject.value, letter: emailText }[what]();
    try {
      await navigator.clipboard.writeText(text);
      $("status").textContent = `The ${what === "email" ? "address" : what} is copied. Paste it into your email.`;
    } catch {
      $("email-text").closest("details").open = true;
      $("email-text").select();
      $("status").textContent = "Your browser does not let us copy. Select the text below and copy it.";
    }
  };

  form.addEventListener("input", refresh);
  $("keep").hidden = true; // changes count as they are typed
  for (const button of form.querySelectorAll("[data-copy]")) {
    button.closest("ul").hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy));
  }
  refresh(); // the browser may have brought back an edited letter
}

// The list of constituencies shows what fits the words typed above it, in any order, whatever their accents.
const filter = $("filter");
if (filter) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const places = [...document.querySelectorAll("#seats li")].map((item) => ({ item, text: plain(item.textContent) }));
  const sections = document.querySelectorAll("#seats section");
  const show = () => {
    const wanted = plain($("filter-text").value).split(" ");
    for (const { item, text } of places) item.hidden = !wanted.every((word) => ` ${text}`.includes(` ${word}`));
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const all = document.querySelectorAll("#seats section:last-of-type li:not([hidden])").length;
    const said = all === 0 ? "None is called that" : all === 1 ? "One constituency" : `${all} constituencies`;
    $("filter-status").textContent = plain($("filter-text").value) && said;
  };
  $("filter-text").addEventListener("input", show);
  filter.hidden = false;
  show(); // the browser may have brought back what was typed
}
