// Sets a whole page: stack after stack, then furniture, rules, the order of the objects, and the checks.
"use strict";

function advert(paras, i, b, is, bs) {
  const el = block("advert", "advert", paras, i, b, is, press.objects);
  place(el, i, b, is, bs);
  let size = Math.min(44, bs / (paras.length * 1.7), is / 5);
  for (; size > 4; size *= 0.9) {
    el.childNodes.forEach((p, n) => { p.style.fontSize = (n ? size * 0.6 : size) + "pt"; });
    const inside = [...el.childNodes].every((p) => { const r = rect(p); return r.b >= b && r.b + r.bs <= b + bs && r.i >= i - 0.5 && r.i + r.is <= i + is + 0.5; });
    if (inside && el.scrollHeight <= el.clientHeight + 1 && el.scrollWidth <= el.clientWidth + 1) break;
  }
  el.unit = "ad" + paras[0].unit;
}

function rule(i, b, is, bs) {
  const el = object("rule", "rule", press.objects);
  place(el, i, b, is, bs);
}

function setStack(stack, fillers) {
  const plan = press.plan, cw = (plan.inline - (plan.columns - 1) * plan.gutter) / plan.columns;
  const i = plan.start[0] + stack.first * (cw + plan.gutter), is = stack.cols * cw + (stack.cols - 1) * plan.gutter;
  const end = plan.start[1] + stack.block + stack.size, space = 13;
  let b = plan.start[1] + stack.block, count = 0;
  const queue = stack.modules.map((mod, n) => [mod, n === stack.modules.length - 1]).concat(stack.spares.map((mod) => [mod, true]));
  for (const [mod, last] of queue) {
    const left = end - b;
    if (left < 90) break;
    const room = last ? left : Math.min(left, mod.share * stack.size * 1.12);
    const done = build(mod, i, b, is, room, false);
    if (!done) continue;
    press.objects.push(...done.bag);
    count++;
    b += done.used + space;
    if (plan.rules !== "none" && end - b > 40) rule(i, b - space / 2 - 0.3, is, 0.6);
  }
  while (end - b > 46 && fillers.length) {
    const bs = end - b < 300 ? end - b : Math.min(end - b - 60, fillers.length > 4 ? 240 : 420);
    advert(fillers.shift(), i, b, is, bs);
    b += bs + 8;
  }
  press.holes = (press.holes || 0) + Math.max(0, end - b) * is;
  return count;
}

function order() {
  const plan = press.plan, all = press.objects.filter((el) => el.kind !== "ground");
  let state = (plan.seed * 2654435761 + 12345) >>> 0;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
  const groups = [];
  for (const el of all) {
    const last = groups.at(-1);
    if (el.kind === "body" && last && last[0].kind === "body" && last[0].unit === el.unit) last.push(el); else groups.push([el]);
  }
  const rank = groups.map((group, n) => {
    const head = group[0].kind === "head";
    if (plan.order === "shuffle") return next();
    if (plan.order === "heads-first") return (head ? 0 : 1000) + n;
    if (plan.order === "heads-last") return (head ? 1000 : 0) + n;
    return n;
  });
  const sorted = groups.map((group, n) => [rank[n], n, group]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const el of press.objects) if (el.kind === "ground") press.page.append(el);
  for (const [, , group] of sorted) for (const el of group) press.page.append(el);
}

// What is wrong with the page: things outside of it, text wider than its box, objects over each other.
function check() {
  const plan = press.plan, wrong = [], seen = [];
  for (const el of press.objects) {
    const r = rect(el), v = plan.vertical, far = [v ? plan.height : plan.width, v ? plan.width : plan.height];
    if (r.i < -0.5 || r.b < -0.5 || r.i + r.is > far[0] + 0.5 || r.b + r.bs > far[1] + 0.5) wrong.push(`${el.kind} leaves the page`);
    if (el.kind === "ground" || el.kind === "rule") continue;
    const flat = getComputedStyle(el).writingMode === "horizontal-tb";
    const wide = v && !flat ? el.scrollHeight - el.clientHeight : el.scrollWidth - el.clientWidth;
    if (wide > 3) wrong.push(`${el.kind} is too wide for its text by ${wide}: ${el.textContent.slice(0, 20)}`);
    for (const [other, o] of seen) {
      const ii = Math.min(r.i + r.is, o.i + o.is) - Math.max(r.i, o.i), bb = Math.min(r.b + r.bs, o.b + o.bs) - Math.max(r.b, o.b);
      if (ii > 1.5 && bb > 1.5) wrong.push(`${el.kind} over ${other.kind}: ${el.textContent.slice(0, 12)} / ${other.textContent.slice(0, 12)}`);
    }
    seen.push([el, r]);
  }
  return wrong;
}

function typeset(plan) {
  begin(plan);
  const fillers = plan.fillers.slice();
  for (const [para, x, y, width, align] of plan.furniture) {
    const el = block("furniture", "fur" + (para.cls ? " " + para.cls : ""), [para], 0, 0, null, press.objects);
    Object.assign(el.style, { textAlign: align, left: x + "pt", top: y + "pt", width: width + "pt", right: "auto" });
    el.unit = "furniture";
  }
  let count = 0;
  for (const stack of plan.stacks) count += setStack(stack, fillers);
  if (plan.rules === "all") crossRules();
  const wrong = hardHyphens().concat(check()), boxes = collect();
  const barriers = press.objects.filter((el) => el.kind === "rule" || (el.kind === "ground" && !/ tint$/.test(el.className))).map((el) => {
    const o = press.page.getBoundingClientRect(), r = el.getBoundingClientRect();
    return [r.left - o.left, r.top - o.top, r.right - o.left, r.bottom - o.top].map((x) => Math.round(x * 75) / 100);
  });
  order();
  return { boxes, wrong, barriers, count, holes: (press.holes || 0) / (plan.inline * plan.block) };
}

// Rules between neighbouring stacks, along the block direction.
function crossRules() {
  const plan = press.plan, cw = (plan.inline - (plan.columns - 1) * plan.gutter) / plan.columns;
  for (const s of plan.stacks) {
    if (s.first + s.cols >= plan.columns) continue;
    const i = plan.start[0] + (s.first + s.cols) * (cw + plan.gutter) - plan.gutter / 2;
    rule(i - 0.2, plan.start[1] + s.block, 0.5, s.size);
  }
}
