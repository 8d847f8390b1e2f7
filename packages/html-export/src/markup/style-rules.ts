import { safeDeclarations, type Declarations } from "./safe-style.ts";

/** An element, as far as a selector can tell it from others. */
export interface StyledElement {
  readonly tag: string;
  readonly id: string | undefined;
  readonly classes: readonly string[];
}

/** The rules of the `<style>` elements in a piece of markup, ready to be written into its elements. */
export interface StyleRules {
  readonly isEmpty: boolean;
  /** The declarations for the last element of `path`, which leads to it from outside. */
  declarationsFor(path: readonly StyledElement[]): Declarations | undefined;
}

/**
 * Reads style sheets the way pandas' `Styler` writes them: selectors of ids,
 * classes and element names, one inside another.
 *
 * A style sheet would reach the whole page, so none goes into it; the safe part
 * of what it says is written into the elements that it speaks of. At-rules,
 * pseudo-classes and the like are left out.
 */
export function readStyleRules(css: string): StyleRules {
  const byKey = new Map<string, Rule[]>();
  let order = 0;
  for (const text of withoutComments(css).split("}")) {
    const [selectors = "", body = "", ...nested] = text.split("{");
    const declarations = safeDeclarations(body);
    if (nested.length > 0) continue;
    if (declarations.size === 0) continue;
    for (const one of selectors.split(",")) {
      const selector = readSelector(one);
      const key = selector && keyOf(selector.at(-1));
      if (!selector || key === undefined) continue;
      const rule = { selector, declarations, weight: weightOf(selector), order: order++ };
      const rules = byKey.get(key);
      if (rules) rules.push(rule);
      else byKey.set(key, [rule]);
    }
  }
  return {
    isEmpty: byKey.size === 0,
    declarationsFor(path) {
      const element = path.at(-1);
      if (!element) return undefined;
      const found = keysOf(element)
        .flatMap((key) => byKey.get(key) ?? [])
        .filter(({ selector }) => matches(selector, path));
      if (found.length === 0) return undefined;
      found.sort((a, b) => a.weight - b.weight || a.order - b.order);
      return new Map(found.flatMap(({ declarations }) => [...declarations]));
    },
  };
}

interface Rule {
  readonly selector: readonly Compound[];
  readonly declarations: Declarations;
  readonly weight: number;
  readonly order: number;
}

/** The part of a selector that speaks of one element. */
interface Compound {
  readonly tag: string | undefined;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
}

const COMPOUND = /^([a-z][a-z0-9]*|\*)?((?:[#.][\w-]+)*)$/i;

function readSelector(text: string): readonly Compound[] | undefined {
  const words = text.replaceAll(">", " ").trim().split(/\s+/);
  if (words.length > 8) return undefined;
  const compounds: Compound[] = [];
  for (const word of words) {
    const match = COMPOUND.exec(word);
    if (!match || word === "") return undefined;
    const parts = match[2]?.match(/[#.][\w-]+/g) ?? [];
    compounds.push({
      tag: match[1] === "*" ? undefined : match[1]?.toLowerCase(),
      ids: parts.filter((part) => part.startsWith("#")).map((part) => part.slice(1)),
      classes: parts.filter((part) => part.startsWith(".")).map((part) => part.slice(1)),
    });
  }
  return compounds;
}

/** The rarest thing that an element must have, by which its rules are looked up. */
function keyOf(compound: Compound | undefined): string | undefined {
  if (!compound) return undefined;
  const { ids, classes, tag } = compound;
  if (ids[0] !== undefined) return `#${ids[0]}`;
  return classes[0] === undefined ? (tag ?? "*") : `.${classes[0]}`;
}

function keysOf({ tag, id, classes }: StyledElement): readonly string[] {
  return ["*", tag, ...classes.map((name) => `.${name}`), ...(id === undefined ? [] : [`#${id}`])];
}

function weightOf(selector: readonly Compound[]): number {
  return selector.reduce(
    (sum, { ids, classes, tag }) =>
      sum + ids.length * 10_000 + classes.length * 100 + (tag === undefined ? 0 : 1),
    0,
  );
}

function matches(selector: readonly Compound[], path: readonly StyledElement[]): boolean {
  let wanted = selector.length - 1;
  for (let at = path.length - 1; at >= 0 && wanted >= 0; at--) {
    const compound = selector[wanted];
    const element = path[at];
    if (compound && element && isLike(compound, element)) wanted -= 1;
    else if (at === path.length - 1) return false;
  }
  return wanted < 0;
}

function isLike({ tag, ids, classes }: Compound, element: StyledElement): boolean {
  return (
    (tag === undefined || tag === element.tag) &&
    ids.every((id) => id === element.id) &&
    classes.every((name) => element.classes.includes(name))
  );
}

function withoutComments(css: string): string {
  return css
    .split("/*")
    .map((part, index) => (index === 0 ? part : part.slice(endOf(part))))
    .join(" ");
}

function endOf(commented: string): number {
  const end = commented.indexOf("*/");
  return end < 0 ? commented.length : end + 2;
}
