// The page works without this: it makes times local, sends orders to the API, and takes files that are dropped.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const words = name => document.getElementById("words")?.dataset[name] ?? "";
  const two = n => String(n).padStart(2, "0");
  const clock = d => `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  const full = d => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${clock(d)}`;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

  function ago(at) {
    const seconds = Math.round((at - Date.now()) / 1000);
    for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
      if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
    }
    return relative.format(Math.min(0, seconds), "second");
  }

  function localise(root) {
    root.querySelectorAll("time[datetime]").forEach(e => { e.textContent = full(new Date(e.dateTime)); e.title = e.dateTime; });
    root.querySelectorAll("[data-clock]").forEach(e => { e.textContent = clock(new Date(e.dataset.clock)); });
    root.querySelectorAll("[data-ago]").forEach(e => { e.textContent = `(${ago(new Date(e.dataset.ago))})`; });
    root.querySelectorAll("[data-title-at]").forEach(e => {
      e.textContent = e.textContent.replace(e.dataset.titleAt, clock(new Date(e.dataset.titleAt)));
      e.removeAttribute("data-title-at");
    });
    root.querySelectorAll("[data-zone]").forEach(e => {
      const offset = -new Date().getTimezoneOffset();
      const sign = offset < 0 ? "-" : "+";
      const zone = `UTC${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
      e.textContent = e.dataset.zoneText.replace("{0}", zone);
    });
  }

  function complain(title, text = "", errors = []) {
    const notice = document.getElementById("notice");
    const head = document.createElement("strong");
    head.textContent = title;
    notice.replaceChildren(head, text);
    if (errors.length) {
      const list = document.createElement("ul");
      for (const error of errors.slice(0, 8)) {
        const item = document.createElement("li");
        item.textContent = error.detail ? `${error.pointer ?? ""} ${error.detail}` : JSON.stringify(error);
        list.append(item);
      }
      notice.append(list);
    }
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }

  /** Sends an order to the API; its problem, in the reader's language, is told where everybody sees it. */
  async function order(url, body, headers = {}) {
    document.getElementById("notice").hidden = true;
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", ...headers } });
      const json = await answer.json().catch(() => ({}));
      if (answer.ok) return json;
      complain(json.title ?? `HTTP ${answer.status}`, json.detail, json.errors);
    } catch {
      complain(words("unreachable"));
    }
    return null;
  }

  const show = id => { location.assign(`/ui/diagnoses/${id}`); };

  document.addEventListener("click", async event => {
    const button = event.target.closest("button");
    if (button?.dataset.url) {
      button.disabled = true;
      const { instance, node } = button.dataset;
      const done = await order(button.dataset.url,
        instance ? JSON.stringify({ instanceId: instance, nodeId: node }) : undefined,
        instance ? { "Content-Type": "application/json" } : {});
      button.disabled = false;
      if (done && "stay" in button.dataset) location.reload();
      else if (done) show(done.diagnosisId);
    } else if (button && "copy" in button.dataset) {
      const text = button.parentElement.querySelector("pre").textContent;
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = words("copied");
        setTimeout(() => { button.textContent = before; }, 2000);
      } catch {
        // Without a secure connection there is no clipboard: the line is selected, to be copied by hand.
        getSelection().selectAllChildren(button.parentElement.querySelector("pre"));
      }
    }
  });

  /** The reader's offset at that time: a time without one would be read by the service's zone. */
  function stamped(local) {
    const at = new Date(local);
    const offset = -at.getTimezoneOffset();
    return `${full(at).replace(" ", "T")}${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  }

  async function hand(form, file) {
    const status = form.querySelector("[role=status]");
    const data = new FormData();
    const at = form.querySelector("input[type=datetime-local]").value;
    if (at) data.append("request", new Blob([JSON.stringify({ occurredAt: stamped(at) })], { type: "application/json" }));
    data.append("bundle", file, file.name);
    status.textContent = form.dataset.working.replace("{0}", file.name);
    const done = await order("/diagnoses", data);
    status.textContent = "";
    form.reset();
    if (done) show(done.diagnosisId);
  }

  // What somebody says of the verdict; fields that are left empty are not told.
  document.querySelector("[data-feedback]")?.addEventListener("submit", async event => {
    event.preventDefault();
    const form = event.target;
    const told = new FormData(form);
    const body = { verdict: told.get("verdict"), helped: told.getAll("helped") };
    for (const name of ["actualCause", "note"]) if (told.get(name)) body[name] = told.get(name);
    if (told.get("repairedAt")) body.repairedAt = stamped(told.get("repairedAt"));
    const done = await order(form.dataset.feedback, JSON.stringify(body), { "Content-Type": "application/json" });
    if (done) location.reload();
  });

  const upload = document.querySelector("[data-upload]");
  if (upload) {
    upload.addEventListener("submit", event => event.preventDefault());
    upload.querySelector("input[type=file]").addEventListener("change", event => {
      if (event.target.files.length) hand(upload, event.target.files[0]);
    });
    // A file may be dropped anywhere on the page: a browser would show it instead, which nobody wants here.
    const carriesFiles = event => [...event.dataTransfer.types].includes("Files");
    document.addEventListener("dragover", event => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      upload.classList.add("over");
    });
    document.addEventListener("dragleave", event => { if (!event.relatedTarget) upload.classList.remove("over"); });
    document.addEventListener("drop", event => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      upload.classList.remove("over");
      if (event.dataTransfer.files.length) hand(upload, event.dataTransfer.files[0]);
    });
  }

  // An address tells what is filtered, and not what is not.
  document.addEventListener("htmx:configRequest", event => {
    const parameters = event.detail.parameters;
    if (event.target.matches("[data-filter]")) for (const name of Object.keys(parameters)) if (!parameters[name]) delete parameters[name];
  });

  /** Parts are renewed every few seconds; only what is new in them is read aloud. */
  function tell() {
    const news = document.querySelector("[data-tell]")?.textContent.trim();
    const told = document.getElementById("told");
    if (told && news !== undefined && told.dataset.last !== news) {
      if (told.dataset.last !== undefined) told.textContent = news;
      told.dataset.last = news;
    }
  }

  // A list that is not renewed any more looks like one in which nothing happens.
  let stale = false;
  for (const wrong of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(wrong, () => { stale = true; complain(words("unreachable")); });
  }
  document.addEventListener("htmx:afterOnLoad", event => {
    if (stale && event.detail.successful !== false && event.detail.xhr.status < 400) {
      stale = false;
      document.getElementById("notice").hidden = true;
    }
  });
  document.addEventListener("htmx:load", event => { localise(event.detail.elt); tell(); });

  // The service tells when there is something new; the page asks for itself every other second all the same, should a proxy hold the stream back.
  const watched = document.querySelector("[data-events]");
  if (watched) {
    const events = new EventSource(watched.dataset.events);
    events.addEventListener("progress", () => document.getElementById("progress")?.dispatchEvent(new Event("told")));
    events.addEventListener("over", () => { events.close(); location.reload(); });
  }

  localise(document);
  tell();
})();
