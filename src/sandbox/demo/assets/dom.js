// Making elements: the only place that calls createElement.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M4 12 20 4l-4.5 16-4-6.5L4 12Zm7.5 1.5L20 4",
  photo: "M4 7h3.5L9 5h6l1.5 2H20v12H4V7Zm8 9a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  picture: "M4 5h16v14H4V5Zm0 11 5-5 4 4 3-3 4 4M15.5 9.5h.01",
  reply: "M10 6 4 11.5 10 17v-3.5c5 0 8 1.5 10 4.5-.5-6-4-9-10-9V6Z",
  edit: "m5 19 .8-3.6L16.5 4.7a1.6 1.6 0 0 1 2.3 0l.5.5a1.6 1.6 0 0 1 0 2.3L8.6 18.2 5 19Z",
  bell: "M7 16V11a5 5 0 0 1 7.6-4.3M17 10v6M5.5 16h13M10.5 19h3M4 4l16 16",
  pin: "M9 4h6l-.8 6 3.3 3.5h-11L9.8 10 9 4Zm3 9.500V20",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.500v13l10-6.5-10-6.500Z",
  alarm: "M12 20a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4l2.5 2M5.5 4 3 6.500M18.5 4 21 6.5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.400M18.4 5.6 17 7M7 17l-1.4 1.4",
  why: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM9.600 9.500a2.500 2.500 0 1 1 3.700 2.200c-.9.5-1.3 1.100-1.300 2.100m0 2.600v.1",
  check: "m5 12.500 4.500 4.500L19 7.500",
  close: "m6 6 12 12M18 6 6 18",
  down: "m6 10 6 6 6-6",
  voice: "M12 14a3 3 0 0 0 3-3V7a3 3 0 0 0-6 0v4a3 3 0 0 0 3 3Zm-5.5-3a5.5 5.5 0 0 0 11 0M12 16.500V20",
  document: "M7 4h7l4 4v12H7V4Zm7 0v4h4",
  location: "M12 21s6-6 6-11a6 6 0 1 0-12 0c0 5 6 11 6 11Zm0-9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
};

/** An element. `on` holds listeners, `data` data attributes; other keys are attributes. */
export function el(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  for (const [name, value] of Object.entries(data)) made.dataset[name] = value;
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** Sets an attribute; `false` and nothing take it away. */
export function setAttribute(element, name, value) {
  if (value == null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** A picture that says nothing: whoever cannot see it reads the label of what it stands on. */
export function icon(name) {
  return drawing(ICONS[name]);
}

/** A drawing of lines on a field of 24 by 24. */
export function drawing(lines) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", lines);
  svg.append(path);
  return svg;
}

/** A button that is only a picture; the label is its name and its tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  const look = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return el("button", { ...look, ...attributes, on: { click: onclick } }, icon(name));
}

/** Text that is read out but not shown. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}
