// Sends notes one after the other without losing any: what is not answered yet is kept in the browser and sent again
// under the same key, so that nothing is put up twice. Without this file the form sends itself the plain way.
(() => {
  const form = document.querySelector("[data-notes]");
  if (!form) return;
  const store = `madang-notes-${form.dataset.notes}`;
  const text = form.querySelector("[name=text]");
  const key = form.querySelector("[name=key]");
  const status = document.querySelector("[data-note-status]");
  const list = document.querySelector("[data-note-list]");
  const waits = [1000, 2000, 4000, 8000];
  let sending = false;
  let failures = 0;
  let timer = 0;

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  };
  const read = () => {
    try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return memory; }
  };
  let memory = [];
  const write = (queue) => {
    memory = queue;
    try { localStorage.setItem(store, JSON.stringify(queue)); } catch { /* a private window keeps them until it closes */ }
  };
  const say = (words, tone) => {
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("stopc", tone === "stop");
  };
  const shown = () => {
    const left = read().length;
    if (left) say(status.dataset.waiting.replace("{n}", left));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(flush, waits[Math.min(failures, waits.length - 1)]);
    failures += 1;
    shown();
  };
  const giveBack = (note, reason) => {
    // Whoever is writing the next one already finds the words beside the reason.
    const busy = text.value.trim();
    if (!busy) text.value = note.text;
    text.dispatchEvent(new Event("input"));
    say(busy ? `${reason} 「${note.text}」` : reason, "stop");
  };

  async function flush() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    let refused = "";
    try {
      for (let queue = read(); queue.length; queue = read()) {
        const note = queue[0];
        const body = new URLSearchParams({ ...note, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
        const stop = new AbortController();
        const limit = setTimeout(() => stop.abort(), 10000);
        let answer;
        try {
          answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal });
        } finally {
          clearTimeout(limit);
        }
        if (answer.status !== 200 && answer.status !== 409) throw new Error("not answered");
        const said = await answer.json();
        write(read().filter((one) => one.key !== note.key));
        failures = 0;
        if (said.refused) { refused = said.refused; giveBack(note, said.refused); }
        if (said.html && list) list.innerHTML = said.html;
        form.dispatchEvent(new CustomEvent("note-sent", { bubbles: true }));
      }
      if (!refused && status) say(status.dataset.sent);
    } catch {
      later();
    } finally {
      sending = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const topic = new FormData(form).get("topic");
    const words = text.value.trim();
    if (!topic) { form.querySelector("[name=topic]").focus(); return; }
    if (!words) { text.focus(); return; }
    write([...read(), { topic, text: words, key: key.value }]);
    key.value = newKey();
    text.value = "";
    text.dispatchEvent(new Event("input"));
    shown();
    const number = form.querySelector("[data-topic]");
    if (number) { number.focus(); number.select(); } else text.focus();
    flush();
  });
  const counter = document.querySelector("[data-count]");
  if (counter) text.addEventListener("input", () => { counter.textContent = text.value.length; });
  const number = form.querySelector("[data-topic]");
  if (number) {
    number.addEventListener("input", () => { if (/^[1-9]$/.test(number.value)) text.focus(); });
    number.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && number.value) { event.preventDefault(); text.focus(); }
    });
  }
  key.value = newKey();
  window.addEventListener("online", flush);
  if (read().length) { shown(); flush(); }
})();
