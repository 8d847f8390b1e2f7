import { SCREENS, SHOWN_PAGES, THEMES } from "./shown-pages.mjs";

/** The pictures that are not of a page of the web app: of exports, the terminal and the demonstration. */
const OTHER_PICTURES = [
  "demonstration-attempts.png",
  "demonstration-debug.png",
  "demonstration-fixed.png",
  "demonstration-schedule.png",
  "failed-run.png",
  "report-dark.png",
  "report-light.png",
  "sweep.png",
];

/** The screens and themes in which each page of the web app has a picture. */
export const LOOKS = THEMES.flatMap((theme) => SCREENS.map((screen) => ({ screen, theme })));

/** The name of the picture of a page in one of {@link LOOKS}, below `docs/images/pages`. */
export function pictureFile({ name }, { screen, theme }) {
  return `${name}-${screen.width}-${theme}.webp`;
}

/** All that `npm run screenshots` makes, below `docs/images`. */
export function allPictures() {
  const pages = SHOWN_PAGES.flatMap((page) => LOOKS.map((look) => `pages/${pictureFile(page, look)}`));
  return [...OTHER_PICTURES, ...pages].toSorted();
}
