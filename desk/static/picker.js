// The browser's calendar beside a date that is typed: what is chosen there is written into the field, as ISO writes it.
// Without scripts there is the field alone.
for (const picker of document.querySelectorAll("input.picker")) picker.hidden = false;
document.addEventListener("change", ({ target }) => {
  if (!target.matches("input.picker") || !target.value) return;
  const typed = document.getElementById(target.dataset.for);
  typed.value = target.value;
  typed.dispatchEvent(new Event("change", { bubbles: true }));
});
