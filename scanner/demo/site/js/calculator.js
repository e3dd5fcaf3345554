// Estimates the Larder Credit. The keyboard handling, meant to keep people in the form, never lets them out.

const form = document.querySelector(".calculator");
const stops = [...form.querySelectorAll("input, button")];

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const adults = Number(form.elements.adults.value) === 1 ? 110 : 170;
  const children = 70 * Number(form.elements.children.value);
  form.querySelector(".estimate").textContent = `You may get up to $${adults + children} a month.`;
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Tab") return;
  event.preventDefault();
  const step = event.shiftKey ? stops.length - 1 : 1;
  stops[(stops.indexOf(event.target) + step) % stops.length].focus();
});
