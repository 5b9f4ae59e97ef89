// 校核: a file dropped anywhere on its field, its size before it is sent, and a word while it is read.
"use strict";

(() => {
  const form = document.querySelector("[data-check]");
  const largest = Number(form.dataset.largest) * 1024 * 1024;
  const files = [...form.querySelectorAll("input[type=file]")];
  const button = form.querySelector("button[type=submit]");
  const status = form.querySelector("[data-status]");

  // Sending would take minutes to be told what is known here.
  const fits = (input) => {
    const file = input.files[0];
    const word = form.querySelector(`[data-size-of="${input.id}"]`);
    const over = Boolean(file) && file.size > largest;
    word.hidden = !over;
    word.textContent = over ? `“${file.name}”${form.dataset.tooLarge}` : "";
    if (over) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    return !over;
  };

  for (const input of files) {
    const field = input.closest(".field");
    const drag = (on) => field.classList.toggle("dragging", on);
    input.addEventListener("change", () => fits(input));
    field.addEventListener("dragover", (event) => { event.preventDefault(); drag(true); });
    field.addEventListener("dragleave", () => drag(false));
    field.addEventListener("drop", (event) => {
      event.preventDefault();
      drag(false);
      if (!event.dataTransfer.files.length) return;
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
      input.dispatchEvent(new Event("change"));
    });
  }

  form.addEventListener("submit", (event) => {
    const wrong = files.find((input) => !fits(input));
    if (wrong) {
      event.preventDefault();
      wrong.focus();
      return;
    }
    button.disabled = true;
    status.textContent = status.dataset.busy;
  });

  // Back from the answer: the page may stand as it was left.
  addEventListener("pageshow", () => {
    button.disabled = false;
    status.textContent = "";
  });
})();
