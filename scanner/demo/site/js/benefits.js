// Shows the benefits that meet the chosen need and says how many there are.

const form = document.querySelector(".filter");
const result = document.querySelector(".filter-result");
const cards = [...document.querySelectorAll(".card")];

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const need = form.elements.need.value;
  for (const card of cards) card.hidden = need !== "" && card.dataset.need !== need;
  const shown = cards.filter((card) => !card.hidden).length;
  result.textContent = shown === 1 ? "1 benefit" : `${shown} benefits`;
});
