import { z } from 'zod'
import type { FileKind } from './file-kinds.ts'

/** A file as a caller sends it. */
export interface OutgoingFile {
  name: string
  /** a Blob or File; core runs where there is no DOM, and needs to know no more */
  content: { readonly size: number }
  /** told of the bytes that have left, in browsers */
  onProgress?(bytes: number): void
  /** an AbortSignal */
  signal?: { readonly aborted: boolean }
}

/** The same file as it arrives: not yet believed, not yet read. */
export interface IncomingFile {
  name: string
  /** can be read once; fails where more comes than the endpoint takes */
  content: AsyncIterable<Uint8Array>
}

/**
 * The body of an endpoint that takes a file: its bytes as they are, and its name in the header X-File-Name (percent-encoded UTF-8).
 * The endpoint's bodyLimit bounds it. It is streamed to the use case, which decides by its content what it is.
 */
export const fileBody: z.ZodType<IncomingFile, OutgoingFile> = z.custom<IncomingFile>() as never

/** Bytes that are read once, or given up. */
export interface FileContent extends AsyncIterable<Uint8Array> {
  destroy(): void
}

/** A file as a use case answers it. */
export interface FileAnswer {
  name: string
  mediaType: string
  /** null: not known beforehand */
  bytes: number | null
  content: FileContent
  /** It can be fetched in pieces, so that a broken download goes on: what its bytes are known by, and the piece this answer is. */
  pieces?: { tag: string; from: number; of: number }
  /** called once where its bytes are sent; not where only its headers were asked for */
  onSend?(): Promise<void>
  /** shown in the page instead of downloaded: only for pictures that the portal wrote itself */
  inline?: boolean
  /**
   * Of an export that is written while it is read: how many rows it will have, and the id under which live messages tell how far it is
   * (`<id>/<rows so far>`). Headers X-Export-Rows and X-Export-Id.
   */
  export?: { id: string; rows: number }
}

/** What a table is exported as: an Excel workbook, or text with commas. */
export const spreadsheetFormats = ['xlsx', 'csv'] as const
export type SpreadsheetFormat = (typeof spreadsheetFormats)[number]

/** The result of an endpoint that answers a file. Such an endpoint is linked to, not called. */
export const fileAnswer: z.ZodType<FileAnswer> = z.custom<FileAnswer>()

/** What a file is worth saying of. */
export const fileFacts = z.object({
  name: z.string(),
  kind: z.string() as z.ZodType<FileKind, FileKind>,
  bytes: z.number().int(),
  /** received: waits for the virus scanner. unscanned: there is none */
  state: z.enum(['received', 'clean', 'unscanned', 'refused']),
  /** whether a small picture of it can be shown */
  preview: z.boolean(),
})
export type FileFacts = z.output<typeof fileFacts>
