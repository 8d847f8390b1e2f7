import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBUnionType,
} from "@duckdb/node-api";
import type { DuckDBType } from "@duckdb/node-api";

/** Type of the items of a list or an array. */
export function typeOfItem(type: DuckDBType | undefined): DuckDBType | undefined {
  return type instanceof DuckDBListType || type instanceof DuckDBArrayType ? type.valueType : undefined;
}

/** Type of one entry of a struct. */
export function typeOfEntry(type: DuckDBType | undefined, name: string): DuckDBType | undefined {
  if (!(type instanceof DuckDBStructType)) return undefined;
  return type.entryTypes[type.entryNames.indexOf(name)];
}

/** Type of the keys of a map. */
export function typeOfKey(type: DuckDBType | undefined): DuckDBType | undefined {
  return type instanceof DuckDBMapType ? type.keyType : undefined;
}

/** Type of the values of a map. */
export function typeOfValue(type: DuckDBType | undefined): DuckDBType | undefined {
  return type instanceof DuckDBMapType ? type.valueType : undefined;
}

/** Type of the member of a union that is there. */
export function typeOfMember(type: DuckDBType | undefined, tag: string): DuckDBType | undefined {
  if (!(type instanceof DuckDBUnionType)) return undefined;
  return type.memberTypes[type.memberTags.indexOf(tag)];
}
