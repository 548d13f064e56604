import { useRef, useState } from 'react'
import { type Answer, languageOfPath, ProblemError, translate } from '#platform/core'
import { saveFile } from './save-file.ts'
import { useLive } from './use-live.ts'

export interface ExportProgress {
  done: number
  rows: number
}

interface Export {
  /** null: no file is under way */
  progress: ExportProgress | null
  /**
   * Saves the file of an answer of `api.fetchFile`, read to its end, and answers how many rows it has. Throws ProblemError where it breaks
   * off; a half file is not saved.
   */
  save(answer: Answer): Promise<number>
}

/** Saves files that the portal writes while they are read. topic: where it tells how far it is */
export function useExport(topic: string): Export {
  const [progress, setProgress] = useState<ExportProgress | null>(null)
  const current = useRef<string | null>(null)
  useLive(topic, message => {
    const [id, done] = message?.split('/') ?? []
    if (id === current.current) setProgress(before => before && { ...before, done: Number(done) })
  })

  async function save(answer: Answer): Promise<number> {
    const rows = Number(answer.headers.get('x-export-rows'))
    current.current = answer.headers.get('x-export-id')
    setProgress({ done: 0, rows })
    try {
      const content = await (answer as Response).blob()
      saveFile(nameIn(answer.headers.get('content-disposition') ?? ''), content)
      return rows
    } catch {
      throw new ProblemError(brokenOff())
    } finally {
      current.current = null
      setProgress(null)
    }
  }
  return { progress, save }
}

/** RFC 6266: filename*=UTF-8''… */
const nameIn = (disposition: string): string => decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? 'export')

function brokenOff() {
  const language = languageOfPath(location.pathname)
  return {
    type: '/problems/export-broken-off',
    status: 0,
    title: translate(language, 'platform:problem.offlineTitle'),
    detail: translate(language, 'platform:export.brokenOff'),
    remedy: translate(language, 'platform:problem.tryAgain'),
    requestId: '',
  }
}
