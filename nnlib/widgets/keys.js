// Keys pressed inside a panel stay there: to the notebook `b` inserts a cell, and `d d` deletes one.
// What the notebook has for every place stays its own: Shift+Enter, and all with Ctrl, Alt or Cmd.
const ours = (event) => !(event.ctrlKey || event.altKey || event.metaKey ||
  (event.shiftKey && event.key === "Enter"));

const GONE = "jupyter-widgets-disconnected"; // Jupyter's mark on what has lost its kernel
const WORDS = "The kernel was restarted or has ended: run this cell again.";

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

  // Controls that nobody hears say so, and cannot be moved.
  const watch = new MutationObserver(() => say(panel.classList.contains(GONE)));
  function say(gone) {
    const said = panel.querySelector(":scope > .nnlib-panel-ended");
    if (gone === Boolean(said)) return;
    for (const child of panel.children) child.toggleAttribute("inert", gone);
    if (!gone) return said.remove();
    const words = document.createElement("p");
    words.className = "nnlib-panel-ended";
    words.setAttribute("role", "status");
    words.textContent = WORDS;
    panel.prepend(words);
  }

  function begin() {
    panel = el.closest(".nnlib-panel");
    if (!panel) { waiting = requestAnimationFrame(begin); return; } // not yet on the page
    window.addEventListener("keydown", mark, true);
    panel.addEventListener("keydown", stop);
    watch.observe(panel, { attributes: true, attributeFilter: ["class"] });
    say(panel.classList.contains(GONE));
  }
  begin();
  return () => {
    cancelAnimationFrame(waiting);
    watch.disconnect();
    window.removeEventListener("keydown", mark, true);
    panel?.removeEventListener("keydown", stop);
  };
}

export default { render };
