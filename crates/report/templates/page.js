(() => {
  "use strict";
  const all = (from, what) => [...from.querySelectorAll(what)];
  const add = (to, name, looks, words) => {
    const made = document.createElement(name);
    if (looks) made.className = looks;
    if (words) made.textContent = words;
    to.append(made);
    return made;
  };
  const cells = row => [...row.cells].map(cell => cell.textContent);

  // Markup that waits as a text until somebody asks for it.
  const unfold = box => {
    const waits = box.querySelector("noscript");
    if (!waits) return;
    const made = document.createElement("template");
    made.innerHTML = waits.textContent;
    waits.replaceWith(made.content);
  };
  for (const box of all(document, ".data")) box.addEventListener("toggle", () => unfold(box));

  // A cursor over a chart, by mouse, touch or arrow keys. It reads the chart's own table.
  for (const figure of all(document, "figure")) {
    const plot = figure.querySelector(".plot"), box = figure.querySelector(".data");
    if (!plot || !box || !plot.querySelector("svg[data-x]")) continue;
    let heads = [], rows = [];
    const read = () => {
      if (rows.length) return;
      unfold(box);
      const table = box.querySelector("table");
      heads = cells(table.tHead.rows[0]);
      rows = [...table.tBodies[0].rows];
    };
    const places = svg => svg.dataset.x.split(" ").map(Number);
    const seen = () => {
      read();
      return all(plot, "svg[data-x]").find(svg => svg.clientWidth && places(svg).length === rows.length);
    };
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "cursor");
    const tip = add(plot, "div", "tip"), live = add(plot, "div", "unseen");
    let at = -1;
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    live.setAttribute("aria-live", "polite");
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", plot.querySelector("title").textContent + ". Left and right arrow keys step through the values.");
    const words = i => {
      const [first, ...rest] = cells(rows[i]);
      const said = rest.map((cell, k) => cell === "–" ? "" : heads[k + 1] === "Note" ? cell : heads[k + 1] + ": " + cell);
      return [first, ...said.filter(Boolean)].join(", ");
    };
    const hide = () => { tip.hidden = true; line.remove(); };
    const show = (i, aloud) => {
      const svg = seen();
      if (!svg) return;
      const xs = places(svg), [top, bottom] = svg.dataset.y.split(" ");
      at = Math.max(0, Math.min(xs.length - 1, i));
      line.setAttribute("d", `M${xs[at]} ${top}V${bottom}`);
      svg.append(line);
      tip.textContent = words(at);
      tip.hidden = false;
      const x = xs[at] * svg.clientWidth / svg.viewBox.baseVal.width, room = plot.clientWidth;
      const left = x < room / 2 ? x + 10 : x - tip.offsetWidth - 10;
      tip.style.left = Math.max(0, Math.min(room - tip.offsetWidth, left)) + "px";
      if (aloud) live.textContent = tip.textContent;
    };
    const near = event => {
      const svg = seen();
      if (!svg) return;
      const box = svg.getBoundingClientRect(), xs = places(svg);
      const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
      show(xs.reduce((best, other, i) => Math.abs(other - x) < Math.abs(xs[best] - x) ? i : best, 0), false);
    };
    plot.addEventListener("pointermove", near);
    plot.addEventListener("pointerdown", near);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", event => {
      read();
      const last = rows.length - 1;
      const to = { ArrowLeft: at < 0 ? last : at - 1, ArrowRight: at < 0 ? 0 : at + 1, Home: 0, End: last }[event.key];
      if (event.key === "Escape") hide();
      if (to === undefined) return;
      event.preventDefault();
      show(to, true);
    });
  }

  // Entries of a legend show and hide their series.
  for (const item of all(document, "figure .legend li")) {
    const looks = item.dataset.key, plot = item.closest("figure").querySelector(".plot");
    const drawn = plot ? all(plot, "path").filter(path => path.getAttribute("class") === looks) : [];
    if (!drawn.length) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      for (const path of drawn) path.classList.toggle("off", !on);
    });
  }

  // The table of runs: a filter, an order by any column, 200 rows at a time.
  const table = document.querySelector("table.runs");
  if (table) {
    const most = 200, body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows];
    let order = rows, shown = most;
    const fold = table.closest("details"), bar = document.createElement("p");
    bar.className = "filter";
    const label = add(bar, "label", "", "Filter"), input = add(bar, "input"), count = add(bar, "span");
    input.type = "search";
    input.id = label.htmlFor = "runs-filter";
    count.setAttribute("aria-live", "polite");
    table.parentNode.before(bar);
    const foot = document.createElement("p"), more = add(foot, "button", "", "Show 200 more");
    foot.className = "filter";
    more.type = "button";
    table.parentNode.after(foot);
    const read = () => {
      const before = rows.length;
      unfold(fold);
      const older = fold.querySelector(".runs-older");
      if (!older) return;
      rows.push(...older.tBodies[0].rows);
      older.parentNode.previousElementSibling.remove();
      older.parentNode.remove();
      if (order.length === before) order = rows.slice();
    };
    const draw = () => {
      const wanted = input.value.toLowerCase();
      const found = order.filter(row => row.textContent.toLowerCase().includes(wanted));
      body.replaceChildren(...found.slice(0, shown));
      count.textContent = `${found.length} of ${rows.length} runs`;
      foot.hidden = found.length <= shown;
    };
    foot.hidden = !fold.querySelector("noscript");
    more.addEventListener("click", () => { read(); shown += most; draw(); });
    input.addEventListener("input", () => { read(); shown = most; draw(); });
    const value = text => {
      if (/^\d{4}-/.test(text)) return text;
      if (/^[\d:]+$/.test(text)) return text.split(":").reduce((sum, part) => sum * 60 + +part, 0);
      const number = parseFloat(text.replace(/,/g, ""));
      return isNaN(number) ? text : number;
    };
    heads.forEach((head, k) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        read();
        const rises = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", rises ? "ascending" : "descending");
        const known = new Map(rows.map(row => [row, value(row.cells[k].textContent)]));
        const compare = (a, b) => typeof a !== typeof b ? (typeof a === "number" ? -1 : 1) : (a > b) - (a < b);
        order = rows.slice().sort((a, b) => compare(known.get(a), known.get(b)) * (rises ? 1 : -1));
        shown = most;
        draw();
      });
    });
  }

  // A link to something folded opens it.
  const open = () => {
    const there = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let up = there; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    if (there) there.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
