import type { JsonObject, JsonValue } from "@notemill/json";

/** What an expression can name. Instants are milliseconds since 1970. */
export interface ExpressionScope {
  /** The workflow-run: its id, parameters and whatever else the platform says of it. */
  readonly run?: JsonObject;
  /** The attempt: its number and whatever else the platform says of it. */
  readonly attempt?: JsonObject;
  readonly trigger?: {
    /** The slot that fired; null for a start by hand or by an event without one. */
    readonly slot: number | null;
    /** What a webhook was sent, or an event carries. */
    readonly body?: JsonValue;
  };
  /** From the slot to the next. */
  readonly interval?: { readonly start: number; readonly end: number | null };
  /** By key, the steps that are decided: their status and their scraps. */
  readonly steps?: JsonObject;
  /** The item of a foreach. */
  readonly item?: JsonValue;
  /** The number of the item, from 0. */
  readonly index?: number;
}

/** Every name that an expression may begin with. */
export const SCOPE_NAMES = ["run", "attempt", "trigger", "interval", "steps", "item", "index"] as const;
