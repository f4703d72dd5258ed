// What all canvases share. A canvas's own script follows in the same file (see canvas.py).

// The bytes of a synchronised value, in a buffer of their own.
const bytes = (value) =>
  new Uint8Array(value.buffer || value, value.byteOffset || 0, value.byteLength).slice();

// A canvas of so many points, styled.
function sheet(width, height, style) {
  const made = document.createElement("canvas");
  made.width = width;
  made.height = height;
  made.style.cssText = style;
  return made;
}
