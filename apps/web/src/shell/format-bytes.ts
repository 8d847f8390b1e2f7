const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** Writes a number of bytes as `17 B`, `4.2 KB` or `380 MB`, by thousands. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}
