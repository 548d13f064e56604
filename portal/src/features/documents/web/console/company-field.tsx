import { useEffect, useState } from 'react'
import { listCompanies } from '#features/accounts/core'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, TextField, useProblem, useTexts } from '#platform/web'
import style from './console.module.css'

export interface NamedCompany {
  id: string
  name: string
}

interface CompanyFieldProps {
  chosen: readonly NamedCompany[]
  onChange(chosen: NamedCompany[]): void
  error?: string | undefined
}

/** The companies a document is for: searched by name, chosen one by one. */
export function CompanyField({ chosen, onChange, error }: CompanyFieldProps) {
  const t = useTexts('documents')
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
  const free = found?.filter(({ id }) => !chosen.some(one => one.id === id))
  return (
    <div className={style.companies}>
      <ul className={style.chips} aria-label={t('console.companies')}>
        {chosen.map(company => (
          <li key={company.id}>
            {company.name}
            <ActionButton
              size="small"
              strength="quiet"
              aria-label={t('console.removeOf', { name: company.name })}
              onClick={() => onChange(chosen.filter(one => one !== company))}
            >
              {t('console.remove')}
            </ActionButton>
          </li>
        ))}
      </ul>
      <TextField
        label={t('console.companiesSearch')}
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
        {free?.length === 0 ? <p className={style.muted}>{t('console.companiesNone')}</p> : null}
        <div className={style.actions}>
          {free?.map(({ id, name }) => (
            <ActionButton
              key={id}
              size="small"
              onClick={() => {
                onChange([...chosen, { id, name }])
                setQ('')
              }}
            >
              {name}
            </ActionButton>
          ))}
        </div>
      </div>
    </div>
  )
}
