// Keeping what is typed: sent within two seconds, kept on this machine while it cannot be sent.
//
// A copy stays in localStorage from the keystroke until the server answers that it has it. A page
// that answers a save says data-received: the server has what was sent, whatever became of it.
"use strict";

(() => {
  const forget = (path) => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("kept:") && key.endsWith(`:${path}`)) localStorage.removeItem(key);
    }
  };
  for (const page of document.querySelectorAll("[data-received]")) forget(page.dataset.received);
  const discard = document.querySelector("form[data-discards]");
  discard?.addEventListener("submit", () => forget(discard.dataset.discards));
  document.querySelector("[data-focus]")?.focus();
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const { keep, user, login, stored, storedBy, kept } = form.dataset;
  const status = form.querySelector("[data-keep-status]");
  const spoken = form.querySelector("[data-keep-spoken]");
  const place = `kept:${user}:${location.pathname}`;
  const NOT_TYPED = new Set(["csrfmiddlewaretoken", "writer", "next"]);
  const PAUSE = 700; // ms without a key before sending
  const LONGEST = 1500; // ms after the first key by which it is sent although keys go on
  const AGAIN = 4000; // ms before another try
  const OFFLINE = "未连接，内容保留在本机，连上后自动补送";
  let timer, firstKey = 0, request = null, dirty = false, saving = false, kind = "";

  // One fixed place says how things stand; it is spoken only when that changes, not at every key.
  const tell = (newKind, words, link = "") => {
    status.textContent = words;
    status.toggleAttribute("data-trouble", newKind !== "kept");
    if (link) {
      const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener", textContent: "请在新窗口登录" });
      status.append("，", anchor);
    }
    if (newKind !== kind) spoken.textContent = words;
    kind = newKind;
  };

  const texts = () => Object.fromEntries(
    [...form.elements].filter((box) => box.name && box.type !== "submit" && !NOT_TYPED.has(box.name))
      .map((box) => [box.name, box.value]));

  // After another log-in the token is a new one; the cookie always has it.
  const token = () => document.cookie.split("; ").find((each) => each.startsWith("csrftoken="))?.slice(10);
  const body = () => new URLSearchParams({ ...texts(), csrfmiddlewaretoken: token() || form.elements.csrfmiddlewaretoken.value });

  const hold = () => {
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), texts: texts(), saving }));
    } catch {
      tell("full", "本机存不下更多内容，请尽快保存");
    }
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  const answered = (ok, told, number) => {
    if (ok) {
      if (!dirty) localStorage.removeItem(place);
      tell(told.overtaken ? "overtaken" : "kept", `已暂存 ${told.kept_at}，尚未保存${told.overtaken ? `；${told.overtaken}` : ""}`);
      return;
    }
    dirty = true;
    if (told.logged_out) tell("logged out", told.refused, login);
    else tell("refused", told.refused || "暂时存不上，内容保留在本机，稍后自动补送");
    if (number !== 422) later(AGAIN);
  };

  const send = async () => {
    clearTimeout(timer);
    if (!dirty || saving) return;
    if (request) return later(PAUSE);
    request = new AbortController();
    const limit = setTimeout(() => request?.abort(), 10000);
    dirty = false;
    firstKey = 0;
    try {
      const answer = await fetch(keep, { method: "POST", body: body(), redirect: "error", signal: request.signal });
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      answered(answer.ok, told, answer.status);
    } catch {
      dirty = true;
      if (saving) return;
      tell("offline", OFFLINE);
      later(AGAIN);
    } finally {
      clearTimeout(limit);
      request = null;
    }
  };

  form.addEventListener("input", () => {
    dirty = true;
    hold();
    const now = Date.now();
    firstKey ||= now;
    later(Math.min(PAUSE, Math.max(0, firstKey + LONGEST - now)));
  });
  form.addEventListener("told", (event) => {
    status.textContent = event.detail;
    spoken.textContent = event.detail;
  });
  addEventListener("online", send);
  addEventListener("offline", () => tell("offline", OFFLINE));
  document.addEventListener("visibilitychange", send);

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      dirty = true;
      hold();
      tell("not saved", "未连接，没有保存；内容保留在本机，连上后请再保存一次");
      return;
    }
    saving = true;
    hold();
    request?.abort();
    form.elements.csrfmiddlewaretoken.value = token() || form.elements.csrfmiddlewaretoken.value;
  });
  addEventListener("pagehide", () => {
    if (dirty && !saving) navigator.sendBeacon(keep, body());
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // the page of a moment ago may be an older text
  });

  const clock = (time) => {
    const at = new Date(time);
    return `${at.getMonth() + 1}月${at.getDate()}日${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  };

  const put = (held) => {
    for (const [name, text] of Object.entries(held.texts)) {
      const box = form.elements.namedItem(name);
      if (box) box.value = text;
    }
    form.querySelector("input.cell, textarea").dispatchEvent(new Event("input", { bubbles: true }));
    tell("restored", `已恢复 ${clock(held.at)} 键入、保留在本机的内容，尚未保存`);
  };

  // What this machine still holds never reached the server, or a save was cut off under way.
  const restore = () => {
    const held = JSON.parse(localStorage.getItem(place) || "null");
    if (!held) return;
    const arrived = held.saving && storedBy === user && Number(stored) > Number(held.texts.base_version);
    const now = texts();
    const differs = Object.entries(held.texts).some(([name, text]) =>
      name !== "base_version" && name in now && now[name] !== text.replace(/\r\n?/g, "\n"));
    if (arrived || !differs) {
      localStorage.removeItem(place);
    } else if (kept && Date.parse(kept) > held.at) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: "改用本机的" });
      button.addEventListener("click", () => put(held));
      tell("two", `本机还保留着 ${clock(held.at)} 键入的另一份内容 `);
      status.append(button);
    } else {
      put(held);
    }
  };
  restore();
})();
