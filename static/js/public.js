// 长者模式, 字号 and 打印. Everything here is an extra: what needs it is not shown without it.
// The choice is remembered in the cookie which the page 显示设置 writes as well.
(() => {
  "use strict";
  const root = document.documentElement;
  const KNOWN = ["elder", "type-small", "type-large", "light", "dark"];
  const YEAR = 365 * 24 * 3600;

  const recalled = () => {
    const found = /(?:^|; )display=([^;]*)/.exec(document.cookie);
    return found ? found[1].split(".").filter((each) => KNOWN.includes(each)) : [];
  };
  const remember = () => {
    const now = KNOWN.filter((each) => root.classList.contains(each)).join(".");
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `display=${now}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  };
  const apply = () => {
    const now = recalled();
    for (const each of KNOWN) root.classList.toggle(each, now.includes(each));
  };
  root.classList.add("scripted");
  apply();

  const pressed = (button, on) => button.setAttribute("aria-pressed", String(on));
  const show = () => {
    document.querySelectorAll("[data-elder]").forEach((button) => pressed(button, root.classList.contains("elder")));
    const size = root.classList.contains("type-large") ? "large" : root.classList.contains("type-small") ? "small" : "medium";
    document.querySelectorAll("[data-size]").forEach((button) => pressed(button, button.dataset.size === size));
  };

  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.querySelectorAll("[data-elder]").forEach((button) => button.addEventListener("click", () => {
      root.classList.toggle("elder");
      remember();
      show();
    }));
    document.querySelectorAll("[data-size]").forEach((button) => button.addEventListener("click", () => {
      root.classList.toggle("type-small", button.dataset.size === "small");
      root.classList.toggle("type-large", button.dataset.size === "large");
      remember();
      show();
    }));
    document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-print]").forEach((button) => {
      button.addEventListener("click", () => window.print());
    });
  });
  // A page kept by the browser for its back button was drawn before the last choice.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    apply();
    show();
  });
})();
