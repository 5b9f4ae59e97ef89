// 批注: a figure that is clicked, or words that are selected in the report, fill the form.
// Nothing is taken away from who only reads or copies: a bar below offers to write.
"use strict";

(() => {
  const panel = document.querySelector("[data-comment]");
  const report = document.querySelector(".paper");
  const place = panel?.querySelector("select[name=place]");
  if (!place || !report) return; // a finding was chosen: its place is given
  const quote = panel.querySelector("textarea[name=quote]");
  const text = panel.querySelector("textarea[name=text]");
  const LONGEST = 500; // characters of a quotation
  const SHOWN = 24;

  const bar = document.createElement("div");
  bar.className = "comment-bar no-print";
  bar.hidden = true;
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: "写批注" });
  bar.append(words, button);
  document.body.append(bar);
  button.addEventListener("click", () => {
    bar.hidden = true;
    text.focus();
  });

  let marked;
  const mark = (element) => {
    marked?.classList.remove("comment-picked");
    marked = element;
    marked?.classList.add("comment-picked");
  };

  const offer = (key, said, element) => {
    place.value = key;
    quote.value = said;
    mark(element);
    const chosen = place.selectedOptions[0]?.textContent || "";
    words.textContent = `已选：${said ? `“${said.length > SHOWN ? said.slice(0, SHOWN) + "…" : said}”` : chosen}`;
    bar.hidden = false;
  };

  const has = (key) => [...place.options].some((option) => option.value === key);

  // Words within one paragraph; of more, what stands in the first.
  const pick = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const paragraph = start.closest?.('[id^="p-"]');
    if (!paragraph || !report.contains(paragraph)) return;
    const within = range.cloneRange();
    if (!paragraph.contains(range.endContainer)) within.setEnd(paragraph, paragraph.childNodes.length);
    const copied = within.cloneContents();
    for (const word of copied.querySelectorAll(".statutory-mark")) word.remove();
    const said = copied.textContent.trim().slice(0, LONGEST);
    const part = paragraph.id.split("-")[1];
    if (said && has(part)) offer(part, said, null);
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(pick.later);
    pick.later = setTimeout(pick, 250);
  });

  report.addEventListener("click", (event) => {
    const cell = event.target.closest('td[id^="cell-"]');
    if (!cell || event.target.closest("a")) return;
    const key = cell.id.slice("cell-".length);
    if (has(key)) offer(key, "", cell);
  });

  for (const hint of panel.querySelectorAll("[data-with-script]")) hint.hidden = false;
})();
