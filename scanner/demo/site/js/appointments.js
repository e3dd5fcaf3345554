// Shows the free times of a day and asks to confirm one of them. The dialog opens without taking focus.

const days = ["Monday, March 9", "Tuesday, March 10", "Wednesday, March 11", "Thursday, March 12", "Friday, March 13"];
const day = document.querySelector(".day");
const dialog = document.querySelector(".booking-dialog");
const booked = document.querySelector(".booked");
let shown = 0;
let time = "";

for (const button of document.querySelectorAll(".day-stepper button")) {
  button.addEventListener("click", () => {
    shown = (shown + Number(button.dataset.step) + days.length) % days.length;
    day.textContent = days[shown];
  });
}

for (const button of document.querySelectorAll(".times button")) {
  button.addEventListener("click", () => {
    time = button.dataset.time;
    dialog.querySelector(".chosen-time").textContent = `${days[shown]}, ${time}`;
    dialog.hidden = false;
  });
}

dialog.querySelector(".confirm").addEventListener("click", () => {
  dialog.hidden = true;
  booked.textContent = `Your appointment: ${days[shown]}, ${time}.`;
});

dialog.querySelector(".cancel").addEventListener("click", () => {
  dialog.hidden = true;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dialog.hidden = true;
});
