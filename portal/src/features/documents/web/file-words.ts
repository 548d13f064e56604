import { type FileKind, fileKinds, formatBytes, type Language } from '#platform/core'

/** What a file is, as people say it: 'PDF · 2.3 MB'. */
export const fileWords = ({ kind, bytes }: { kind: FileKind; bytes: number }, language: Language): string =>
  `${fileKinds[kind].extensions[0].toUpperCase()} · ${formatBytes(bytes, language)}`
