import { isAlias, isMap, isScalar, isSeq, Scalar } from "yaml";
import type { Alias, Document, LineCounter, Node, YAMLMap, YAMLSeq } from "yaml";

import type { ParameterMap, ParameterValue } from "../parameter-map.ts";
import type { ParametersError } from "../parameters-error.ts";
import { toPythonStr } from "../values/python-text.ts";
import { toValueNode } from "../values/value-node.ts";
import { invalidYaml } from "./yaml-error.ts";
import { linkAliases } from "./link-aliases.ts";
import { plainScalarType, readYamlScalar } from "./yaml-scalar.ts";
import type { YamlScalarType } from "./yaml-scalar.ts";

const CORE_TAG = "tag:yaml.org,2002:";
const SCALAR_TYPES: readonly string[] = ["null", "bool", "int", "float", "str"] satisfies YamlScalarType[];
/** How many values aliases may add to those in the text: a few lines must not grow into gigabytes. */
const MAX_REPEATED_VALUES = 100_000;
const MAX_DEPTH = 500;

/** Builds the value of a parsed YAML document; a mapping comes out as a `Map`. */
export class YamlBuilder {
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #maxValues: number;
  readonly #lines: LineCounter;
  readonly #open = new Set<Node>();
  #values = 0;

  /** @param text - What the document was read from. */
  constructor(document: Document.Parsed | undefined, lines: LineCounter, text: string) {
    this.#targets = document ? linkAliases(document) : new Map();
    this.#maxValues = text.length + MAX_REPEATED_VALUES;
    this.#lines = lines;
  }

  /** The entries of the mapping at `node`; `undefined` when something else is there. */
  buildMapAt(node: Node | null): ParameterMap | undefined {
    return isMap(node) ? this.#buildMap(node) : undefined;
  }

  /** The entries of every mapping in the list at `node`; `undefined` when something else is there. */
  buildMaps(node: Node | null): readonly ParameterMap[] | undefined {
    if (!isSeq(node)) return undefined;
    const maps = node.items.map((item) => this.resolve(asNode(item))).filter((item) => isMap(item));
    if (maps.length < node.items.length) return undefined;
    return maps.map((map) => this.#buildMap(map));
  }

  /** The entries of a mapping, merge keys resolved; a repeated key keeps its first place and last value. */
  #buildMap(map: YAMLMap): Map<string, ParameterValue> {
    this.#checkTag(map, "map");
    // Merges of merges may build mappings without a value in them.
    this.#count(map);
    return this.#guard(map, () => {
      const entries = new Map<string, ParameterValue>();
      const pairs = map.items.map(({ key, value }) => [asNode(key), asNode(value)] as const);
      // Merged entries come first, whatever the place of `<<`, so that the mapping's own win.
      for (const [key, value] of pairs) {
        if (isMergeKey(key)) for (const [name, item] of this.#merged(value ?? key)) entries.set(name, item);
      }
      for (const [key, value] of pairs) {
        if (!isMergeKey(key)) entries.set(this.#buildKey(key, map), this.#build(value));
      }
      return entries;
    });
  }

  /** An error about the place of `node`. */
  fail(node: Node | null, problem: string): ParametersError {
    return invalidYaml(this.#lines.linePos(node?.range?.[0] ?? 0).line, problem);
  }

  /** Follows aliases to the node they stand for. */
  resolve(node: Node | null): Node | null {
    if (!isAlias(node)) return node;
    const target = this.#targets.get(node);
    if (target === undefined) throw this.fail(node, `the alias "*${node.source}" has no anchor before it`);
    return target;
  }

  #build(given: Node | null): ParameterValue {
    this.#count(given);
    const node = this.resolve(given);
    if (node === null) return null;
    if (isMap(node)) return Object.fromEntries(this.#buildMap(node));
    if (isSeq(node)) return this.#buildList(node);
    return isScalar(node) ? this.#buildScalar(node) : null;
  }

  #buildList(list: YAMLSeq): ParameterValue {
    this.#checkTag(list, "seq");
    return this.#guard(list, () => list.items.map((item) => this.#build(asNode(item))));
  }

