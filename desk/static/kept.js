// What is typed in a meeting room stays in this tab until the desk has said what became of it (ADR 38).
// It is kept by the tab alone (sessionStorage): that outlives a reload, and ends with the tab or when somebody signs
// out, so that words from behind closed doors do not lie on a machine that others use. Without scripts the form is sent
// as every other one.
const KEPT = "accede.kept.";
const somebody = document.body.dataset.person;
const tabs = new BroadcastChannel("accede");

function keptHere() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT));
}

function forget(keys) {
  for (const key of keys) sessionStorage.removeItem(key);
}

// A stranger's page forgets nothing: a session may have ended by itself, and the same person comes back to this tab.
if (somebody) forget(keptHere().filter((key) => !key.startsWith(`${KEPT}${somebody}.`)));

document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.startsWith("/sign-out")) return;
  if (keptHere().length && !confirm(document.body.dataset.unsent)) {
    event.preventDefault();
    return;
  }
  forget(keptHere());
  tabs.postMessage("signed out");
});

const room = document.getElementById("kept-lines");
if (room) keepTyped(room);

function keepTyped(room) {
  const LONGEST_WAIT = 15_000; // milliseconds: for an answer, and between two tries
  const words = room.dataset;
  const form = document.getElementById("take-down");
  const list = room.querySelector("ul");
  const status = room.querySelector("[role=status]");
  const key = `${KEPT}${somebody}.${words.to}`;
  let isSending = false;
  let pause = 0;
  let timer;
  let renewals = 0;

  // What the tab keeps is the one truth: another script of this page may have forgotten it.
  const kept = () => JSON.parse(sessionStorage.getItem(key) ?? "[]");
  const keep = (lines) => (lines.length ? sessionStorage.setItem(key, JSON.stringify(lines)) : forget([key]));
  const waiting = () => kept().filter((line) => !line.why);
  const change = (sent, values) =>
    keep(kept().map((line) => (line.sent === sent ? { ...line, ...values } : line)));
  const drop = (sent) => keep(kept().filter((line) => line.sent !== sent));

  form.addEventListener("submit", (event) => {
    const { line, on, held = "" } = Object.fromEntries(new FormData(form));
    if (!line.trim()) return; // the desk says what a line is
    try {
      keep([...kept(), { sent: newId(), line, on, held }]);
    } catch {
      return; // the tab keeps no more: this one is sent as without scripts
    }
    event.preventDefault();
    form.elements.line.value = "";
    for (const choice of form.elements.held?.options ?? []) choice.selected = choice.defaultSelected;
    form.elements.line.dispatchEvent(new Event("htmx:abort")); // how that line was being read
    document.getElementById("read").replaceChildren();
    show();
    send();
  });
  addEventListener("online", send);
  addEventListener("pageshow", send);
  addEventListener("beforeunload", (event) => {
    if (kept().length) event.preventDefault();
  });
  tabs.addEventListener("message", () => {
    forget(keptHere());
    show();
  });
  show();

  // One after the other, so that they are on file in the order in which they were typed.
  async function send() {
    clearTimeout(timer);
    if (isSending) return;
    isSending = true;
    let became = "";
    let wasTaken = false;
    try {
      for (let line = waiting()[0]; line; line = waiting()[0]) {
        const answer = await deliver(line);
        became = answer.became;
        if (became === "taken_down") drop(line.sent);
        else if (became === "refused") change(line.sent, { why: answer.why });
        else break;
        wasTaken ||= became === "taken_down";
        pause = 0;
        show();
      }
    } finally {
      isSending = false;
      if (waiting().length) {
        pause = Math.min(pause * 2 || 500, LONGEST_WAIT);
        timer = setTimeout(send, pause);
      }
      show(waiting().length ? words[became] ?? words.cut : "");
      if (wasTaken) renew();
    }
  }

  // Only what the desk says of this very line counts: a network's own page may answer with 200 too.
  async function deliver(line) {
    const { sent, line: typed, on, held } = line;
    const body = new URLSearchParams({ sent, line: typed, on, held, person: somebody });
    try {
      const within = AbortSignal.timeout(LONGEST_WAIT);
      const answer = await fetch(words.to, { method: "POST", body, redirect: "manual", signal: within });
      if (answer.type === "opaqueredirect") return { became: "signed_out" };
      const found = parsed(await answer.text()).querySelector("[data-became]");
      if (found?.dataset.sent === sent) {
        return { became: found.dataset.became, why: [...found.children].map((one) => one.textContent) };
      }
      const isWrong = answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
      return isWrong ? { became: "refused", why: [words.otherwise] } : { became: "cut" };
    } catch {
      return { became: "cut" };
    }
  }

  // Show what is on file now, but for a part in which somebody stands.
  async function renew() {
    const asked = ++renewals;
    const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return;
    const page = parsed(await answer.text());
    if (asked !== renewals) return;
    for (const part of document.querySelectorAll("[data-renewed]")) {
      const anew = page.getElementById(part.id);
      if (anew && !part.contains(document.activeElement)) part.replaceWith(anew);
    }
  }

  function show(said) {
    const lines = kept();
    for (const item of [...list.children]) {
      const line = lines.find((one) => one.sent === item.dataset.sent);
      if (!line || Boolean(line.why) !== ("refused" in item.dataset)) item.remove();
    }
    lines.forEach((line, place) => {
      const item = list.querySelector(`[data-sent="${line.sent}"]`) ?? shown(line);
      if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    });
    list.hidden = !lines.length;
    if (said !== undefined && status.textContent !== said) status.textContent = said;
  }

  function shown(line) {
    const item = room.querySelector(line.why ? "#kept-refused" : "#kept-waiting").content.firstElementChild.cloneNode(true);
    item.dataset.sent = line.sent;
    if (!line.why) {
      item.querySelector(".typed").textContent = line.line;
      return item;
    }
    item.querySelector(".why").replaceChildren(...line.why.map(fault));
    const mended = item.querySelector("input");
    mended.value = line.line;
    mended.addEventListener("input", () => change(line.sent, { line: mended.value }));
    item.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      // which day it was said on is typed beside the line, so also when that was what was wrong
      change(line.sent, { why: undefined, on: form.elements.on.value || line.on });
      leave();
      send();
    });
    item.querySelector("button[type=button]").addEventListener("click", () => {
      drop(line.sent);
      leave();
    });
    return item;
  }

  function leave() {
    show();
    form.elements.line.focus();
  }

  function fault(why) {
    const said = document.createElement("p");
    said.className = "fault";
    said.textContent = why;
    return said;
  }
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

// crypto.randomUUID is there over TLS alone, and a desk may stand in a house's own network without.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
