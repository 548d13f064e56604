import type { FieldMessages } from '#platform/web'

interface DraftErrors {
  ofForm: FieldMessages
  ofLine(place: number): FieldMessages
}

/** What stands under each field: what is no number, and what the API said. said: by its paths, such as 'content.lines.0.unitPrice' */
export function errorsOf(said: FieldMessages, wrong: ReadonlySet<string>, noNumber: string): DraftErrors {
  const all = new Map(
    Object.entries(said).map(([path, message]) => [path.replace(/^content\./, '').replace(/^terms\./, ''), message]),
  )
  for (const path of wrong) all.set(path, noNumber)
  return {
    ofForm: Object.fromEntries(all),
    ofLine(place) {
      const prefix = `lines.${place}.`
      const own = [...all].filter(([path]) => path.startsWith(prefix))
      return Object.fromEntries(own.map(([path, message]) => [path.slice(prefix.length), message]))
    },
  }
}
