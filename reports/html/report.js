/* Narrows a list of problems, and copies the text of an issue. Without this script all of it is there to read. */
"use strict";

(() => {
  const panel = document.getElementById("filters");
  if (!panel) return;
  const selects = [...panel.querySelectorAll("select")];
  const items = [...document.querySelectorAll("main li.item")];
  const sections = [...new Set(items.map((item) => item.closest("section")))];
  const said = panel.querySelector("[role=status]");
  const QUIET_MS = 400;
  let waiting = 0;

  const has = (item, select) =>
    !select.value || (item.getAttribute(`data-${select.name}`) || "").split(" ").includes(select.value);

  const narrow = () => {
    const chosen = selects.filter((select) => select.value);
    for (const item of items) item.hidden = !chosen.every((select) => has(item, select));
    for (const section of sections) section.hidden = !section.querySelector("li.item:not([hidden])");
    return chosen;
  };

  const sentence = (chosen) => {
    const left = items.filter((item) => !item.hidden).length;
    const by = chosen.map((select) => `${select.labels[0].textContent}: ${select.selectedOptions[0].dataset.text}`);
    return `${left} of ${items.length} shown${by.length ? `, by ${by.join("; ")}` : ""}.`;
  };

  /* The arrow keys change a list at every step: the count is said once, when the choosing has come to rest. */
  const apply = () => {
    const chosen = narrow();
    clearTimeout(waiting);
    waiting = setTimeout(() => { said.textContent = sentence(chosen); }, QUIET_MS);
  };

  const reset = () => {
    for (const select of selects) select.value = "";
    apply();
  };

  panel.addEventListener("change", apply);
  panel.querySelector("button").addEventListener("click", reset);
  /* A browser that comes back to a page brings what was chosen there. */
  addEventListener("pageshow", () => { if (selects.some((select) => select.value)) apply(); });
  panel.hidden = false;
})();

(() => {
  const copied = async (area) => {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch {
      /* Where a report is served without encryption there is no clipboard but the one of the selection. */
      area.select();
      return document.execCommand("copy");
    }
  };

  for (const box of document.querySelectorAll("details.copy")) {
    const area = box.querySelector("textarea");
    const button = document.createElement("button");
    const said = document.createElement("p");
    button.type = "button";
    button.textContent = `Copy ${area.getAttribute("aria-label").toLowerCase().replace("markdown", "Markdown")}`;
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = "";
      const done = await copied(area);
      said.textContent = done ? "Copied." : "It could not be copied. Select the text and copy it.";
      button.focus();
    });
    box.append(button, said);
  }
})();
