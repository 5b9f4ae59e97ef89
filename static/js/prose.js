// Prose: a live outline by the numbering of official documents, a count, and a clean paste.
"use strict";

(() => {
  const text = document.querySelector("textarea[data-prose]");
  if (!text) return;
  const panel = document.querySelector("[data-outline-panel]");
  const list = panel.querySelector("[data-outline]");
  const count = panel.querySelector("[data-count]");
  const LEVELS = JSON.parse(document.getElementById("numbering").textContent).levels.map((mark) => new RegExp(mark));
  const SHOWN = 24; // characters of a heading in the outline

  const draw = () => {
    const items = [];
    let at = 0;
    for (const line of text.value.split("\n")) {
      const words = line.trim();
      const level = LEVELS.findIndex((mark) => mark.test(words)) + 1;
      if (level) items.push([level, words.split("。")[0], at]);
      at += line.length + 1;
    }
    list.replaceChildren(...items.map(([level, words, start]) => {
      const item = document.createElement("li");
      item.dataset.level = level;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.length > SHOWN ? words.slice(0, SHOWN) + "…" : words;
      button.addEventListener("click", () => {
        text.focus();
        text.setSelectionRange(start, start + words.length);
      });
      item.append(button);
      return item;
    }));
    count.textContent = [...text.value.replace(/\s/g, "")].length;
  };

  // A finding leads to its sentence: the words it quotes are selected.
  const select = (finding) => {
    const words = finding && finding.dataset.quote;
    const start = words ? text.value.indexOf(words) : -1;
    if (start < 0) return;
    text.focus();
    text.setSelectionRange(start, start + words.length);
    const lines = text.value.slice(0, start).length / text.value.length;
    text.scrollTop = Math.max(0, lines * text.scrollHeight - text.clientHeight / 2);
  };
  for (const link of document.querySelectorAll("[data-find]")) {
    link.addEventListener("click", () => requestAnimationFrame(() => select(link.closest("[data-quote]"))));
  }
  const arrive = () => select(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  window.addEventListener("hashchange", arrive);
  arrive();

  // Word brings odd spaces, soft breaks and empty lines; the words stay as they are.
  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted) return;
    event.preventDefault();
    const clean = pasted.replace(/\r\n?|\u000b|\u2028|\u2029/g, "\n").replace(/\u00a0/g, " ")
      .replace(/[\u200b\ufeff\u00ad]/g, "").replace(/[ \t\u3000]+$/gm, "").replace(/^[ \t\u3000]+/gm, "")
      .replace(/\n{2,}/g, "\n");
    text.setRangeText(clean, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  text.addEventListener("input", draw);
  panel.hidden = false;
  draw();
})();
