import { useEffect, useRef, useState } from 'react'
import { ProblemError } from '#platform/core'
import { api } from '#platform/web'
import { attachmentLimits, discardAttachment, uploadAttachment } from '../core/index.ts'

/** An upload as it can be kept and sent with the inquiry. */
export interface KeptUpload {
  token: string
  name: string
  bytes: number
}

export type Upload = { key: string; name: string; bytes: number } & (
  | { status: 'uploading'; file: File; sent: number; cancel: AbortController }
  | { status: 'done'; token: string }
  /** message: absent where the file breaks a limit that is said elsewhere */
  | { status: 'failed'; file: File; reason: 'too-large' | 'refused' | 'lost'; message: string; remedy: string }
)

export interface Uploads {
  list: Upload[]
  /** Begins to upload; answers how many found no place. */
  add(files: readonly File[]): number
  /** Gives up, takes back, or forgets. */
  remove(key: string): void
  retry(key: string): void
  /** Waits for what is under way; null where a file has failed. */
  settled(): Promise<KeptUpload[] | null>
}

/** The files of a form: each is uploaded at once, and what has arrived is told to `onKept`, to be kept with the draft. */
export function useUploads(initial: readonly KeptUpload[], onKept: (kept: KeptUpload[]) => void): Uploads {
  const [list, setList] = useState<Upload[]>(() => initial.map(kept => ({ ...kept, key: kept.token, status: 'done' })))
  const latest = useRef(list)
  const running = useRef(new Map<string, Promise<void>>())

  const replace = (next: Upload[]) => {
    const before = keptOf(latest.current)
    latest.current = next
    setList(next)
    const after = keptOf(next)
    if (after.map(({ token }) => token).join() !== before.map(({ token }) => token).join()) onKept(after)
  }
  const change = (key: string, to: (upload: Upload) => Upload) =>
    replace(latest.current.map(upload => (upload.key === key ? to(upload) : upload)))

  const start = (key: string, file: File, cancel: AbortController) => {
    const work = transfer(file, cancel.signal, sent =>
      change(key, upload => (upload.status === 'uploading' ? { ...upload, sent } : upload)),
    )
    const done = work
      .then(outcome => outcome && change(key, upload => ({ key, name: upload.name, bytes: upload.bytes, ...outcome })))
      .finally(() => running.current.delete(key))
      .then(() => {})
    running.current.set(key, done)
  }

  // closing the form gives up what is still under way; what has arrived waits for a day
  useEffect(
    () => () => {
      for (const upload of latest.current) if (upload.status === 'uploading') upload.cancel.abort()
    },
    [],
  )

  return {
    list,
    add(files) {
      const fresh = files.filter(file => !latest.current.some(({ name, bytes }) => name === file.name && bytes === file.size))
      const room = attachmentLimits.files - latest.current.length
      const taken = fresh.slice(0, Math.max(0, room)).map(begin)
      replace([...latest.current, ...taken])
      for (const upload of taken) if (upload.status === 'uploading') start(upload.key, upload.file, upload.cancel)
      return fresh.length - taken.length
    },
    remove(key) {
      const upload = latest.current.find(one => one.key === key)
      if (upload?.status === 'uploading') upload.cancel.abort()
      if (upload?.status === 'done') void api.call(discardAttachment, { params: { token: upload.token } }).catch(() => {}) // gone after a day in any case
      replace(latest.current.filter(one => one.key !== key))
    },
    retry(key) {
      const upload = latest.current.find(one => one.key === key)
      if (upload?.status !== 'failed') return
      const again = begin(upload.file)
      change(key, () => ({ ...again, key }))
      if (again.status === 'uploading') start(key, again.file, again.cancel)
    },
    async settled() {
      await Promise.all(running.current.values())
      return latest.current.every(({ status }) => status === 'done') ? keptOf(latest.current) : null
    },
  }
}

const keptOf = (list: readonly Upload[]): KeptUpload[] =>
  list.flatMap(upload => (upload.status === 'done' ? [{ token: upload.token, name: upload.name, bytes: upload.bytes }] : []))

function begin(file: File): Upload {
  const common = { key: String(++count), name: file.name, bytes: file.size, file }
  return file.size > attachmentLimits.bytes
    ? { ...common, status: 'failed', reason: 'too-large', message: '', remedy: '' }
    : { ...common, status: 'uploading', sent: 0, cancel: new AbortController() }
}

let count = 0

type Outcome =
  | { status: 'done'; token: string; name: string; bytes: number }
  | { status: 'failed'; file: File; reason: 'refused' | 'lost'; message: string; remedy: string }

/** Null where the visitor gave up. */
async function transfer(file: File, signal: AbortSignal, onProgress: (bytes: number) => void): Promise<Outcome | null> {
  try {
    const { token, name, bytes } = await api.call(uploadAttachment, {
      body: { name: file.name, content: file, signal, onProgress },
    })
    return { status: 'done', token, name, bytes }
  } catch (error) {
    if (signal.aborted) return null
    if (!(error instanceof ProblemError)) throw error
    const { status, detail, remedy = '' } = error.problem
    return { status: 'failed', file, reason: status === 422 || status === 413 ? 'refused' : 'lost', message: detail, remedy }
  }
}
