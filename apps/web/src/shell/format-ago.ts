const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 7;

/**
 * Writes how long ago something was as `just now`, `5 min ago`, `3 h ago` or `2 days ago`; what is
 * older than a week has its date, as `23 Nov 2026`.
 */
export function formatAgo(time: Date, now: Date): string {
  const seconds = (now.getTime() - time.getTime()) / 1000;
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  const days = Math.floor(seconds / DAY);
  if (days <= DAYS) return days === 1 ? "1 day ago" : `${days} days ago`;
  return time.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
