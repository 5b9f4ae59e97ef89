// Importing: files dropped on their field and counted, the list refreshed while documents are read,
// and a word before corrections are left behind.
"use strict";

(() => {
  const form = document.querySelector("[data-import]");
  if (form) choosing(form);
  if (document.querySelector("[data-uploads]")) following();
  const corrections = document.querySelector("[data-corrections]");
  if (corrections) guarding(corrections);

  function choosing(form) {
    const input = form.querySelector("input[type=file]");
    const error = form.querySelector("#documents-error");
    const chosen = form.querySelector("[data-chosen]");
    const button = form.querySelector("button[type=submit]");
    const status = form.querySelector("[data-status]");
    const field = input.closest(".field");
    const most = Number(form.dataset.most);
    const largest = Number(form.dataset.megabytes) * 1024 * 1024;

    // Sending would take minutes to be told what is known here.
    const fits = () => {
      const files = [...input.files];
      const large = files.find((file) => file.size > largest);
      let said = "";
      if (files.length > most) said = `选了 ${files.length} 份：一次最多 ${most} 份，请分几次上传。`;
      else if (large) said = `“${large.name}”超过 ${form.dataset.megabytes} MB，请去掉它再上传。`;
      error.hidden = !said;
      error.textContent = said;
      if (said) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      chosen.textContent = files.length ? `选了 ${files.length} 份文件。` : "";
      return !said;
    };

    input.addEventListener("change", fits);
    field.addEventListener("dragover", (event) => { event.preventDefault(); field.classList.add("dragging"); });
    field.addEventListener("dragleave", () => field.classList.remove("dragging"));
    field.addEventListener("drop", (event) => {
      event.preventDefault();
      field.classList.remove("dragging");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      fits();
    });
    form.addEventListener("submit", (event) => {
      if (!fits()) {
        event.preventDefault();
        input.focus();
        return;
      }
      button.disabled = true;
      status.textContent = "正在上传，请稍候……";
    });
    addEventListener("pageshow", () => {
      button.disabled = false;
      status.textContent = "";
    });
  }

  // The same page is asked for again; only what differs is put in, so that the focus stays.
  function following() {
    const PAUSE = 2000;
    const again = async () => {
      const list = document.querySelector("[data-uploads]");
      if (Number(list.dataset.pending) === 0) return;
      try {
        const response = await fetch(location.href, { credentials: "same-origin" });
        if (response.redirected || !response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector("[data-uploads]");
        if (!fresh) return;
        if (fresh.dataset.pending === "0") {
          list.replaceChildren(...fresh.childNodes);
          list.dataset.pending = "0";
        } else {
          for (const line of fresh.querySelectorAll("li[id]")) {
            const old = document.getElementById(line.id);
            if (old && old.innerHTML !== line.innerHTML && !old.contains(document.activeElement)) old.replaceWith(line);
          }
          const said = fresh.querySelector("[data-progress]").textContent;
          const progress = list.querySelector("[data-progress]");
          if (progress.textContent !== said) progress.textContent = said;
        }
        document.title = page.title;
      } catch {
        // Not connected: the next turn asks again.
      }
      setTimeout(again, PAUSE);
    };
    setTimeout(again, PAUSE);
  }

  function guarding(form) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
})();
