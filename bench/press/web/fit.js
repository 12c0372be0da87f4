// Fits the modules of a plan into their stacks, in points. The browser breaks every line; where a frame is full, the
// paragraph is parted at the line break that the browser made there.
"use strict";
const press = { objects: [], barriers: [], placed: {} };

function begin(plan) {
  press.plan = plan;
  const page = document.createElement("div");
  page.id = "page";
  if (plan.vertical) page.className = "v";
  page.style.width = plan.width + "pt";
  page.style.height = plan.height + "pt";
  document.body.append(page);
  press.page = page;
}

// Logical place of an object: inline start, block start, inline size, block size (null = as the text needs).
function place(el, i, b, is, bs) {
  const s = el.style, v = press.plan.vertical;
  if (v) { s.top = i + "pt"; s.right = b + "pt"; } else { s.left = i + "pt"; s.top = b + "pt"; }
  if (is !== null) s[v ? "height" : "width"] = is + "pt";
  if (bs !== null) s[v ? "width" : "height"] = bs + "pt";
  el.spot = [i, b, is, bs];
}

// The logical rectangle, in points, of a DOM rectangle.
function logical(r) {
  const o = press.page.getBoundingClientRect(), k = 0.75;
  const x = (r.left - o.left) * k, y = (r.top - o.top) * k, w = r.width * k, h = r.height * k;
  return press.plan.vertical ? { i: y, b: press.plan.width - x - w, is: h, bs: w } : { i: x, b: y, is: w, bs: h };
}
const rect = (el) => logical(el.getBoundingClientRect());

function object(kind, cls, bag) {
  const el = document.createElement("div");
  el.className = "obj " + cls;
  el.kind = kind;
  press.page.append(el);
  bag.push(el);
  return el;
}

function element(para) {
  const p = document.createElement("p");
  p.className = para.role + " " + para.cls;
  if (para.size) p.style.fontSize = para.size + "pt";
  p.dataset.pid = para.pid;
  if (para.role !== "row") fill(p, para.runs);
  else for (const [text] of para.runs) { const cell = document.createElement("span"); cell.textContent = text; p.append(cell); }
  return p;
}

function fill(p, runs) {
  for (const [text, cls] of runs) {
    if (!text) continue;
    const parent = cls ? document.createElement("span") : p;
    if (cls) { parent.className = cls; p.append(parent); }
    parent.append(document.createTextNode(text));
  }
}

// Sets paragraphs one under the other in an object and tells how long each is in block direction.
function lengths(paras, is, round) {
  const bag = [], el = object("measure", "body", bag);
  place(el, 0, 0, is, null);
  const all = paras.map((para) => { const p = element(para); el.append(p); return p; });
  if (round.length && all.length) wrapRound(all[0], round[0]);
  const out = [];
  let last = rect(el).b;
  for (const p of all) { const r = rect(p); out.push(r.b + r.bs - last); last = r.b + r.bs; }
  el.remove();
  return out;
}

// Puts a small box at the start of a paragraph, for its first lines to run round.
function wrapRound(p, para) {
  const box = document.createElement("span");
  box.className = "round";
  box.dataset.pid = para.pid;
  fill(box, para.runs);
  p.prepend(box);
  return box;
}

// A byline that has room in the last line of the paragraph before it moves up into that line.
function hang(p) {
  const before = p.previousSibling;
  if (!before || !p.classList.contains("hang") || before.classList.contains("jump")) return;
  const range = document.createRange();
  range.selectNodeContents(before);
  const lines = [...range.getClientRects()].map(logical), last = lines.at(-1), own = rect(p);
  if (!last || own.bs > press.plan.line * 1.5) return;
  const row = lines.filter((r) => Math.abs(r.b + r.bs / 2 - last.b - last.bs / 2) < press.plan.line / 3);
  const end = Math.max(...row.map((r) => r.i + r.is));
  range.selectNodeContents(p);
  const width = logical(range.getBoundingClientRect()).is;
  if (end + width + press.plan.line < own.i + own.is) p.style.marginBlockStart = -press.plan.line + "pt";
}

