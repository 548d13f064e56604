import { inLanguage } from '#platform/core'
import { useLanguage } from '#platform/web'
import type { ListFinding } from '../core/index.ts'
import style from './provisioning.module.css'

/** What was noticed in a file, each by its cell with what to do about it. */
export function Findings({ findings }: { findings: readonly ListFinding[] }) {
  const language = useLanguage()
  if (findings.length === 0) return null
  return (
    <ul className={style.findings}>
      {findings.map(({ code, sheet, row, column, value, message, remedy }) => (
        <li key={`${code} ${sheet} ${row} ${column}`}>
          {[row === null ? sheet : '', cellOf(column, row), value && `“${value}”`].filter(Boolean).join(' · ')}{' '}
          {inLanguage(message, language)}
          <small>{inLanguage(remedy, language)}</small>
        </li>
      ))}
    </ul>
  )
}

/** "D3 质保至 Warranty until": the cell as Excel names it, and its heading. */
function cellOf(column: string | null, row: number | null): string {
  if (column === null) return ''
  const [letters, ...heading] = column.split(' ')
  return [`${letters}${row ?? ''}`, ...heading].join(' ')
}
