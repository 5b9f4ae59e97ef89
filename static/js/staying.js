// Before the session ends: says so, politely, and lets the person stay. The server decides;
// this only asks it when the time seems near, since another window may have been used meanwhile.
(() => {
  const place = document.querySelector("[data-stay]");
  if (!place) return;
  const { stay, login } = place.dataset;
  const idle = Number(place.dataset.idle);
  const warning = Math.min(Number(place.dataset.warning), idle / 2);
  const notice = place.querySelector("p");
  const ENDED = "登录已经结束。这一页里填写的内容还在，";
  const AGAIN = 5; // seconds before another try without a connection
  let timer;

  const token = () => document.cookie.split("; ").find((each) => each.startsWith("csrftoken="))?.slice(10) || "";
  const later = (seconds, then) => {
    clearTimeout(timer);
    timer = setTimeout(then, Math.max(seconds, 1) * 1000);
  };

  const ask = async (method) => {
    const headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    const answer = await fetch(stay, { method, headers, redirect: "error", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).left;
  };

  const hide = () => {
    notice.hidden = true;
    notice.replaceChildren();
  };

  const warn = (left) => {
    if (notice.hidden) {
      const minutes = Math.max(1, Math.round(left / 60));
      const time = left >= 60 ? `${minutes} 分钟` : `${Math.ceil(left)} 秒`;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: "继续工作" });
      button.addEventListener("click", () => look("POST"));
      notice.hidden = false;
      notice.append(`您有一段时间没有操作，登录将在 ${time}后结束。`, button);
    }
    later(left + 1, () => look("GET"));
  };

  const over = () => {
    const link = Object.assign(document.createElement("a"), { href: login, target: "_blank", rel: "noopener", textContent: "请在新窗口登录" });
    notice.replaceChildren(ENDED, link, "，然后回到这里接着办。");
    notice.hidden = false;
    later(idle, () => look("GET"));
  };

  const look = async (method) => {
    try {
      const left = await ask(method);
      if (left <= 0) return over();
      if (left <= warning) return warn(left);
      hide();
      later(left - warning, () => look("GET"));
    } catch {
      later(AGAIN, () => look(method));
    }
  };

  // After a log-in in another window the token is a new one; the cookie always has it.
  document.addEventListener("submit", (event) => {
    for (const sent of event.target.querySelectorAll("[name=csrfmiddlewaretoken]")) sent.value = token() || sent.value;
  });
  later(idle - warning, () => look("GET"));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !notice.hidden) look("GET"); // another window may have logged in again
  });
})();
