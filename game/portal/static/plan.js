// Games can be dragged into another order; without this the buttons beside them do the same.
(() => {
  const list = document.querySelector("[data-games]");
  if (!list) return;
  const form = list.closest("form");
  let held = null;
  const rows = () => [...list.children];
  for (const row of rows()) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => { held = row; event.dataTransfer.effectAllowed = "move"; });
    row.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (!held || held === row) return;
      const after = rows().indexOf(held) < rows().indexOf(row);
      list.insertBefore(held, after ? row.nextSibling : row);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      form.elements.games.value = rows().map((one) => one.dataset.game).join(",");
      form.noValidate = true;
      form.requestSubmit(form.querySelector("button[value=check]"));
    });
  }
})();
