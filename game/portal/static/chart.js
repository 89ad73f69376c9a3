// Draws the timeline of a sitting in place of its picture; without this the picture stays.
(() => {
  const told = document.getElementById("figure");
  const place = document.querySelector("[data-chart=figure]");
  if (!told || !place || !window.Plotly) return;
  const still = place.innerHTML;
  const dressed = (value, style) => {
    if (typeof value === "string" && value.startsWith("--")) return style.getPropertyValue(value).trim();
    if (Array.isArray(value)) return value.map((one) => dressed(one, style));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, dressed(one, style)]));
    return value;
  };
  const draw = () => {
    const style = getComputedStyle(document.documentElement);
    const { data, layout } = dressed(JSON.parse(told.textContent), style);
    const axis = { gridcolor: style.getPropertyValue("--line").trim(), zeroline: false, automargin: true };
    for (const name in layout) if (name.includes("axis")) Object.assign(layout[name], axis);
    Object.assign(layout, {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", height: 520,
      font: { color: style.getPropertyValue("--ink").trim(), family: style.fontFamily, size: 13 },
      legend: { orientation: "h", y: 1.12 }, margin: { l: 56, r: 16, t: 24, b: 44 }, hovermode: "x unified",
      hoverlabel: { bgcolor: style.getPropertyValue("--card").trim() }, dragmode: "zoom",
    });
    place.innerHTML = "";
    window.Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true })
      .catch(() => { place.innerHTML = still; });
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
