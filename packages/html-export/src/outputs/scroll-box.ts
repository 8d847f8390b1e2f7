/** Puts markup into a box that scrolls when its content is larger; the keyboard can scroll it too. */
export function scrollBox(
  html: string,
  { kind, label }: { readonly kind: string; readonly label: string },
): string {
  return `<section class="box ${kind}" role="group" aria-label="${label}" tabindex="0">${html}</section>`;
}
