// Builds one module of a plan in a rectangle: deck, byline, things over the columns, then the body around them.
"use strict";

const snap = (value) => Math.floor((value + 0.6) / press.plan.line) * press.plan.line;

function block(kind, cls, paras, i, b, is, bag) {
  const el = object(kind, cls, bag);
  place(el, i, b, is, null);
  for (const para of paras) el.append(element(para));
  return el;
}

// A photograph nobody took: shapes drawn from a number, as an image or as a gradient.
function photo(seed, is, bs, bag) {
  const el = object("photo", "photo", bag);
  let state = seed >>> 0;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
  if (next() < 0.3) {
    const g = document.createElement("div");
    g.className = "grad";
    g.style.background = `linear-gradient(${Math.floor(next() * 360)}deg,#${["667", "889", "565", "776"][Math.floor(next() * 4)]},#${["ddd", "cba", "bcd"][Math.floor(next() * 3)]})`;
    el.append(g);
    return el;
  }
  const c = document.createElement("canvas"), v = press.plan.vertical;
  c.width = Math.max(8, Math.round((v ? bs : is) / 3)); c.height = Math.max(8, Math.round((v ? is : bs) / 3));
  const x = c.getContext("2d"), data = x.createImageData(c.width, c.height), hills = [next(), next(), next()], kind = next();
  for (let n = 0; n < c.width * c.height; n++) {
    const px = (n % c.width) / c.width, py = Math.floor(n / c.width) / c.height;
    const away = Math.hypot((px - 0.5) * c.width / c.height, py - 0.42);
    const hill = kind < 0.4 ? (away < 0.26 || (py > 0.72 && Math.abs(px - 0.5) * c.width / c.height < 0.45 * py) ? 0 : 1) : kind < 0.7 ? 0.3 + 0.5 * Math.abs(Math.sin(Math.floor(px * 9) * (3 + hills[0]))) : 0.45 + 0.2 * Math.sin(px * 6 + hills[0] * 6) + 0.15 * Math.sin(px * 17 + hills[1] * 6);
    const tone = py > hill ? 60 + 70 * Math.sin(px * 30 * hills[2]) * py : 190 + 40 * (1 - py);
    const grain = next() * 26;
    data.data.set([tone + grain, tone + grain * 0.9, tone + grain * 0.8 + 8, 255], n * 4);
  }
  x.putImageData(data, 0, 0);
  const img = document.createElement("img");
  img.src = c.toDataURL("image/png");
  el.append(img);
  return el;
}

// Builds the things that stand over columns, off the page, and tells how long each is.
function standing(mod, cw, bag) {
  const g = press.plan.gutter, out = [];
  for (const spec of mod.blockers) {
    const first = Math.min(spec.first, mod.cols - 1), cols = Math.min(spec.cols, mod.cols - first);
    const is = cols * cw + (cols - 1) * g, own = [], it = { spec, first, cols, is, own, grow: 0 };
    if (spec.kind === "photo") {
      it.cap = block("caption", "cap", spec.paras, 0, 0, is, own);
      it.capSize = spec.paras.length ? rect(it.cap).bs + 3 : 0;
      it.base = Math.max(24, spec.low - it.capSize);
      it.size = () => it.base + it.grow + it.capSize;
    } else if (spec.kind === "sidebar") {
      it.fit = build(spec.inner, 0, 0, is, spec.high, true);
      if (!it.fit) continue;
      own.push(...it.fit.bag);
      it.size = () => it.fit.used;
    } else {
      it.el = block(spec.kind, spec.kind === "quote" ? "quote" : "sheet", spec.paras, 0, 0, is, own);
      it.length = rect(it.el).bs;
      it.size = () => it.length;
    }
    bag.push(it);
    out.push(it);
  }
  return out;
}

// Gives every standing thing its place between top and end; false if two of them meet.
function settle(things, top, end, i0, cw) {
  const g = press.plan.gutter, taken = [];
  for (const it of things) {
    const size = it.size(), room = end - top;
    if (size > room + 0.1) return false;
    it.i = i0 + it.first * (cw + g);
    const over = taken.filter((o) => o.spec.anchor === "top" && it.first < o.first + o.cols && o.first < it.first + it.cols);
    it.b = it.spec.anchor === "top" ? Math.max(top, ...over.map((o) => o.b + o.size() + 14)) : it.spec.anchor === "bottom" ? end - size : top + snap((room - size) * 0.45);
    if (it.b + size > end + 0.1) return false;
    for (const other of taken)
      if (it.first < other.first + other.cols && other.first < it.first + it.cols && it.b < other.b + other.size() + 14 && other.b < it.b + size + 14) return false;
    taken.push(it);
  }
  return true;
}

