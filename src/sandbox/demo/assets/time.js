// Times of the pretend clock, written as in Sunshine Garden.

import { locale } from "./words.js";

let formats = makeFormats("UTC");

/** Sets the place whose time is shown. */
export function setZone(timeZone) {
  formats = makeFormats(timeZone);
}

function makeFormats(timeZone) {
  const format = (options) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  return {
    time: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    day: format({ weekday: "long", day: "numeric", month: "long" }),
    shortDay: format({ weekday: "short", day: "numeric", month: "short" }),
  };
}

/** Such as 08:05. */
export const timeOf = (at) => formats.time.format(new Date(at));

/** Such as Sunday, April 5. */
export const dayOf = (at) => formats.day.format(new Date(at));

/** Such as Sun, Apr 5. */
export const shortDayOf = (at) => formats.shortDay.format(new Date(at));
