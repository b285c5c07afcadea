"use strict";
// Ties words to facts. A word's data-u holds tags: k7 names unit 7, e7 says it, s7 gives one of its values.
// A unit is a fact or one of its slots; both stand on the record's side with data-u.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const reports = [...document.querySelectorAll(".report")];
  const links = [...document.querySelectorAll("[data-report]")];
  const indexes = new Map();
  let held = null;

  function index(report) {
    if (!indexes.has(report)) {
      const words = new Map();
      const units = new Map();
      for (const word of report.querySelectorAll(".w[data-u]")) {
        for (const tag of word.dataset.u.split(" ")) {
          const unit = tag.slice(1);
          if (!words.has(unit)) words.set(unit, []);
          words.get(unit).push([word, tag[0]]);
        }
      }
      for (const unit of report.querySelectorAll(".record [data-u]")) units.set(unit.dataset.u, unit);
      indexes.set(report, { words, units });
    }
    return indexes.get(report);
  }

  function dark(report) {
    for (const lit of report.querySelectorAll(".lit, .lit-key, .lit-soft")) {
      lit.classList.remove("lit", "lit-key", "lit-soft");
    }
  }

  // Light a fact or slot: its own words most, its values' words less, its sentences faintly.
  function light(report, unit) {
    const { words } = index(report);
    const fact = unit.closest(".fact");
    fact.classList.add("lit");
    const own = unit.dataset.u;
    const all = [fact, ...fact.querySelectorAll("[data-u]")].map((part) => part.dataset.u);
    for (const id of all) {
      for (const [word, kind] of words.get(id) || []) word.classList.add(kind === "e" ? "lit-soft" : "lit");
    }
    if (unit !== fact) unit.classList.add("lit");
    for (const [word, kind] of words.get(own) || []) {
      if (kind !== "e") word.classList.add("lit-key");
    }
  }

  // The words that show a unit best: those that name it, else those that say it.
  function firstWord(report, unit) {
    const found = index(report).words.get(unit.dataset.u) || [];
    return (found.find(([, kind]) => kind !== "e") || found[0] || [null])[0];
  }

  function unitsAt(report, word) {
    const { units } = index(report);
    const rank = { k: 0, s: 1, e: 2 };
    return word.dataset.u.split(" ").sort((a, b) => rank[a[0]] - rank[b[0]])
      .map((tag) => units.get(tag.slice(1))).filter(Boolean);
  }

  function show(target, pane) {
    const details = target.closest("details");
    if (details) details.open = true;
    const box = target.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (pane.scrollHeight <= pane.clientHeight + 1) return;
    if (box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8) return;
    pane.scrollTop += box.top - frame.top - frame.height / 3;
  }

  function point(report, target, move) {
    dark(report);
    if (!target) return;
    if (target.classList.contains("w")) {
      const units = unitsAt(report, target);
      for (const unit of [...units].reverse()) light(report, unit);
      if (units[0] && move) show(units[0], report.querySelector(".record"));
    } else {
      light(report, target);
      const word = firstWord(report, target);
      if (word && move) show(word, report.querySelector(".text"));
    }
  }

  function targetOf(event) {
    const target = event.target.closest && event.target.closest(".w[data-u], .slot[data-u], .fact[data-u]");
    return target && target.closest(".report") ? target : null;
  }

  function letGo() {
    if (!held) return;
    const fact = held.closest(".fact");
    if (fact) fact.classList.remove("held");
    dark(held.closest(".report"));
    held = null;
  }

  function hold(target) {
    letGo();
    held = target;
    const fact = target.closest(".fact");
    if (fact) fact.classList.add("held");
    point(target.closest(".report"), target, true);
  }

  let waiting = 0;
  document.addEventListener("pointerover", (event) => {
    const target = targetOf(event);
    if (held || event.pointerType === "touch") return;
    clearTimeout(waiting);
    const report = (target || event.target).closest(".report");
    if (!report) return;
    point(report, target, false);
    if (target) waiting = setTimeout(() => { if (!held) point(report, target, true); }, 180);
  });
  document.addEventListener("focusin", (event) => {
    const target = targetOf(event);
    if (target && !held && target.matches(":focus-visible")) point(target.closest(".report"), target, true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-report]");
    if (link) {
      event.preventDefault();
      open(link.dataset.report, link.dataset.fact);
      return;
    }
    if (event.target.closest("summary, .bar, .contents")) return;
    const target = targetOf(event);
    if (!target || target === held) letGo();
    else if (!String(getSelection())) hold(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return letGo();
    const target = targetOf(event);
    if (!target) return undefined;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      hold(target);
      const report = target.closest(".report");
      const other = target.classList.contains("w") ? unitsAt(report, target)[0] : firstWord(report, target);
      if (other && event.key === "Enter") {
        if (!other.hasAttribute("tabindex")) other.tabIndex = -1;
        other.focus({ preventScroll: true });
      }
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const side = target.classList.contains("w") ? ".w[tabindex]" : ".fact, .slot";
      const all = [...target.closest(".report").querySelectorAll(side)].filter((part) => part.getClientRects().length);
      const next = all[all.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        event.preventDefault();
        letGo();
        next.focus({ preventScroll: true });
        point(next.closest(".report"), next, true);
        show(next, next.closest(".text, .record"));
      }
    }
    return undefined;
  });

  for (const box of document.querySelectorAll("[data-layer]")) {
    box.addEventListener("change", () => document.body.classList.toggle(`off-${box.dataset.layer}`, !box.checked));
  }

  // One report at a time where there are several; all of them in print and without script.
  function open(id, fact) {
    const chosen = reports.find((report) => report.id === id) || reports[0];
    letGo();
    for (const report of reports) report.hidden = report !== chosen;
    for (const link of document.querySelectorAll(".contents [data-report]")) {
      if (link.dataset.report === chosen.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (location.hash !== `#${chosen.id}`) history.replaceState(null, "", `#${chosen.id}`);
    if (fact) {
      const target = chosen.querySelector(`.section.events .fact[data-fact="${Number(fact)}"]`);
      if (target) {
        hold(target);
        show(target, chosen.querySelector(".record"));
      }
    }
  }
  if (links.length) {
    open(location.hash.slice(1));
    addEventListener("hashchange", () => open(location.hash.slice(1)));
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
