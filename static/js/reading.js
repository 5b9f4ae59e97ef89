// A report's page: the part being read is marked in the contents; copying. Both are extras.
(() => {
  "use strict";
  const contents = document.querySelector(".contents");
  const links = contents ? [...contents.querySelectorAll('a[href^="#"]')] : [];
  const places = links
    .map((link) => [link, document.getElementById(link.hash.slice(1))])
    .filter(([, place]) => place);

  // The last part whose beginning has passed the upper third of the window is the one being read.
  let asked = 0;
  const mark = () => {
    asked = 0;
    const line = innerHeight / 3;
    const ended = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const passed = places.filter(([, place]) => place.getBoundingClientRect().top <= line);
    const current = ended ? places.at(-1) : passed.at(-1);
    for (const [link] of places) {
      if (current && link === current[0]) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  if (places.length) {
    const ask = () => { if (!asked) asked = requestAnimationFrame(mark); };
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask, { passive: true });
    mark();
  }

  const textOf = (source) => ("value" in source ? source.value : source.textContent.trim());
  const select = (source) => {
    if ("select" in source) source.select();
    else getSelection().selectAllChildren(source);
  };
  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    const said = button.closest("p, div").querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(textOf(source)); // only over HTTPS, or on this machine
      said.textContent = "已复制。";
    } catch {
      select(source);
      said.textContent = document.execCommand("copy") ? "已复制。" : "浏览器不允许复制，文字已选中，请按 Ctrl+C。";
    }
  };
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => copy(button));
  });
})();
