// The topics, the list of questions and the drawer with related guides.

const topics = document.querySelectorAll(".topic");
const choices = document.querySelectorAll(".topic-tabs button");

for (const choice of choices) {
  choice.addEventListener("click", () => {
    for (const other of choices) other.setAttribute("aria-pressed", String(other === choice));
    for (const topic of topics) topic.hidden = topic.dataset.topic !== choice.dataset.topic;
  });
}

document.querySelector(".show-all").addEventListener("click", () => {
  for (const question of document.querySelectorAll(".questions .more")) question.hidden = false;
});

const opener = document.querySelector(".drawer-button");
const drawer = document.querySelector(".guide-drawer");

function turn(open) {
  drawer.classList.toggle("open", open);
  opener.setAttribute("aria-expanded", String(open));
  if (open) drawer.querySelector("a").focus();
}

opener.addEventListener("click", () => turn(!drawer.classList.contains("open")));

drawer.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  turn(false);
  opener.focus();
});
