// What the demo tells the page, as it happens. A broken line is tried again until it holds.

const EVENTS = ["stage", "chat", "clock", "scene", "toast"];
const PATIENCE_MS = 2000;

/** Listens; `hear` has a listener for each kind of event, `held` is told whether the line holds. */
export function listen(hear, held) {
  const source = new EventSource("api/live");
  for (const event of EVENTS) {
    source.addEventListener(event, ({ data }) => hear[event](JSON.parse(data)));
  }
  source.onopen = () => held(true);
  source.onerror = () => {
    held(false);
    if (source.readyState === EventSource.CLOSED) again(source, hear, held);
  };
}

/** The browser tries again by itself unless the answer was a refusal. */
function again(source, hear, held) {
  source.close();
  setTimeout(() => listen(hear, held), PATIENCE_MS);
}