// Sets paragraphs in frames [{i, b, is, bs}], parting them at the browser's own line breaks. Returns how many are left.
function thread(paras, frames, bag, round) {
  let box = round[0];
  const rest = paras.map((para) => ({ para, runs: para.runs, cont: false }));
  for (const frame of frames) {
    if (!rest.length) break;
    const el = object("body", "body", bag);
    place(el, frame.i, frame.b, frame.is, frame.bs);
    const limit = frame.b + frame.bs + 1.5;
    while (rest.length) {
      const job = rest[0], p = element({ ...job.para, runs: job.runs });
      if (job.cont) p.classList.add("cont");
      el.append(p);
      if (box && job.para === paras[0] && !job.cont) {
        const f = rect(wrapRound(p, box));
        if (f.b + f.bs > limit - press.plan.line) { p.firstChild.remove(); box = null; }
      }
      hang(p);
      const r = rect(p);
      if (r.b + r.bs <= limit) { rest.shift(); p.job = job; continue; }
      const at = breakPoint(p, limit);
      if (at === 0) {
        p.remove();
        while (el.lastChild && /subhead|list-head/.test(el.lastChild.className)) {
          rest.unshift(el.lastChild.job);
          el.lastChild.remove();
        }
      } else {
        const [head, tail] = part(job.runs, at);
        p.remove();
        const cut = element({ ...job.para, runs: head });
        if (job.cont) cut.classList.add("cont");
        cut.classList.add("cut");
        el.append(cut);
        if (box && job.para === paras[0] && !job.cont) wrapRound(cut, box);
        const c = rect(cut);
        if (c.b + c.bs > limit + 1) throw new Error(`a parted paragraph grew by ${c.b + c.bs - limit}: ${cut.textContent.slice(-40)} | ${tail[0][0].slice(0, 30)} | ${frame.bs} ${r.bs} ${c.bs}`);
        rest[0] = { para: job.para, runs: tail, cont: true };
      }
      break;
    }
    if (!el.childNodes.length) { el.remove(); bag.pop(); }
  }
  return rest.length;
}

// The first character of the first line that ends after the limit (0: not even one line fits).
function breakPoint(p, limit) {
  const nodes = [], walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(), at = 0; n; n = walker.nextNode()) {
    if (n.parentNode.closest(".round")) continue;
    if (!n.parentNode.closest(".drop")) nodes.push([at, n]);
    at += n.data.length;
  }
  if (!nodes.length) return 0;
  const total = nodes.at(-1)[0] + nodes.at(-1)[1].data.length, range = document.createRange();
  const half = press.plan.line / 2;
  const fits = (offset) => {
    for (let o = offset; o >= nodes[0][0]; o--) {
      const [at, node] = nodes.findLast(([start]) => start <= o);
      if (o - at >= node.data.length) continue;
      range.setStart(node, o - at);
      range.setEnd(node, o - at + 1);
      // The last rectangle: after a soft hyphen the first may be that of the hyphen, a line before.
      const last = [...range.getClientRects()].findLast((each) => each.width * each.height > 0);
      if (!last) continue;
      const r = logical(last);
      return r.b + r.bs / 2 + half <= limit;
    }
    return true;
  };
  let low = nodes[0][0], high = total;
  if (!fits(low)) return 0;
  while (high - low > 1) { const mid = (low + high) >> 1; if (fits(mid)) low = mid; else high = mid; }
  return high;
}

// Parts runs at a character; a soft hyphen at the end becomes the hyphen that stood there, spaces at the cut go.
function part(runs, at) {
  const head = [], tail = [];
  let start = 0;
  for (const [text, cls] of runs) {
    const cut = Math.min(Math.max(at - start, 0), text.length);
    if (cut > 0) head.push([text.slice(0, cut), cls]);
    if (cut < text.length) tail.push([text.slice(cut), cls]);
    start += text.length;
  }
  const end = head.at(-1);
  if (end[0].endsWith("\u00ad")) end[0] = end[0].slice(0, -1) + "-";
  end[0] = end[0].replace(/ +$/, "");
  if (tail.length) tail[0][0] = tail[0][0].replace(/^ +/, "");
  return [head, tail];
}

