// Checks the income before the next step, and says what is wrong by colour alone.

const form = document.querySelector(".home-form");
const income = form.elements.income;

form.addEventListener("submit", (event) => {
  const right = /^\d+$/.test(income.value.trim());
  income.classList.toggle("wrong", !right);
  if (!right) event.preventDefault();
});
