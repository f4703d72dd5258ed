// Keys pressed inside a panel stay there: to the notebook `b` inserts a cell, and `d d` deletes one.
// What the notebook has for every place stays its own: Shift+Enter, and all with Ctrl, Alt or Cmd.
const ours = (event) => !(event.ctrlKey || event.altKey || event.metaKey ||
  (event.shiftKey && event.key === "Enter"));

function render({ el }) {
  let panel = null, waiting = 0;

  // JupyterLab looks for shortcuts before the panel hears of a key, but not beneath this mark.
  const mark = (event) => {
    if (panel.contains(event.target)) {
      panel.toggleAttribute("data-lm-suppress-shortcuts", ours(event));
    }
  };
  // Others look for them after it.
  const stop = (event) => { if (ours(event)) event.stopPropagation(); };

  function begin() {
    panel = el.closest(".nnlib-panel");
    if (!panel) { waiting = requestAnimationFrame(begin); return; } // not yet on the page
    window.addEventListener("keydown", mark, true);
    panel.addEventListener("keydown", stop);
  }
  begin();
  return () => {
    cancelAnimationFrame(waiting);
    window.removeEventListener("keydown", mark, true);
    panel?.removeEventListener("keydown", stop);
  };
}

export default { render };
