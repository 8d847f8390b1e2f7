import type { DictNode, FloatNode, IntNode, ValueNode } from "../values/value-node.ts";

/** How one language spells a comment, a variable, an assignment and every kind of value. */
export interface Dialect {
  /** A comment of one line; `text` has no line break. */
  readonly comment: (text: string) => string;
  /** What a name must be, for messages: "expected …". */
  readonly nameRule: string;
  /** The variable that stands for the parameter `name`; `undefined` when the language cannot have it. */
  readonly variable: (name: string) => string | undefined;
  /** The statement that assigns `value`, without its line break. */
  readonly assign: (variable: string, value: ValueNode, writing: Writing) => string;
  readonly literals: Literals;
  /** The expression that reads a variable of the environment as text; its name has letters, digits and underscores. */
  readonly environment: (variable: string) => string;
  /** The keywords that a parameters cell declares its variables with, where they matter. */
  readonly keywords?: (source: string) => ReadonlyMap<string, string>;
  /** The deepest value that the language's own parser takes, if less than any value may be. */
  readonly maxDepth?: number;
}

/** How a language spells values. A rule throws by `writing.refuse` what the language cannot hold. */
export interface Literals {
  readonly null: (writing: Writing) => string;
  readonly bool: (value: boolean) => string;
  readonly int: (node: IntNode, writing: Writing) => string;
  readonly float: (node: FloatNode, writing: Writing) => string;
  readonly string: (text: string, writing: Writing) => string;
  readonly list: (items: readonly ValueNode[], writing: Writing) => string;
  readonly dict: (entries: DictNode["entries"], writing: Writing) => string;
}

/** One value on its way to text. */
export interface Writing {
  /** The keyword that the parameters cell declares the variable with, in languages that hold one to it. */
  readonly keyword: string | undefined;
  /** Spells a value: the whole, or a part of a list or mapping. */
  readonly write: (node: ValueNode) => string;
  /** Ends the translation with `PARAMETER_VALUE_UNSUPPORTED`; `reason` follows "because". */
  readonly refuse: (reason: string) => never;
}

/** Picks the rule for the kind of `node`. */
export function writeLiteral(literals: Literals, node: ValueNode, writing: Writing): string {
  switch (node.kind) {
    case "null":
      return literals.null(writing);
    case "bool":
      return literals.bool(node.value);
    case "int":
      return literals.int(node, writing);
    case "float":
      return literals.float(node, writing);
    case "string":
      return literals.string(node.value, writing);
    case "list":
      return literals.list(node.items, writing);
    case "dict":
      return literals.dict(node.entries, writing);
  }
}