// One rectangle a printed line of each part, trimmed to the height of the type, in order; page coordinates in points.
function collect() {
  const v = press.plan.vertical, out = {}, range = document.createRange(), canvas = document.createElement("canvas").getContext("2d");
  for (const p of press.page.querySelectorAll("[data-pid]")) {
    const lines = [], walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      if (n.parentNode.closest("[data-pid]") !== p) continue;
      const css = getComputedStyle(n.parentNode), em = parseFloat(css.fontSize) * 0.75;
      const drop = n.parentNode.closest(".drop"), across = css.writingMode !== "horizontal-tb";
      canvas.font = `${css.fontWeight} ${css.fontSize} ${css.fontFamily}`;
      const m = canvas.measureText("\u56fdx"), up = m.fontBoundingBoxAscent * 0.75;
      range.selectNodeContents(n);
      for (const r of range.getClientRects()) {
        if (r.width * r.height === 0) continue;
        const o = press.page.getBoundingClientRect();
        let x0 = (r.left - o.left) * 0.75, y0 = (r.top - o.top) * 0.75, x1 = (r.right - o.left) * 0.75, y1 = (r.bottom - o.top) * 0.75;
        if (across) { const c = (x0 + x1) / 2; x0 = c - em / 2; x1 = c + em / 2; }
        else { const base = y0 + up; y0 = base - 0.88 * em; y1 = base + 0.22 * em; }
        const last = lines.at(-1), mid = across ? (x0 + x1) / 2 : (y0 + y1) / 2;
        const same = last && !drop && !last.drop && (across ? mid > last.box[0] && mid < last.box[2] : mid > last.box[1] && mid < last.box[3]);
        if (!same) { lines.push({ box: [x0, y0, x1, y1], drop }); continue; }
        const b = last.box;
        last.box = [Math.min(b[0], x0), Math.min(b[1], y0), Math.max(b[2], x1), Math.max(b[3], y1)];
      }
    }
    // A space that hangs over the end of a line is not part of the line; marks that hang by a little are.
    const home = p.closest(".obj").getBoundingClientRect(), o = press.page.getBoundingClientRect(), up = v ? 1 : 0;
    const from = (v ? home.top - o.top : home.left - o.left) * 0.75 - 5, to = (v ? home.bottom - o.top : home.right - o.left) * 0.75 + 5;
    for (const { box } of lines) { box[up] = Math.max(box[up], from); box[up + 2] = Math.min(box[up + 2], to); }
    (out[p.dataset.pid] ??= []).push(...lines.map((line) => line.box.map((value) => Math.round(value * 100) / 100)));
  }
  return out;
}

// Prints no soft hyphens: those at which the browser broke a line become hyphens, the others go. With neither kerning nor
// ligatures the width of a line does not change, so every line stays as the browser broke it.
function hardHyphens() {
  const range = document.createRange(), edits = [];
  const middle = (node, at) => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const r = [...range.getClientRects()].findLast((each) => each.width * each.height > 0);
    return r ? (r.top + r.bottom) / 2 : null;
  };
  const walker = document.createTreeWalker(press.page, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    if (!n.data.includes("\u00ad")) continue;
    const half = parseFloat(getComputedStyle(n.parentNode).fontSize) / 2;
    let text = "";
    for (let at = 0; at < n.data.length; at++) {
      if (n.data[at] !== "\u00ad") { text += n.data[at]; continue; }
      const before = at ? middle(n, at - 1) : null, after = at + 1 < n.data.length ? middle(n, at + 1) : null;
      if (before !== null && after !== null && after - before > half) text += "-";
    }
    edits.push([n, text]);
  }
  const sizes = press.objects.map((el) => rect(el));
  for (const [n, text] of edits) n.data = text;
  return press.objects.filter((el, n) => { const r = rect(el); return Math.abs(r.bs - sizes[n].bs) > 0.2; }).map((el) => `${el.kind} changed its lines`);
}
