/// The one script of all pages: it sorts tables and shows at the pointer what a chart tells. Without it the same tips come up
/// slowly, and tables stay as they are.
enum PageScript {
    /// What a browser may load and run: what is in the file, and no script but this one, known by its hash.
    static let policy: HTML = """
        default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '\(HTML(trusting: hash))'; \
        base-uri 'none'; form-action 'none'
        """

    /// SHA-256 of `source` in base 64, which a browser compares with it.
    static let hash = "sha256-2O/q5wgmWBjTAlhzWphSRzGSRxW75SPh18UoxBQv638="

    static let source = sorting + tips

    private static let sorting = """

        "use strict";
        for (const table of document.querySelectorAll("table.sortable")) {
          const heads = [...table.tHead.rows[0].cells];
          const initial = [...table.tBodies[0].rows];
          const rank = (row, column) => {
            const cell = row.cells[column];
            const text = cell.dataset.rank ?? cell.textContent.trim().replace(/^[✓✗?] /, "");
            const number = parseFloat(text.replaceAll(",", "").replace("−", "-"));
            return { text, number: /^[-+−.\\d]/.test(text) ? number : NaN };
          };
          const compare = (a, b) => {
            const numbers = [a, b].filter(rank => !isNaN(rank.number)).length;
            if (numbers === 2) return a.number - b.number;
            if (numbers === 1) return isNaN(a.number) ? 1 : -1;
            return a.text.localeCompare(b.text, "en");
          };
          const isMissing = rank => rank.text === "" || rank.text === "–";
          const sort = column => {
            const head = heads[column];
            const first = head.classList.contains("number") ? "descending" : "ascending";
            const second = first === "ascending" ? "descending" : "ascending";
            const before = head.getAttribute("aria-sort");
            const order = before === first ? second : before === second ? null : first;
            for (const other of heads) other.removeAttribute("aria-sort");
            if (!order) {
              table.tBodies[0].append(...initial);
              return;
            }
            head.setAttribute("aria-sort", order);
            const rows = initial.map(row => ({ row, rank: rank(row, column) }));
            rows.sort((a, b) => isMissing(a.rank) - isMissing(b.rank)
              || (order === "ascending" ? compare(a.rank, b.rank) : compare(b.rank, a.rank)));
            table.tBodies[0].append(...rows.map(each => each.row));
          };
          heads.forEach((head, column) => {
            const button = document.createElement("button");
            button.type = "button";
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener("click", () => sort(column));
          });
        }
        """

    private static let tips = """

        const tip = document.createElement("div");
        tip.id = "tip";
        tip.hidden = true;
        document.body.append(tip);
        for (const picture of document.querySelectorAll("figure svg")) {
          const own = picture.querySelector(":scope > title");
          if (own) {
            picture.setAttribute("aria-label", own.textContent);
            own.remove();
          }
          for (const title of picture.querySelectorAll("title")) {
            title.parentNode.dataset.tip = title.textContent;
            title.remove();
          }
          picture.addEventListener("pointermove", event => {
            const text = event.target.closest("[data-tip]")?.dataset.tip;
            tip.hidden = !text;
            if (!text) return;
            tip.textContent = text;
            const box = tip.getBoundingClientRect();
            const left = Math.min(event.clientX + 14, innerWidth - box.width - 8);
            const above = event.clientY - box.height - 12;
            tip.style.left = Math.max(8, left) + "px";
            tip.style.top = (above > 4 ? above : event.clientY + 18) + "px";
          });
          picture.addEventListener("pointerleave", () => { tip.hidden = true; });
        }

        """
}
