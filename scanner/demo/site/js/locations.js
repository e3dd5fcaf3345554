// Goes to the appointments of a county as soon as it is chosen.

const county = document.querySelector("select[name=county]");

county.addEventListener("change", () => {
  if (county.value) county.form.submit();
});
