import type { RunDetail } from "@notemill/api";
import { isJsonObject, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";

/** The kernel that a run had, as `python3 (python 3.11.7)`; null where nobody knows. */
export function kernelText(
  asked: string | null,
  notebook: Pick<Notebook, "metadata"> | null | undefined,
): string | null {
  const { kernelspec, language_info: info } = notebook?.metadata ?? {};
  const name = asked ?? textIn(kernelspec, "name");
  const language = [textIn(info, "name"), textIn(info, "version")].filter((it) => it !== null).join(" ");
  if (name === null) return language === "" ? null : language;
  return language === "" ? name : `${name} (${language})`;
}

/** The packages that the newest attempt had, as `analysis, 42 packages, locked`; what was asked for before that. */
export function environmentText({
  environment: asked,
  attempts,
}: Pick<RunDetail, "environment" | "attempts">): string | null {
  const had = attempts.at(-1)?.environment ?? null;
  if (had === null) return asked ?? null;
  const parts = [
    had.name ?? "that of the kernel",
    had.package_count === 1 ? "1 package" : `${had.package_count} packages`,
    ...(had.is_locked ? ["locked"] : []),
  ];
  return parts.join(", ");
}

function textIn(value: JsonValue | undefined, key: string): string | null {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : null;
}
