/** What a declaration makes of an assignment: an error, or arithmetic. */
type BashAttribute = "integer" | "readonly";

const DECLARATION = /(?:^|[\s;&|(])(declare|typeset|readonly|export|local)((?:[ \t]+-\w+)*)([^;&|#\n]*)/g;
const NAME = /(?:^|[ \t])([A-Za-z_]\w*)(?=[=\s]|$)/g;

/**
 * The variables of a cell that `declare -i`, `declare -r`, `readonly` and the like name.
 *
 * Rather names too many than too few: a quoted word counts, too.
 */
export function bashAttributes(source: string): ReadonlyMap<string, BashAttribute> {
  const attributes = new Map<string, BashAttribute>();
  for (const [, command = "", options = "", rest = ""] of source.matchAll(DECLARATION)) {
    const attribute = attributeOf(command, options);
    if (!attribute) continue;
    for (const [, name = ""] of rest.matchAll(NAME)) {
      if (attributes.get(name) !== "readonly") attributes.set(name, attribute);
    }
  }
  return attributes;
}

function attributeOf(command: string, options: string): BashAttribute | undefined {
  if (command === "readonly" || /-\w*r/.test(options)) return "readonly";
  return /-\w*i/.test(options) ? "integer" : undefined;
}
