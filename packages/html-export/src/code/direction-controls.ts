/**
 * Makes the characters visible that reverse or embed text, in markup whose tags have none.
 *
 * With them code can read otherwise than it runs: https://trojansource.codes
 */
export function markDirectionControls(markup: string): string {
  return markup.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return `<span class="hidden-character">U+${code}</span>`;
  });
}
