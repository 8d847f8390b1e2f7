import { pictureFile } from "./picture-list.mjs";
import { SCREENS, SHOWN_PAGES, THEMES } from "./shown-pages.mjs";

/** How wide a picture is in the gallery, for each pixel of the page. */
const SCALE = 0.27;

/** The page of the documentation that shows every page of the web app. */
export function galleryPage() {
  return `${HEAD}\n${SHOWN_PAGES.map(section).join("\n")}`;
}

const HEAD = `# Pages of the web app

Every page on a desk, on a small screen and on a phone, light and dark.
[The web app](web-app.md) says what can be done on each.
The pictures are taken by \`npm run screenshots\` of the examples; a press on one shows it as large as it is.
`;

function section(page) {
  const rows = THEMES.map(
    (theme) => `| ${SCREENS.map((screen) => image(page, screen, theme)).join(" | ")} |`,
  );
  const widths = `| ${SCREENS.map(({ width }) => `${width} px`).join(" | ")} |`;
  return `## ${page.title}\n\n${page.text}\n\n${[widths, "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

function image(page, screen, theme) {
  const { width } = screen;
  const file = pictureFile(page, { screen, theme });
  const alt = `${page.alt}, ${width} pixels wide, ${theme}`;
  return `<img alt="${alt}" src="../images/pages/${file}" width="${Math.round(width * SCALE)}">`;
}