function framesOf(mod, things, i0, top, end, cw) {
  const g = press.plan.gutter, out = [];
  for (let c = 0; c < mod.cols; c++) {
    let parts = [[top, end]];
    for (const it of things) {
      if (c < it.first || c >= it.first + it.cols) continue;
      const a = it.b - 6, z = it.b + it.size() + 6;
      parts = parts.flatMap(([s, e]) => [[s, Math.min(e, a)], [Math.max(s, z), e]]);
    }
    for (const [s, e] of parts) if (e - s >= 2 * press.plan.line - 0.6) out.push({ i: i0 + c * (cw + g), b: s, is: cw, bs: snap(e - s) });
  }
  return out;
}

// Moves the standing things to where they were settled.
function stand(it) {
  if (it.spec.kind === "photo") {
    const height = it.base + it.grow, el = photo(it.spec.seed, it.is, height, it.own);
    place(el, it.i, it.b, it.is, height);
    place(it.cap, it.i, it.b + height + 3, it.is, null);
    if (!it.spec.paras.length) { it.cap.remove(); it.own.splice(it.own.indexOf(it.cap), 1); }
  } else if (it.spec.kind === "sidebar" || it.spec.kind === "deck") {
    for (const el of it.own) { const [i, b, is, bs] = el.spot; place(el, i + it.i, b + it.b, is, bs); }
  } else place(it.el, it.i, it.b, it.is, null);
}

// The deck of a vertical page in horizontal lines, over the first register: as long as its headline in one line.
function turnedDeck(mod, cw, most) {
  const own = [], el = block("head", "deck turned", mod.deck, 0, 0, null, own);
  const lines = mod.deck.map((para) => (para.role === "head" ? 1 : 0.5)).reduce((a, x) => a + x, 0);
  let size = Math.min(cw / lines / 1.25, 46), long = 0;
  for (; size > 13; size *= 0.94) {
    el.childNodes.forEach((p, n) => { p.style.fontSize = (mod.deck[n].role === "head" ? size : size / 2) + "pt"; });
    const r = rect(el);
    long = r.bs;
    if (r.bs <= most - 3 * press.plan.line && r.is <= cw) break;
  }
  if (size <= 13) { el.remove(); return null; }
  place(el, 0, 0, null, null);
  return { spec: { kind: "deck", anchor: "top" }, first: 0, cols: 1, is: cw, own, grow: 0, size: () => long };
}

// Chooses how tall the photo is and where the columns end, so that they end on one level with the least white; what
// leaves too much white is taken away. Returns the end of the columns.
function level(things, keep, top, bottom, total, room, whole) {
  const line = press.plan.line, cols = room(bottom) / (bottom - top) || 1;
  const lowest = () => { let end = top + 2 * line; while (end < bottom && room(end) < total) end += line; return end; };
  for (;;) {
    const picture = whole ? undefined : things.find((it) => it.spec.kind === "photo");
    let best = null;
    const most = picture ? picture.spec.high - picture.spec.low : 0;
    for (let grow = most; grow >= 0; grow -= line) {
      if (picture) picture.grow = grow;
      if (room(bottom) < total && grow >= line) continue;
      const end = lowest(), white = room(end) - total;
      if (white < 0) continue;
      if (!best || white < best.white) best = { white, grow, end };
      if (white <= cols * line * 1.2) break;
    }
    if (picture) picture.grow = best ? best.grow : 0;
    const extra = things.length > keep && !whole && (!best || best.white > 7 * line * cols);
    if (!extra) return best ? best.end : lowest();
    for (const el of things.pop().own) el.remove();
  }
}

