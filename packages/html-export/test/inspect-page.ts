/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from "playwright-core";

/** What is wrong with the document that a browser made of a page, as plain sentences. */
export function findActiveParts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const main = document.querySelector("main");
    const forbidden =
      "script,iframe,frame,object,embed,applet,form,input,button,textarea,select,link,base,template,portal,svg,video,audio," +
      "main style,main meta,dialog,[popover],[contenteditable],[autofocus],[srcset],[ping],[download],[role=button]";
    for (const element of document.querySelectorAll(forbidden)) found.push(`<${element.localName}>`);
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const isHandler =
          name.startsWith("on") ||
          name.startsWith("data-") ||
          (name === "name" && element.localName !== "meta");
        if (isHandler) found.push(`<${element.localName} ${name}>`);
        if (name === "id" && !/^(?:notebook$|cell[-.]|s-)/.test(value)) found.push(`id ${value}`);
        if (name === "src" && !/^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/.test(value))
          found.push(`src ${value.slice(0, 60)}`);
        const isAddress = /^(?:#|https?:\/\/[^/\\]|mailto:|\/(?!\/)|[\w.% ]+(?:[/?#]|$))/.test(value);
        if (name === "href" && (!isAddress || value.includes("\\"))) found.push(`href ${value.slice(0, 60)}`);
        if (name === "style" && /url|expression|@|\\/i.test(value)) found.push(`style ${value.slice(0, 60)}`);
      }
      if (main?.contains(element) && /fixed|sticky|absolute/.test(getComputedStyle(element).position)) {
        const isOurs = element.matches(".prompt, .unseen, .box thead th");
        if (!isOurs) found.push(`<${element.localName}> is ${getComputedStyle(element).position}`);
      }
    }
    for (const link of document.querySelectorAll("main a[href]:not([href^='#'])")) {
      if (link.getAttribute("rel") !== "noopener noreferrer nofollow")
        found.push(`rel of ${link.outerHTML.slice(0, 80)}`);
    }
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids.filter((it, index) => ids.indexOf(it) !== index)))
      found.push(`id ${id} twice`);
    if (document.querySelectorAll("style").length !== 1) found.push("style sheets");
    return found;
  });
}

/** Where the parts of a page are, as far as a notebook could move them. */
export interface PageShape {
  /** Names of what stands in the body, the table of contents aside. */
  readonly body: readonly string[];
  readonly cells: number;
  /** What stands between cells. */
  readonly stray: number;
  /** Text of the last cell. */
  readonly last: string | undefined;
  /** How much wider the page is than the window. */
  readonly overflow: number;
  /** Class of the parent of what is seen where the heading is. */
  readonly heading: string | undefined;
}

/** Reads the {@link PageShape} of a page. */
export function shapeOf(page: Page): Promise<PageShape> {
  return page.evaluate(() => {
    const { top = 0, left = 0 } = document.querySelector("header h1")?.getBoundingClientRect() ?? {};
    return {
      body: [...document.body.children].map(({ localName }) => localName).filter((it) => it !== "nav"),
      cells: document.querySelectorAll("main > section.cell").length,
      stray: document.querySelectorAll("main > :not(section.cell)").length,
      last: document.querySelector("main > section.cell:last-child")?.textContent?.trim(),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      heading: document.elementFromPoint(left + 5, top + 10)?.closest("h1")?.parentElement?.className,
    };
  });
}

/** Does what a reader may do: opens what is folded, points at, clicks and focuses all that is no link. */
export async function useEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("main *:not(a, a *)")) {
      for (const type of ["pointerover", "mouseover", "click"]) {
        element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      }
      if (element instanceof HTMLElement) element.focus({ preventScroll: true });
    }
  });
  await settle(page);
}

/** Waits until the browser has drawn the page twice and has nothing else to do. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done())));
      }),
  );
}
