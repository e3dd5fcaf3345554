// Narrows the site index to the words that were searched for. Without a search the whole list stays.

const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";

if (asked) {
  const words = asked.toLowerCase().split(/\s+/);
  const entries = [...document.querySelectorAll(".search-list li")];
  for (const entry of entries) {
    const text = entry.textContent.toLowerCase();
    entry.hidden = !words.every((word) => text.includes(word));
  }
  const found = entries.filter((entry) => !entry.hidden).length;
  const pages = found === 1 ? "1 page has" : `${found} pages have`;
  document.querySelector(".search-count").textContent = `${pages} “${asked}” in the title or description.`;
  document.querySelector("input[name=q]").value = asked;
}
