// Looks up an application and switches the reminder on. The references are made up.

const form = document.querySelector(".status-form");
const reference = form.elements.reference;
const result = document.querySelector(".status-result");
const hint = reference.getAttribute("aria-describedby");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.querySelector(".error")?.remove();
  const right = /^[a-z]{2}\s?\d{6}$/i.test(reference.value.trim());
  reference.setAttribute("aria-invalid", String(!right));
  reference.setAttribute("aria-describedby", right ? hint : `${hint} reference-error`);
  result.textContent = right ? "Received on February 20, 2026. We look at it by March 2, 2026." : "";
  if (right) return;
  const error = document.createElement("span");
  error.className = "error";
  error.id = "reference-error";
  error.textContent = "Enter two letters and six digits, such as HH 204117.";
  reference.before(error);
  reference.focus();
});

document.querySelector(".remind-button").addEventListener("click", () => {
  document.querySelector(".remind-result").textContent = "We will write to you.";
});
