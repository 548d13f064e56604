import { useState } from 'react'
import type { Problem } from '#platform/core'
import { api, type FieldMessages, useProblem, useTexts } from '#platform/web'
import { getPage, type PageDetail, type PageDocument, type PictureFacts, saveDraft } from '../../core/index.ts'

interface Seen {
  value: PageDetail
  etag: string
}

export interface EditedPage {
  page: PageDetail
  etag: string
  /** as it stands in the editor */
  document: PageDocument
  pictures: Record<string, PictureFacts>
  /** it says something that is not saved */
  changed: boolean
  busy: boolean
  /** what was just done */
  said: string | null
  problem: Problem | null
  errors: FieldMessages
  /** Changes it as it stands by then: an upload ends while somebody types on. */
  edit(change: (before: PageDocument) => Partial<PageDocument>): void
  keepPicture(id: string, facts: PictureFacts): void
  /** Keeps the draft; the revision after, or null where that failed. */
  save(): Promise<string | null>
  /** Does something to the page and shows what it is then. replaced: the draft says something else now */
  change(call: () => Promise<Seen>, after?: { replaced?: boolean; said?(page: PageDetail): string }): Promise<void>
  attempt<T>(call: () => Promise<T>): Promise<T | undefined>
  /** Somebody else was faster: his version in place of mine, or mine in place of his. */
  takeTheirs(): Promise<void>
  keepMine(): Promise<void>
}

/** A page in the editor: what was typed stays until it is saved, whatever fails. */
export function useEditedPage(given: { page: PageDetail; etag: string }): EditedPage {
  const t = useTexts('content')
  const { problem, fields, attempt } = useProblem()
  const [seen, setSeen] = useState<Seen>({ value: given.page, etag: given.etag })
  const [document, setDocument] = useState(given.page.document)
  const [pictures, setPictures] = useState(given.page.pictures)
  // what was typed while it was being saved is not saved
  const [kept, setKept] = useState(document)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const params = { pageId: given.page.id }

  const show = (next: Seen, replaced: boolean) => {
    setSeen(next)
    setPictures(before => ({ ...before, ...next.value.pictures }))
    if (!replaced) return
    setDocument(next.value.document)
    setKept(next.value.document)
  }
  const during = async <T>(call: () => Promise<T>) => {
    setBusy(true)
    setSaid(null)
    const result = await attempt(call)
    setBusy(false)
    return result
  }
  const saveOver = async (etag: string) => {
    const saved = await during(() => api.callWithEtag(saveDraft, { params, body: { document }, ifMatch: etag }))
    if (!saved) return null
    show(saved, false)
    setKept(document)
    setSaid(t('console.edit.saved'))
    return saved.etag
  }
  return {
    page: seen.value,
    etag: seen.etag,
    document,
    pictures,
    changed: document !== kept,
    busy,
    said,
    problem,
    errors: Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.replace(/^document\./, ''), words])),
    edit(change) {
      setDocument(before => ({ ...before, ...change(before) }))
      setSaid(null)
    },
    keepPicture: (id, facts) => setPictures(before => ({ ...before, [id]: facts })),
    save: () => saveOver(seen.etag),
    async change(call, { replaced = false, said: say } = {}) {
      const next = await during(call)
      if (!next) return
      show(next, replaced)
      setSaid(say?.(next.value) ?? null)
    },
    attempt: during,
    async takeTheirs() {
      const theirs = await during(() => api.callWithEtag(getPage, { params }))
      if (theirs) show(theirs, true)
    },
    async keepMine() {
      const theirs = await during(() => api.callWithEtag(getPage, { params }))
      if (theirs) await saveOver(theirs.etag)
    },
  }
}
