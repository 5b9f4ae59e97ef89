// The statutory grid: move by keys, paste a block, foot and balance while typing.
// Which boxes make which total, and which equations hold, is the edition's: JSON in the page.
"use strict";

(() => {
  const table = document.querySelector("[data-grid]");
  if (!table) return;
  const form = table.closest("form");
  const rules = JSON.parse(document.getElementById("rules").textContent);
  const announcer = form.querySelector("[data-announce]");
  const inputs = [...table.querySelectorAll("input.cell")];
  const boxes = new Map(inputs.map((input) => [input.name, input]));
  const outputs = new Map([...table.querySelectorAll("[data-into]")].map((out) => [out.dataset.into, out]));
  const SCALE = 1000000n; // amounts are exact: counted in the sixth decimal

  // -- a finding leads to its cell

  const arrive = () => {
    const cell = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (inputs.includes(cell)) cell.focus();
  };
  window.addEventListener("hashchange", arrive);
  arrive();

  // -- numbers

  const plain = (text) =>
    text.trim().replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[−–—]/g, "-")
      .replace(/^[+-]?\d{1,3}(?:[,\s]\d{3})+(?=\.\d+$|$)/, (all) => all.replace(/[,\s]/g, ""));

  const read = (text) => {
    const found = /^([+-]?)(\d+)(?:\.(\d{1,6}))?$/.exec(plain(text));
    if (!found) return null;
    const value = BigInt(found[2]) * SCALE + BigInt((found[3] || "").padEnd(6, "0"));
    return found[1] === "-" ? -value : value;
  };

  const show = (value) => {
    const size = value < 0n ? -value : value;
    const rest = String(size % SCALE).padStart(6, "0").replace(/0+$/, "");
    return `${value < 0n ? "-" : ""}${size / SCALE}${rest ? "." + rest : ""}`;
  };

  // -- totals and equations

  const valueOf = (name, totals) => {
    if (totals.has(name)) return totals.get(name);
    const box = boxes.get(name);
    return box ? read(box.value) : undefined; // undefined: this edition does not print it
  };

  const sideOf = (terms, totals) => {
    let sum = 0n;
    for (const term of terms) {
      for (const name of term.of) {
        const value = valueOf(name, totals);
        if (value === null) return null;
        if (value !== undefined) sum += BigInt(term.sign) * value;
      }
    }
    return sum;
  };

  const said = new Map();

  const judge = (rule, totals) => {
    const left = sideOf(rule.left, totals);
    const right = sideOf(rule.right, totals);
    const known = left !== null && right !== null;
    const holds = known && (rule.atLeast ? left >= right : left === right);
    const place = document.getElementById(rule.output);
    const sign = rule.atLeast ? (holds || !known ? "≥" : "＜") : holds || !known ? "＝" : "≠";
    const apart = known ? show(left > right ? left - right : right - left) : "";
    const verdict = holds ? "相符" : known ? `相差 ${apart}` : "未填全";
    place.querySelector("[data-sides]").textContent =
      `${left === null ? "空" : show(left)} ${sign} ${right === null ? "空" : show(right)}`;
    place.querySelector("[data-verdict]").textContent = verdict;
    place.classList.toggle("broken", known && !holds);
    return [rule.output, holds ? "" : `${rule.name}：${place.textContent.trim().replace(/\s+/g, " ")}`];
  };

  let speaking;
  const announce = (text) => {
    clearTimeout(speaking);
    speaking = setTimeout(() => { announcer.textContent = text; }, 700);
  };

  // The sum of the bodies below stands under each cell, and by how much the cell departs from it.
  const sums = [...table.querySelectorAll("[data-below]")];
  const compareBelow = () => {
    for (const place of sums) {
      const cell = place.parentElement.querySelector("input.cell, output");
      const own = read(cell.value);
      const sum = read(place.dataset.below);
      const gap = own === null || own === sum ? "" : show(own > sum ? own - sum : sum - own);
      place.querySelector("[data-apart]").textContent = gap && `差 ${gap}`;
      place.classList.toggle("departs", gap !== "");
      place.hidden = sum === 0n && !gap;
    }
  };

  const foot = () => {
    const totals = new Map();
    for (const sum of rules.sums) {
      const value = sideOf(sum.of, totals);
      totals.set(sum.into, value);
      const out = outputs.get(sum.into);
      if (!out) continue;
      out.textContent = value === null ? "" : show(value);
      out.classList.toggle("zero", value === 0n);
    }
    const news = [];
    for (const rule of rules.equations) {
      const [key, words] = judge(rule, totals);
      if (said.has(key) && said.get(key) !== words) news.push(words || `${rule.name}：已经相符`);
      said.set(key, words);
    }
    compareBelow();
    for (const input of inputs) input.classList.toggle("zero", plain(input.value) === "0");
    if (news.length) announce(news.slice(0, 3).join("；"));
  };

  // -- where boxes stand: rows of the table in visual order

  const placeIn = (grid, input) => {
    const row = grid.findIndex((line) => line.includes(input));
    return [row, grid[row].indexOf(input)];
  };
  const gridOf = (selector) => [...table.tBodies].flatMap((body) => [...body.rows])
    .map((row) => [...row.querySelectorAll(selector)]).filter((line) => line.length);
  const lines = gridOf("input.cell"); // what is typed
  const printed = gridOf("input.cell, output"); // with the totals between
  const go = (row, column) => {
    const line = lines[Math.max(0, Math.min(row, lines.length - 1))];
    const next = line[Math.max(0, Math.min(column, line.length - 1))];
    next.focus();
    next.select();
  };

  table.addEventListener("keydown", (event) => {
    const input = event.target.closest("input.cell");
    if (!input || event.isComposing || event.altKey || event.metaKey) return;
    const [row, column] = placeIn(lines, input);
    const atStart = input.selectionStart === 0;
    const atEnd = input.selectionEnd === input.value.length;
    const steps = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Enter: [row + (event.shiftKey ? -1 : 1), column],
      ArrowLeft: atStart && [row, column - 1],
      ArrowRight: atEnd && [row, column + 1],
      Home: event.ctrlKey && [0, 0],
      End: event.ctrlKey && [lines.length - 1, lines.at(-1).length - 1],
    };
    const step = steps[event.key];
    if (!step || (event.ctrlKey && event.key === "Enter")) return;
    event.preventDefault();
    go(...step);
  });

  table.addEventListener("focusin", (event) => {
    if (event.target.matches("input.cell")) event.target.select();
  });

  // -- paste a block as a spreadsheet copies it

  const BLANK = /^(?:[-－—–/]*|无)$/;

  // A block copied from the same form has the totals in it, and they are passed over. One which is
  // exactly as long (or wide) as the boxes that remain was copied without them.
  const targetFor = (input, block) => {
    const [row, column] = placeIn(lines, input);
    const rest = lines.slice(row);
    const wide = Math.max(...block.map((cells) => cells.length));
    const within = rest[0].length - column;
    const bare = lines.length === printed.length ? wide === within : block.length === rest.length;
    return bare && (wide > 1 || block.length > 1) ? lines : printed;
  };

  const fill = (grid, start, block) => {
    const [row, column] = start;
    const done = { filled: 0, zeros: 0, totals: 0, beyond: 0 };
    block.forEach((cells, down) => cells.forEach((typed, across) => {
      const box = grid[row + down]?.[column + across];
      if (!box) { done.beyond += typed.trim() ? 1 : 0; return; }
      if (box.matches("output")) { done.totals += 1; return; }
      const blank = BLANK.test(typed.trim());
      box.value = blank ? "0" : read(typed) === null ? typed.trim() : plain(typed);
      done.filled += 1;
      done.zeros += blank ? 1 : 0;
    }));
    return done;
  };

  table.addEventListener("paste", (event) => {
    const input = event.target.closest("input.cell");
    const text = event.clipboardData.getData("text/plain");
    if (!input || !/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const grid = targetFor(input, block);
    const { filled, zeros, totals, beyond } = fill(grid, placeIn(grid, input), block);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const words = [`已粘贴 ${filled} 格`];
    if (zeros) words.push(`其中 ${zeros} 格是空白或“-”，按 0 填入`);
    if (totals) words.push(`${totals} 格合计由系统计算，没有填入`);
    if (beyond) words.push(`${beyond} 格超出可填的范围，没有填入，请核对`);
    form.dispatchEvent(new CustomEvent("told", { detail: `${words.join("，")}。` }));
  });

  table.addEventListener("input", foot);
  foot();
})();
