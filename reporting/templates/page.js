"use strict";
(() => {
  const table = document.getElementById("ranking");
  const find = document.getElementById("find");
  const band = document.getElementById("band");
  const squad = document.getElementById("squad");
  const shown = document.getElementById("shown");
  const nobody = document.getElementById("nobody");

  // Of a large club the details lie in <noscript>: text for a browser that runs scripts, and
  // so nothing to lay out, until somebody asks for them; the page itself for one that does not.
  const draw = (holder) => {
    const template = document.createElement("template");
    template.innerHTML = holder.textContent;
    holder.replaceWith(template.content);
  };
  document.addEventListener(
    "toggle",
    (event) => {
      const holder = event.target.querySelector(":scope > noscript");
      if (holder) draw(holder);
    },
    true,
  );

  const open = (focus) => {
    const key = location.hash.slice(1);
    const holder = document.querySelector(`noscript[data-for="${CSS.escape(key)}"]`);
    if (holder) draw(holder);
    const target = document.getElementById(key);
    if (!target || target.tagName !== "DETAILS") return;
    target.open = true;
    target.scrollIntoView();
    if (focus) target.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", () => open(true));
  document.addEventListener("click", (event) => {
    // A second click on the same link changes no hash.
    const link = event.target.closest('a[href^="#a"]');
    if (link && link.getAttribute("href") === location.hash) open(true);
  });
  open(false);

  // A page looks the same when its week is over: only the day on which it is read can tell.
  const over = document.getElementById("over");
  if (over) {
    const now = new Date();
    const pad = (number) => String(number).padStart(2, "0");
    const today = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");
    over.hidden = today <= over.dataset.last;
  }

  // On paper the cards of those to look at stand open, and all that was not read.
  addEventListener("beforeprint", () => {
    for (const card of document.querySelectorAll("details.pinned")) {
      const holder = card.querySelector(":scope > noscript");
      if (holder) draw(holder);
      card.open = true;
    }
    for (const rest of document.querySelectorAll(".notread .more")) rest.open = true;
  });

  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const more = document.getElementById("more");
  const drawRows = () => {
    const holder = document.querySelector("noscript.rows");
    if (!holder) return;
    const template = document.createElement("template");
    template.innerHTML = holder.textContent;
    const added = Array.from(template.content.querySelectorAll("tr"));
    holder.remove();
    rows.push(...added);
  };
  // A table of thousands of rows takes seconds to lay out: so many are shown at a time.
  let limit = rows.length;
  const place = () => {
    if (!more) return void body.append(...rows);
    const hits = rows.filter((row) => !row.hidden);
    body.replaceChildren(...hits.slice(0, limit));
    more.hidden = hits.length <= limit;
  };
  if (more) {
    const step = limit;
    more.hidden = false;
    more.addEventListener("click", () => {
      drawRows();
      limit += step;
      place();
    });
  }
  const collate = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const sort = (button) => {
    drawRows();
    const by = button.dataset.by;
    const head = button.closest("th");
    const best = by === "rank" || by === "name" ? "ascending" : "descending";
    const other = best === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === best ? other : best;
    const sign = order === "ascending" ? 1 : -1;
    for (const each of table.tHead.querySelectorAll("[aria-sort]")) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const apart = (a, b) => (by === "name" ? collate.compare(a, b) : a - b);
    rows.sort((a, b) => sign * apart(a.dataset[by], b.dataset[by]) || a.dataset.rank - b.dataset.rank);
    place();
  };
  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => sort(button));
  }

  const filter = () => {
    drawRows();
    const wanted = find.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const hit =
        row.textContent.toLowerCase().includes(wanted) &&
        (!band.value || row.dataset.band === band.value) &&
        (!squad || !squad.value || row.dataset.squad === squad.value);
      row.hidden = !hit;
      const card = document.getElementById(row.dataset.key);
      if (card) card.hidden = !hit;
      count += hit;
    }
    if (more) place();
    shown.textContent = (count === 1 ? shown.dataset.one : shown.dataset.many).replace("#", count);
    nobody.hidden = count > 0;
  };
  for (const control of [find, band, squad]) if (control) control.addEventListener("input", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
})();
