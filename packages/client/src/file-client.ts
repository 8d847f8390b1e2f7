import {
  type CreateOutputUrl,
  type File,
  type FileDiff,
  fileDiffSchema,
  type FilePage,
  filePageSchema,
  type FoundFiles,
  foundFilesSchema,
  fileSchema,
  type FileVersionPage,
  fileVersionPageSchema,
  type OutputUrl,
  outputUrlSchema,
  type RestoreFile,
  type TransferFiles,
  type TableFilters,
  type TablePage,
  tablePageSchema,
  type Transferred,
  transferredSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** What has to be true of a file for a save to happen: an etag that was read, any file, or none. */
export type FileCondition =
  | { readonly ifMatch: string; readonly ifNoneMatch?: undefined }
  | { readonly ifNoneMatch: "*"; readonly ifMatch?: undefined };

/** A file as it comes. */
export interface FileDownload {
  /** In quotes, as {@link FileCondition} takes it. */
  readonly etag: string;
  readonly size: number;
  /** To be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The part of the API that is about files. Every function throws as {@link sendRequest} does. */
export interface FileClient {
  /** Gives an address by which a browser shows a file. */
  createOutputUrl(file: CreateOutputUrl, options?: CallOptions): Promise<OutputUrl>;
  getFile(path: string, options?: CallOptions): Promise<File>;
  listFiles(
    path: string,
    query?: { readonly cursor?: string; readonly limit?: number; readonly name?: string },
    options?: CallOptions,
  ): Promise<FilePage>;
  /** Finds files by their words, or without any the notebooks that were changed last. */
  searchFiles(
    wanted: {
      readonly q?: string;
      readonly under?: string;
      readonly cursor?: string;
      readonly limit?: number;
    },
    options?: CallOptions,
  ): Promise<FoundFiles>;
  /** Reads rows of a table in a file, sorted and filtered. */
  readTable(
    path: string,
    wanted?: {
      readonly sort?: string;
      readonly order?: "asc" | "desc";
      readonly filters?: TableFilters;
      readonly offset?: number;
      readonly limit?: number;
    },
    options?: CallOptions,
  ): Promise<TablePage>;
  /** Opens a file, or a range or an earlier version of it. */
  readFile(
    path: string,
    wanted?: { readonly version?: number; readonly range?: string },
    options?: CallOptions,
  ): Promise<FileDownload>;
  /** Saves a file: `FILE_CHANGED` and `FILE_EXISTS` say in their details what is there. */
  saveFile(
    path: string,
    bytes: Uint8Array | Blob,
    condition: FileCondition,
    options?: CallOptions,
  ): Promise<File>;
  deleteFile(
    path: string,
    wanted?: { readonly isRecursive?: boolean; readonly ifMatch?: string },
    options?: CallOptions,
  ): Promise<Transferred>;
  makeDirectory(path: string, options?: CallOptions): Promise<File>;
  moveFiles(transfer: TransferFiles, options?: CallOptions): Promise<Transferred>;
  copyFiles(transfer: TransferFiles, options?: CallOptions): Promise<Transferred>;
  listVersions(
    path: string,
    query?: { readonly before?: number; readonly limit?: number },
    options?: CallOptions,
  ): Promise<FileVersionPage>;
  diffFile(
    path: string,
    versions: { readonly from: number; readonly to?: number },
    options?: CallOptions,
  ): Promise<FileDiff>;
  restoreFile(restore: RestoreFile, options?: CallOptions): Promise<File>;
}

/** Makes the part of a client that is about files. */
export function createFileClient(server: ClientOptions): FileClient {
  return {
    createOutputUrl: (body, options) =>
      sendForJson(server, { method: "POST", path: "/output-urls", body, ...options }, outputUrlSchema),
    getFile: (path, options) =>
      sendForJson(server, { method: "GET", path: "/files", query: { path }, ...options }, fileSchema),
    listFiles: (path, query = {}, options = {}) =>
      sendForJson(
        server,
        { method: "GET", path: "/files/entries", query: { path, ...query }, ...options },
        filePageSchema,
      ),
    searchFiles: (query, options = {}) =>
      sendForJson(server, { method: "GET", path: "/search", query, ...options }, foundFilesSchema),
    readTable: (path, { filters = [], ...wanted } = {}, options = {}) =>
      sendForJson(
        server,
        {
          method: "GET",
          path: "/files/table",
          query: { path, ...wanted, filters: JSON.stringify(filters) },
          ...options,
        },
        tablePageSchema,
      ),
    async readFile(path, { version, range } = {}, options = {}) {
      const response = await sendRequest(server, {
        method: "GET",
        path: "/files/content",
        query: { path, version },
        ...(range === undefined ? {} : { headers: { range } }),
        ...options,
      });
      return {
        etag: response.headers.get("etag") ?? "",
        size: Number(response.headers.get("content-length")),
        bytes: response.body ?? new Blob([]).stream(),
      };
    },
    saveFile: (path, body, { ifMatch, ifNoneMatch }, options) =>
      sendForJson(
        server,
        {
          method: "PUT",
          path: "/files/content",
          query: { path },
          headers: ifMatch === undefined ? { "if-none-match": ifNoneMatch } : { "if-match": ifMatch },
          body,
          ...options,
        },
        fileSchema,
      ),
    deleteFile: (path, { isRecursive = false, ifMatch } = {}, options = {}) =>
      sendForJson(
        server,
        {
          method: "DELETE",
          path: "/files",
          query: { path, recursive: String(isRecursive) },
          ...(ifMatch === undefined ? {} : { headers: { "if-match": ifMatch } }),
          ...options,
        },
        transferredSchema,
      ),
    makeDirectory: (path, options) =>
      sendForJson(
        server,
        { method: "POST", path: "/files/directories", body: { path }, ...options },
        fileSchema,
      ),
    moveFiles: (body, options) =>
      sendForJson(server, { method: "POST", path: "/files/move", body, ...options }, transferredSchema),
    copyFiles: (body, options) =>
      sendForJson(server, { method: "POST", path: "/files/copy", body, ...options }, transferredSchema),
    listVersions: (path, query = {}, options = {}) =>
      sendForJson(
        server,
        { method: "GET", path: "/files/versions", query: { path, ...query }, ...options },
        fileVersionPageSchema,
      ),
    diffFile: (path, versions, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/files/diff", query: { path, ...versions }, ...options },
        fileDiffSchema,
      ),
    restoreFile: (body, options) =>
      sendForJson(server, { method: "POST", path: "/files/restore", body, ...options }, fileSchema),
  };
}