  #buildScalar(scalar: Scalar): ParameterValue {
    const text = typeof scalar.source === "string" ? scalar.source : "";
    const type = this.#scalarType(scalar, text);
    const value = readYamlScalar(type, text);
    if (value === undefined) throw this.fail(scalar, `"${text}" is not of the type ${type}`);
    return value;
  }

  #scalarType(scalar: Scalar, text: string): YamlScalarType {
    const { tag } = scalar;
    if (tag === undefined || tag === "!") {
      if (scalar.type !== Scalar.PLAIN) return "str";
      if (text === "=" || text === "<<") {
        throw this.fail(scalar, `a plain "${text}" has a meaning of its own in YAML 1.1; put it in quotes`);
      }
      return plainScalarType(text);
    }
    const name = tag.startsWith(CORE_TAG) ? tag.slice(CORE_TAG.length) : "";
    if (!isScalarType(name)) throw this.#unknownTag(scalar, tag);
    return name;
  }

  /** A key is text to a kernel: what is not text is spelled as Python's `str` does. */
  #buildKey(given: Node | null, map: YAMLMap): string {
    const key = this.resolve(given);
    if (key !== null && !isScalar(key)) throw this.fail(key, "a list or a mapping cannot be a key");
    const value = key === null ? null : this.#buildScalar(key);
    return typeof value === "string" ? value : toPythonStr(toValueNode(value, `key at ${this.#where(map)}`));
  }

  /** Entries that `<<: *base` or `<<: [*first, *second]` brings in; an earlier mapping of a list wins. */
  #merged(given: Node): readonly (readonly [string, ParameterValue])[] {
    const node = this.resolve(given);
    if (isMap(node)) return [...this.#buildMap(node)];
    if (!isSeq(node)) throw this.fail(given, 'the value of "<<" must be a mapping or a list of mappings');
    return node.items.toReversed().flatMap((item) => {
      const base = this.resolve(asNode(item));
      if (!isMap(base)) throw this.fail(given, 'the list of "<<" may hold mappings only');
      return [...this.#buildMap(base)];
    });
  }

  #checkTag(node: YAMLMap | YAMLSeq, expected: string): void {
    const { tag } = node;
    if (tag !== undefined && tag !== "!" && tag !== CORE_TAG + expected) throw this.#unknownTag(node, tag);
  }

  #unknownTag(node: Node, tag: string): ParametersError {
    const shown = tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag;
    return this.fail(
      node,
      `the tag "${shown}" is not supported; use null, bool, int, float, str, list or mapping`,
    );
  }

  #count(node: Node | null): void {
    this.#values += 1;
    if (this.#values > this.#maxValues) throw this.fail(node, "aliases make too many values of few");
  }

  /** Refuses a node that holds itself, which an anchor allows. */
  #guard<T>(node: Node, build: () => T): T {
    if (this.#open.has(node)) throw this.fail(node, "an alias refers to the value it is in");
    if (this.#open.size >= MAX_DEPTH) throw this.fail(node, `values are nested more than ${MAX_DEPTH} deep`);
    this.#open.add(node);
    try {
      return build();
    } finally {
      this.#open.delete(node);
    }
  }

  #where(node: Node): string {
    return `line ${this.#lines.linePos(node.range?.[0] ?? 0).line}`;
  }
}

function isMergeKey(key: Node | null): key is Scalar {
  return isScalar(key) && key.source === "<<" && key.type === Scalar.PLAIN && key.tag === undefined;
}

function isScalarType(name: string): name is YamlScalarType {
  return SCALAR_TYPES.includes(name);
}

/** A parsed document holds nodes only; the library's types say less. */
function asNode(value: unknown): Node | null {
  return (value ?? null) as Node | null;
}
