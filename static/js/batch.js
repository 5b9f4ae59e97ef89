// A batch at work: the same page is asked for again, and what differs is put in, so that the focus stays.
"use strict";

(() => {
  const PAUSE = 1500;
  const again = async () => {
    const course = document.querySelector("[data-batch]");
    if (Number(course.dataset.waiting) === 0) return;
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      if (response.redirected || !response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-batch]");
      if (!fresh) return;
      if (fresh.dataset.waiting === "0") {
        course.replaceChildren(...fresh.childNodes);
      } else {
        for (const line of fresh.querySelectorAll("li[id]")) {
          const old = document.getElementById(line.id);
          if (old && old.innerHTML !== line.innerHTML && !old.contains(document.activeElement)) old.replaceWith(line);
        }
        const said = fresh.querySelector("[data-progress]").textContent;
        const progress = course.querySelector("[data-progress]");
        if (progress.textContent !== said) progress.textContent = said;
        course.querySelector("progress").value = fresh.querySelector("progress").value;
      }
      course.dataset.waiting = fresh.dataset.waiting;
    } catch {
      // Not connected: the next turn asks again.
    }
    setTimeout(again, PAUSE);
  };
  if (document.querySelector("[data-batch]")) setTimeout(again, PAUSE);
})();
