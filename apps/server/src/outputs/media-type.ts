import { posix } from "node:path";

/** What browsers show by themselves. Everything else they save. */
const TYPES: Readonly<Record<string, string>> = {
  ".avif": "image/avif",
  ".csv": "text/plain; charset=utf-8",
  ".gif": "image/gif",
  ".htm": "text/html; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".json": "text/plain; charset=utf-8",
  ".log": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".webp": "image/webp",
};

/** The type that a file is shown as, by its name; null where a browser is to save it. */
export function shownType(name: string): string | null {
  return TYPES[posix.extname(name).toLowerCase()] ?? null;
}
