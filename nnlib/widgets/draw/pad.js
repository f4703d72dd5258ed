// A page to draw on, by pointer or by keys. Python receives its ink, one byte a point.
function render({ model, el }) {
  const n = model.get("side");
  const over = "position:absolute;inset:0;width:280px;height:280px";
  const frame = document.createElement("div");
  frame.style.cssText = "position:relative;width:280px;height:280px;border:1px solid #767676;" +
    "background:#fff;touch-action:none;cursor:crosshair;box-sizing:content-box";
  const canvas = sheet(n, n, over), cursor = sheet(280, 280, over);
  cursor.style.pointerEvents = "none";
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "Page to draw a digit on. Arrow keys move the pen, Space puts " +
    "it down or lifts it, E erases, Delete clears.");
  frame.append(canvas, cursor);
  const help = document.createElement("div");
  help.style.cssText = "font-size:13px;line-height:1.4;max-width:280px;margin-top:4px";
  help.textContent = "Keys: arrows move, Space pen down or up, E erases, Delete clears.";
  el.append(frame, help);
  const page = canvas.getContext("2d", { willReadFrequently: true });
  let pen = null, keys = { x: n / 2, y: n / 2, down: false, shown: false }, later = 0, mine = null;

  function stroke(from, to) {
    page.globalCompositeOperation = model.get("tool") === "erase" ? "destination-out" : "source-over";
    page.lineWidth = (model.get("tool") === "erase" ? 18 : 11) * n / 140;
    page.lineCap = page.lineJoin = "round";
    page.strokeStyle = "#000";
    page.beginPath();
    page.moveTo(from.x, from.y);
    page.lineTo(to.x + 0.01, to.y);
    page.stroke();
    send();
  }

  function send(now) {
    // while the hand moves, about fifteen times a second
    if (now) { clearTimeout(later); later = 0; } else if (later) return;
    const go = () => {
      later = 0;
      const data = page.getImageData(0, 0, n, n).data;
      mine = Uint8Array.from({ length: n * n }, (_, i) => data[4 * i + 3]);
      model.set("ink", new DataView(mine.buffer));
      model.save_changes();
    };
    if (now) go(); else later = setTimeout(go, 66);
  }

  function show() {
    // ink that came from Python: an example, or a clean page
    const ink = bytes(model.get("ink"));
    if (mine && ink.length === mine.length && ink.every((v, i) => v === mine[i])) return;
    if (later || pen) return;
    const image = page.createImageData(n, n);
    ink.forEach((v, i) => { image.data[4 * i + 3] = v; });
    page.putImageData(image, 0, 0);
  }

  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return { x: ((event.clientX - box.left - 1) * n) / 280, y: ((event.clientY - box.top - 1) * n) / 280 };
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    frame.setPointerCapture(event.pointerId);
    pen = at(event);
    stroke(pen, pen);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!pen) return;
    for (const e of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
      const to = at(e);
      stroke(pen, to);
      pen = to;
    }
  });
  const lift = () => { if (pen) { pen = null; send(true); } };
  frame.addEventListener("pointerup", lift);
  frame.addEventListener("pointercancel", lift);

  function showCursor() {
    const c = cursor.getContext("2d"), x = (keys.x * 280) / n, y = (keys.y * 280) / n;
    c.clearRect(0, 0, 280, 280);
    if (!keys.shown) return;
    c.strokeStyle = "#D55E00";
    c.lineWidth = keys.down ? 4 : 2;
    c.beginPath();
    c.arc(x, y, 11, 0, 7);
    c.stroke();
  }
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  frame.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (move) {
      const from = { x: keys.x, y: keys.y };
      keys.x = Math.min(n - 4, Math.max(4, keys.x + 4 * move[0]));
      keys.y = Math.min(n - 4, Math.max(4, keys.y + 4 * move[1]));
      if (keys.down) stroke(from, keys);
    } else if (event.key === " ") {
      keys.down = !keys.down;
      if (keys.down) stroke(keys, keys); else send(true);
    } else if (event.key === "e" || event.key === "E") {
      model.set("tool", model.get("tool") === "erase" ? "draw" : "erase");
      model.save_changes();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      page.clearRect(0, 0, n, n);
      send(true);
    } else return;
    keys.shown = true;
    showCursor();
    event.preventDefault();
    event.stopPropagation(); // a notebook has its own meaning for these keys
  });
  frame.addEventListener("blur", () => { keys.shown = keys.down = false; showCursor(); send(true); });

  model.on("change:ink", show);
  show();
  return () => { clearTimeout(later); model.off("change:ink", show); };
}

export default { render };
