import { HtmlExportError } from "./html-export-error.ts";

/** How {@link exportHtml} makes a page. */
export interface ExportHtmlOptions {
  /** Default: the heading that the notebook begins with, the title in its metadata, or `name`. */
  readonly title?: string;
  /** Where the notebook came from, for people to read; a file name, say. */
  readonly name?: string;
  /** Whether code is shown. Default `show`. */
  readonly input?: "show" | "omit";
  /**
   * What becomes of cells, code and outputs that the notebook marks as hidden.
   * Default `omit`: they are not in the page at all. What is marked as removed never is.
   */
  readonly hidden?: "omit" | "fold";
  /** Default `auto`: as the reader's system has it. */
  readonly theme?: "auto" | "light" | "dark";
  /** Whether there is a table of contents. Default `auto`: from three headings on. */
  readonly toc?: "auto" | "show" | "omit";
  /** Language of the notebook's text as a BCP 47 tag. Default `en`, which our own words are in. */
  readonly language?: string;
  /** Longest output that is shown whole, in UTF-16 units; a note stands for the rest. Default: no limit. */
  readonly maxOutputLength?: number;
  /** Rows of a data resource that are shown. Default 100. */
  readonly maxTableRows?: number;
}

/** The options with their defaults. */
export type CheckedOptions = Required<Omit<ExportHtmlOptions, "title" | "name">> &
  Pick<ExportHtmlOptions, "title" | "name">;

/** Fills in the defaults. @throws {@link HtmlExportError} `EXPORT_OPTION_INVALID`. */
export function checkOptions(options: ExportHtmlOptions): CheckedOptions {
  const { language = "en", maxOutputLength = Number.POSITIVE_INFINITY, maxTableRows = 100 } = options;
  if (!/^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}$/i.test(language)) {
    throw invalid("language", language, 'a BCP 47 tag such as "en" or "pt-BR"');
  }
  checkCount("maxOutputLength", maxOutputLength);
  checkCount("maxTableRows", maxTableRows);
  return {
    input: "show",
    hidden: "omit",
    theme: "auto",
    toc: "auto",
    ...options,
    language,
    maxOutputLength,
    maxTableRows,
  };
}

function checkCount(name: string, value: number): void {
  if (!(value >= 1)) throw invalid(name, value, "a number from 1 on");
}

function invalid(name: string, value: string | number, expected: string): HtmlExportError {
  return new HtmlExportError(
    "EXPORT_OPTION_INVALID",
    `${name} is ${typeof value === "string" ? JSON.stringify(value) : value}, expected ${expected}`,
    {
      details: { name, value },
    },
  );
}
