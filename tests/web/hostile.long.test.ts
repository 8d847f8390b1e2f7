import { afterAll, beforeAll, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { OTHERS } from "../../packages/html-export/test/hostile-names.ts";
import { describeWith } from "../requirements.ts";
import { expectHarmless, openWebBed, type WebBed } from "./web-bed.ts";

describeWith(CHROMIUM, "more hostile notebooks in the web app in Chromium", () => {
  let bed: WebBed;

  beforeAll(async () => {
    bed = await openWebBed(OTHERS);
    await bed.page.goto(`${bed.platform.url}/?token=${bed.platform.token}`);
    await bed.page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  });
  afterAll(() => bed?.[Symbol.asyncDispose]());

  it.each(OTHERS)("%s does nothing in the page of the app", (name) => expectHarmless(bed, name));
});
