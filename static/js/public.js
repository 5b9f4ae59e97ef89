// 长者模式, 字号 and 打印. Everything here is an extra: the buttons stay hidden without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const remember = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* private mode: this page only */ }
  };
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const SIZES = ["small", "medium", "large"];

  const setElder = (on) => root.classList.toggle("elder", on);
  const setSize = (size) => {
    for (const each of SIZES) root.classList.toggle(`type-${each}`, each === size);
  };
  setElder(recall("elder") === "1");
  setSize(SIZES.includes(recall("size")) ? recall("size") : "medium");

  document.addEventListener("DOMContentLoaded", () => {
    const elder = document.querySelector("[data-elder]");
    const showElder = () => {
      const on = root.classList.contains("elder");
      elder.setAttribute("aria-pressed", String(on));
    };
    if (elder) {
      elder.hidden = false;
      showElder();
      elder.addEventListener("click", () => {
        setElder(!root.classList.contains("elder"));
        remember("elder", root.classList.contains("elder") ? "1" : "0");
        showElder();
      });
    }

    const sizes = document.querySelectorAll("[data-size]");
    const showSize = () => sizes.forEach((button) => {
      button.setAttribute("aria-pressed", String(root.classList.contains(`type-${button.dataset.size}`)));
    });
    sizes.forEach((button) => button.addEventListener("click", () => {
      setSize(button.dataset.size);
      remember("size", button.dataset.size);
      showSize();
    }));
    showSize();
    document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-print]").forEach((button) => {
      button.addEventListener("click", () => window.print());
    });
  });
})();
