"use strict";
// Hovering, focusing or clicking an article, on either side, shows it on both. Nothing is fetched, nothing is kept.
(() => {
  const root = document.documentElement, body = document.body;
  root.classList.add("js");
  const all = [...document.querySelectorAll("[data-unit]")];
  const texts = document.getElementById("texts"), pages = document.getElementById("pages");
  const sheets = [...document.querySelectorAll(".sheet")];
  const select = document.getElementById("page");
  let pinned = null, now = 0;

  const of = (node) => {
    const found = node.closest ? node.closest("[data-unit]") : null;
    return found ? { unit: found.dataset.unit, part: found.dataset.part || "" } : null;
  };
  const light = (what) => {
    body.classList.toggle("lit", Boolean(what));
    for (const each of all) {
      each.classList.toggle("on", Boolean(what) && each.dataset.unit === what.unit);
      each.classList.toggle("hot", Boolean(what) && what.part !== "" && each.dataset.part === what.part);
    }
  };
  const find = (side, what) => {
    const fit = (each) => each.dataset.unit === what.unit && side.contains(each);
    return all.find((each) => fit(each) && what.part && each.dataset.part === what.part) || all.find(fit);
  };
  const turn = (index) => {
    now = Math.max(0, Math.min(sheets.length - 1, index));
    sheets.forEach((sheet, n) => sheet.classList.toggle("now", n === now));
    const number = sheets.length ? sheets[now].dataset.page : "";
    if (select) select.value = number;
    const held = texts.contains(document.activeElement) && document.activeElement !== texts;
    for (const unit of texts.querySelectorAll(".unit")) unit.classList.toggle("away", !unit.dataset.pages.split(" ").includes(number));
    // What goes out of sight cannot keep the focus: the first article of the page takes it.
    const first = texts.querySelector(".unit:not(.away)");
    if (held && first && !texts.querySelector(".unit:not(.away):focus-within")) first.focus();
  };
  const reveal = (side, what) => {
    const goal = find(side, what);
    if (!goal) return;
    const sheet = goal.closest(".sheet");
    if (sheet && !sheet.classList.contains("now")) turn(sheets.indexOf(sheet));
    goal.scrollIntoView({ block: "center", inline: "center" });
  };

  // Where a page scrolls under a pointer that rests, as after a key, nobody pointed at anything.
  let rest = "";
  document.addEventListener("pointerover", (event) => {
    const at = `${event.screenX} ${event.screenY}`;
    if (at === rest) return;
    rest = at;
    light(of(event.target) || pinned);
  });
  document.addEventListener("pointerleave", () => light(pinned));
  document.addEventListener("focusin", (event) => { const what = of(event.target); if (what) light(what); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("button, select, .help")) return;
    const what = of(event.target);
    pinned = what;
    light(what);
    if (!what) return;
    event.preventDefault();
    reveal(texts.contains(event.target) ? pages : texts, what);
  });

  for (const part of texts.querySelectorAll(".part")) part.tabIndex = -1;
  for (const unit of texts.querySelectorAll(".unit")) unit.tabIndex = 0;
  const press = (id, name) => {
    const button = document.getElementById(id);
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(body.classList.contains(name)));
      body.classList.toggle(name);
    });
  };
  press("links", "nolinks"); press("roles", "noroles"); press("order", "noorder"); press("tint", "untint");
  let zoom = 1;
  const size = (factor) => { zoom = Math.max(0.5, Math.min(6, zoom * factor)); root.style.setProperty("--zoom", zoom); };
  document.getElementById("in").addEventListener("click", () => size(1.25));
  document.getElementById("out").addEventListener("click", () => size(0.8));
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  if (select) {
    select.addEventListener("change", () => turn(sheets.findIndex((sheet) => sheet.dataset.page === select.value)));
    document.getElementById("back").addEventListener("click", () => turn(now - 1));
    document.getElementById("on").addEventListener("click", () => turn(now + 1));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, summary")) return;
    const here = texts.contains(document.activeElement) ? document.activeElement.closest(".part, .unit") : null;
    const key = event.key;
    if (key === ".") turn(now + 1);
    else if (key === ",") turn(now - 1);
    else if (key === "+") size(1.25);
    else if (key === "-") size(0.8);
    else if (key === "Escape") { document.querySelector(".help").open = false; pinned = null; light(null); }
    else if (here && (key === "ArrowDown" || key === "ArrowUp")) {
      const stops = [...texts.querySelectorAll(".unit:not(.away), .unit:not(.away) .part")];
      const next = stops[stops.indexOf(here) + (key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    } else if (here && (key === "Enter" || key === " ") && !event.target.closest("a")) {
      event.preventDefault();
      pinned = of(here);
      reveal(pages, pinned);
    }
  });
  const asked = sheets.findIndex((sheet) => `#${sheet.id}` === location.hash);
  turn(Math.max(0, asked));
})();
