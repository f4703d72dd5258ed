// A question, a button an option, and the reply to the one chosen.
// The letter of an option chooses it too, while the focus is inside.
const LETTERS = "ABCDE";

function element(kind, name, html = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.innerHTML = html;
  return made;
}

function render({ model, el }) {
  const right = model.get("right"), replies = model.get("replies");
  const card = element("div", "nnlib-quiz");
  const question = element("div", "nnlib-quiz-question", model.get("question"));
  const options = element("div", "nnlib-quiz-options");
  options.setAttribute("role", "group");
  options.setAttribute("aria-label", question.textContent.trim());
  const buttons = model.get("options").map((html, i) => {
    const button = element("button", "nnlib-quiz-option",
      `<b>${LETTERS[i]}</b><span>${html}</span><i aria-hidden="true"></i>`);
    button.type = "button";
    button.addEventListener("click", () => choose(i + 1));
    options.append(button);
    return button;
  });
  // All replies lie in one place, unseen, and keep the room of the longest; the last one speaks.
  const place = element("div", "nnlib-quiz-replies");
  for (const html of replies) {
    const room = element("div", "nnlib-quiz-room", html);
    room.setAttribute("aria-hidden", "true");
    place.append(room);
  }
  const reply = element("div", "nnlib-quiz-reply");
  reply.setAttribute("role", "status");
  place.append(reply);

  function choose(number) {
    model.set("chosen", number);
    model.save_changes();
  }
  function show() {
    const chosen = model.get("chosen");
    buttons.forEach((button, i) => {
      const down = i + 1 === chosen;
      button.setAttribute("aria-pressed", String(down));
      button.dataset.look = !down ? "" : chosen === right ? "right" : "other";
      button.lastChild.textContent = !down ? "" : chosen === right ? "✓" : "◐";
    });
    reply.innerHTML = chosen ? replies[chosen - 1] : "";
  }
  card.addEventListener("keydown", (event) => {
    const i = LETTERS.indexOf(event.key.toUpperCase());
    if (event.key.length !== 1 || i < 0 || i >= buttons.length) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    buttons[i].focus();
    choose(i + 1);
  });
  model.on("change:chosen", show);
  card.append(question, options, place);
  el.append(card);
  show();
  return () => model.off("change:chosen", show);
}

export default { render };