// Builds a module in [b0, b0 + max]. Returns {bag, used}, or null if it cannot be set there.
function build(mod, i0, b0, is, max, whole) {
  const g = press.plan.gutter, line = press.plan.line, pad = /box|tint/.test(mod.look) ? 7 : mod.look === "bars" ? 5 : 0;
  const bag = [], things = [];
  const fail = () => { for (const el of bag) el.remove(); for (const it of things) for (const el of it.own) el.remove(); return null; };
  const padI = /box|tint/.test(mod.look) ? 7 : 0;
  const left = i0 + padI, wide = is - 2 * padI, cw = (wide - (mod.cols - 1) * g) / mod.cols;
  const beside = mod.beside || mod.turned, keep = beside ? 1 : 0, span = mod.deck_cols * cw + (mod.deck_cols - 1) * g;
  let b = b0 + pad;
  if (mod.turned) {
    const it = turnedDeck(mod, cw, b0 + max - pad - b);
    if (!it) return fail();
    things.push(it);
  } else {
    const own = beside ? [] : bag, from = beside ? 0 : left;
    let at = beside ? 0 : b;
    for (const [kind, cls, paras, gap] of [["label", "label", mod.label, 4], ["head", "deck", mod.deck, 4], ["byline", "by", mod.byline, 3], ["lead", "body wide", mod.lead, 5]])
      if (paras.length) { const el = block(kind, cls, paras, from, at, span, own); at += rect(el).bs + gap; }
    if (beside) things.push({ spec: { kind: "deck", anchor: "top" }, first: 0, cols: mod.deck_cols, is: span, own, grow: 0, size: () => at });
    else b = at;
  }
  const top = b + 2, limit = b0 + max - pad;
  if (limit - top < 3 * line) return fail();
  standing(mod, cw, things);
  while (things.length > keep && !settle(things, top, limit, left, cw)) for (const el of things.pop().own) el.remove();
  const size = lengths([...mod.paras, ...mod.tail], cw, mod.round), ends = size.slice(mod.paras.length).reduce((a, x) => a + x, 0);
  const room = (end) => (settle(things, top, end, left, cw) ? framesOf(mod, things, left, top, end, cw).reduce((a, f) => a + f.bs, 0) : -1);
  const bottom = top + snap(limit - top);
  const total = (n) => size.slice(0, n).reduce((a, x) => a + x, 0) + ends;
  let n = mod.paras.length;
  for (;;) {
    while (n > 0 && total(n) > room(bottom)) n--;
    while (n > 0 && /subhead|list-head/.test(mod.paras[n - 1].role)) n--;
    if (n >= Math.min(2, mod.paras.length) && !(whole && n < mod.paras.length)) break;
    if (things.length <= keep || whole) return fail();
    for (const el of things.pop().own) el.remove();
    n = mod.paras.length;
  }
  let end = level(things, keep, top, bottom, total(n), room, whole);
  for (;;) {
    if (end > bottom + 1) {
      if (n <= 1 || whole) return fail();
      n--;
      while (n > 1 && /subhead|list-head/.test(mod.paras[n - 1].role)) n--;
      end = level(things, keep, top, bottom, total(n), room, whole);
    }
    const own = [];
    if (settle(things, top, end, left, cw)) {
      const frames = framesOf(mod, things, left, top, end, cw);
      if (!thread([...mod.paras.slice(0, n), ...mod.tail], frames, own, mod.round)) { bag.push(...own); if (press.plan.column_rules) columnRules(frames, bag); break; }
    }
    for (const el of own) el.remove();
    end += line;
  }
  for (const it of things) { stand(it); bag.push(...it.own); }
  const used = Math.max(end, ...things.map((it) => it.b + it.size())) + pad - b0;
  if (mod.look) { const el = object("ground", "ground " + mod.look, bag); place(el, i0, b0, is, used); }
  for (const el of bag) el.unit ??= mod.unit;
  return { bag, used };
}

// Thin rules between neighbouring columns of a body.
function columnRules(frames, bag) {
  for (const f of frames) {
    const next = frames.find((o) => Math.abs(o.i - f.i - f.is - press.plan.gutter) < 0.5 && o.b < f.b + f.bs - 9 && f.b < o.b + o.bs - 9);
    if (!next) continue;
    const from = Math.max(f.b, next.b), to = Math.min(f.b + f.bs, next.b + next.bs), el = object("rule", "rule", bag);
    place(el, f.i + f.is + press.plan.gutter / 2 - 0.2, from, 0.4, to - from);
  }
}
