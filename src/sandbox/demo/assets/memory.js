// What a reload must not forget: which tab was shown, and whose phone lay in each pane.

const PLACE = "doorstep-demo";

/** What was remembered under a name. */
export function recall(name) {
  return all()[name];
}

/** Remembers something for this tab of the browser. */
export function remember(name, value) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...all(), [name]: value }));
  } catch {
    // a browser that keeps nothing shows the first tab again
  }
}

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}
