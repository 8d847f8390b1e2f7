/**
 * A text that is at most about `length` long, in UTF-16 units: of a longer one
 * its begin and its end, and between them how much is missing.
 */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor(length / 2);
  const missing = (text.length - 2 * half).toLocaleString("en-US");
  // Appending copies, so that the parts do not keep the whole in memory.
  return `${text.slice(0, half)} … ${missing} characters … ${text.slice(-half)}`.toWellFormed();
}
