import { type ReactNode, useEffect, useState } from 'react'
import { ActionButton, api, TextField, useProblem } from '#platform/web'
import { listCompanies } from '../core/index.ts'
import style from './company-search.module.css'
import { ProblemNotice } from './fields.tsx'

export interface NamedCompany {
  id: string
  name: string
}

interface CompanySearchProps {
  label: string
  /** said where no company has such a name */
  none: string
  /** ids of companies that are not offered */
  except?: readonly string[]
  onPick(company: NamedCompany): void
  error?: string | undefined
  /** what was picked, below what is found */
  children?: ReactNode
}

/** Finds companies by their names while one is typed; each that is found can be picked. */
export function CompanySearch({ label, none, except = [], onPick, error, children }: CompanySearchProps) {
  const [q, setQ] = useState('')
  const [found, setFound] = useState<readonly NamedCompany[] | null>(null)
  const { problem, attempt } = useProblem()
  useEffect(() => {
    if (q.trim() === '') return setFound(null)
    let latest = true
    const later = setTimeout(() => {
      attempt(() => api.call(listCompanies, { query: { q: q.trim(), limit: 8 } })).then(
        page => latest && setFound(page?.items ?? null),
      )
    }, 250)
    return () => {
      latest = false
      clearTimeout(later)
    }
  }, [q, attempt])
  const free = found?.filter(({ id }) => !except.includes(id))
  return (
    <div className={style.search}>
      <TextField
        label={label}
        type="search"
        value={q}
        error={error}
        onChange={event => setQ(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') event.preventDefault() // the form is not meant
        }}
      />
      <ProblemNotice problem={problem} />
      <div role="status">
        {free?.length === 0 ? <p className={style.none}>{none}</p> : null}
        <div className={style.found}>
          {free?.map(({ id, name }) => (
            <ActionButton
              key={id}
              size="small"
              onClick={() => {
                onPick({ id, name })
                setQ('')
              }}
            >
              {name}
            </ActionButton>
          ))}
        </div>
        {children}
      </div>
    </div>
  )
}
