// Keeps the figures of a running sitting up to date; without this they are as they were when the page came.
(() => {
  const figures = document.querySelector("[data-live]");
  const asked = document.querySelector("[data-asked]");
  const source = new EventSource(figures.dataset.live);
  source.addEventListener("now", (event) => { figures.innerHTML = event.data; });
  source.addEventListener("asked", (event) => { if (asked.innerHTML !== event.data) asked.innerHTML = event.data; });
  source.addEventListener("ended", (event) => { source.close(); figures.textContent = event.data; });
})();
