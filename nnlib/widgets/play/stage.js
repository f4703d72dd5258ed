// The playground's stage: one canvas. Python sends frames; this draws them and says so.
const W = 720, H = 400, PLANE = { x: 420, y: 24, size: 290 };
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function render({ model, el }) {
  const canvas = sheet(0, 0, "width:100%;max-width:720px;display:block");
  canvas.setAttribute("role", "img");
  const words = document.createElement("div");
  words.style.cssText = "font-size:16px;line-height:1.45;font-variant-numeric:tabular-nums";
  words.setAttribute("role", "status");
  el.append(canvas, words);
  const context = canvas.getContext("2d");
  const small = sheet(0, 0, "");
  let waiting = 0, drawn = 0;

  function image(values, n, one, zero, clear, x, y, size) {
    if (small.width !== n) small.width = small.height = n;
    const at = small.getContext("2d", { willReadFrequently: true });
    const data = at.createImageData(n, n);
    for (let i = 0; i < n * n; i++) {
      const v = values[i], c = v > 0 ? one : zero;
      data.data.set([c[0], c[1], c[2], Math.abs(v) * 2 * clear], 4 * i);
    }
    at.putImageData(data, 0, 0);
    context.drawImage(small, x, y, size, size);
  }

  function draw() {
    waiting = 0;
    const scene = model.get("scene"), raw = bytes(model.get("frame")).buffer;
    if (!scene.sizes || !raw.byteLength) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 2) * 1;
    if (canvas.width !== W * ratio) { canvas.width = W * ratio; canvas.height = H * ratio; }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, W, H);
    const ink = getComputedStyle(el).color, colours = scene.colours;
    const paper = getComputedStyle(el).getPropertyValue("--jp-layout-color0").trim() || "#fff";
    const rgb = (name) => [1, 3, 5].map((i) => parseInt(colours[name].slice(i, i + 2), 16));
    const sizes = scene.sizes, weights = [];
    let words = 0;
    const head = new Float32Array(raw, 0, 5), K = head[4];
    words = 5 + 3 * K;
    const curve = new Float32Array(raw, 20, 3 * K);
    for (let l = 0; l + 1 < sizes.length; l++) {
      weights.push(new Float32Array(raw, 4 * words, sizes[l] * sizes[l + 1]));
      words += sizes[l] * sizes[l + 1];
    }
    const maps = new Int8Array(raw, 4 * words), cells = scene.thumb ** 2;

    // where each unit stands
    const shown = sizes.slice(0, -1), unit = 34;
    const places = shown.map((n, l) => Array.from({ length: n }, (_, i) => [
      44 + (shown.length > 1 ? (286 * l) / (shown.length - 1) : 0), 169 + 43 * (i - (n - 1) / 2)]));
    const goals = [[PLANE.x - 10, 153], [PLANE.x - 10, 185]];

    // weights: width is size, a dashed blue line is negative
    weights.forEach((matrix, l) => {
      const from = places[l], to = places[l + 1] || goals;
      const top = Math.max(1e-9, ...Array.from(matrix, Math.abs));
      matrix.forEach((w, k) => {
        const [x0, y0] = from[k % from.length], [x1, y1] = to[Math.floor(k / from.length)];
        const middle = (x0 + x1) / 2;
        context.beginPath();
        context.moveTo(x0, y0);
        context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
        context.strokeStyle = colours[w > 0 ? "positive" : "negative"];
        context.lineWidth = 0.4 + (3 * Math.abs(w)) / top;
        context.setLineDash(w > 0 ? [] : [5, 4]);
        context.globalAlpha = 0.8;
        context.stroke();
      });
    });
    context.setLineDash([]);
    context.globalAlpha = 1;

    // units: what each makes of the plane
    context.font = `16px ${colours.font}`;
    context.textBaseline = "middle";
    let offset = 0;
    places.forEach((column, l) => column.forEach(([x, y], i) => {
      context.fillStyle = paper;
      context.fillRect(x - unit / 2, y - unit / 2, unit, unit);
      let values;
      if (l) values = maps.subarray(offset, offset += cells);
      else {
        values = new Int8Array(cells);
        for (let k = 0; k < cells; k++) {
          const a = i ? 1 - (2 * Math.floor(k / scene.thumb)) / (scene.thumb - 1)
            : (2 * (k % scene.thumb)) / (scene.thumb - 1) - 1;
          values[k] = 127 * a;
        }
        context.fillStyle = ink;
        context.textAlign = "right";
        context.fillText(i ? "x₂" : "x₁", x - 22, y);
      }
      image(values, scene.thumb, rgb("positive"), rgb("negative"), 1, x - unit / 2, y - unit / 2, unit);
      context.strokeStyle = colours.ink;
      context.lineWidth = 1;
      context.strokeRect(x - unit / 2, y - unit / 2, unit, unit);
    }));

    // the plane, the boundary, the points
    const out = maps.subarray(offset, offset + scene.grid ** 2), { x, y, size } = PLANE;
    context.fillStyle = paper;
    context.fillRect(x, y, size, size);
    image(out, scene.grid, rgb("one"), rgb("zero"), 0.55, x, y, size);
    boundary(out, scene.grid, x, y, size, colours.model);
    const points = new Float32Array(bytes(model.get("points")).buffer);
    context.save();
    context.beginPath();
    context.rect(x, y, size, size);
    context.clip();
    context.lineWidth = 1;
    context.strokeStyle = "#444";
    for (let i = 0; i < points.length; i += 3) {
      const px = x + (size * (points[i] + scene.reach)) / (2 * scene.reach);
      const py = y + (size * (scene.reach - points[i + 1])) / (2 * scene.reach);
      context.beginPath();
      if (points[i + 2]) context.rect(px - 3.5, py - 3.5, 7, 7);
      else context.arc(px, py, 4, 0, 7);
      context.fillStyle = colours[points[i + 2] ? "one" : "zero"];
      context.fill();
      context.stroke();
    }
    context.restore();
    losses(curve, K, colours, ink);

    words_now();
    const serial = model.get("serial");
    drawn = serial;
    const say = () => model.send({ kind: "drawn", serial });
    canvas.dataset.frames = Number(canvas.dataset.frames || 0) + 1;
    if (still()) setTimeout(say, 700); else say();
  }

  function boundary(out, n, x, y, size, colour) {
    // marching squares at zero
    const step = size / (n - 1);
    context.beginPath();
    for (let r = 0; r + 1 < n; r++) for (let c = 0; c + 1 < n; c++) {
      const k = r * n + c, v = [out[k], out[k + 1], out[k + n + 1], out[k + n]];
      const corner = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]], cut = [];
      for (let e = 0; e < 4; e++) {
        const a = v[e], b = v[(e + 1) % 4];
        if (a > 0 === b > 0) continue;
        const t = a / (a - b), p = corner[e], q = corner[(e + 1) % 4];
        cut.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
      }
      for (let i = 0; i + 1 < cut.length; i += 2) {
        context.moveTo(x + cut[i][0] * step, y + cut[i][1] * step);
        context.lineTo(x + cut[i + 1][0] * step, y + cut[i + 1][1] * step);
      }
    }
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.stroke();
  }

  function losses(curve, K, colours, ink) {
    const x = PLANE.x + 92, y = 334, width = PLANE.size - 92, height = 52;
    const top = Math.max(0.05, ...curve.subarray(K)), last = Math.max(curve[K - 1] || 1, 1);
    [[curve.subarray(K, 2 * K), []], [curve.subarray(2 * K), [4, 3]]].forEach(([values, dash]) => {
      context.beginPath();
      values.forEach((v, i) => {
        context[i ? "lineTo" : "moveTo"](x + (width * curve[i]) / last, y + height * (1 - v / top));
      });
      context.strokeStyle = colours.loss;
      context.lineWidth = 2;
      context.setLineDash(dash);
      context.stroke();
    });
    context.setLineDash([]);
    context.fillStyle = ink;
    context.textAlign = "left";
    context.font = `14px ${colours.font}`;
    for (const [label, dash, dy] of [["training", [], 12], ["test", [4, 3], 34]]) {
      context.beginPath();
      context.setLineDash(dash);
      context.moveTo(PLANE.x, y + dy);
      context.lineTo(PLANE.x + 22, y + dy);
      context.stroke();
      context.fillText(label, PLANE.x + 28, y + dy);
    }
    context.setLineDash([]);
  }

  function words_now() {
    // read out when it stands, not thirty times a second
    words.setAttribute("aria-live", model.get("playing") ? "off" : "polite");
    words.textContent = model.get("words");
    if (!model.get("playing") || !canvas.hasAttribute("aria-label")) {
      canvas.setAttribute("aria-label", `Decision boundary. ${model.get("words")}`);
    }
  }

  const soon = () => { if (!waiting) waiting = requestAnimationFrame(draw); };
  model.on("change:serial", soon);
  model.on("change:playing", words_now);
  model.on("change:words", words_now);
  const theme = new MutationObserver(soon);
  theme.observe(document.body, { attributes: true });
  soon();
  return () => {
    model.off("change:serial", soon);
    model.off("change:playing", words_now);
    model.off("change:words", words_now);
    theme.disconnect();
    cancelAnimationFrame(waiting);
  };
}

export default { render };
