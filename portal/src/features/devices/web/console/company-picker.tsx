import { useEffect, useState } from 'react'
import { listCompanies } from '#features/accounts/core'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, TextField, useProblem, useTexts } from '#platform/web'
import style from './console.module.css'

export interface PickedCompany {
  id: string
  name: string
}

interface CompanyPickerProps {
  picked: PickedCompany | null
  onPick(company: PickedCompany): void
  error?: string | undefined
}

/** One company, found by its name. */
export function CompanyPicker({ picked, onPick, error }: CompanyPickerProps) {
  const t = useTexts('devices')
  const [q, setQ] = useState('')
  const [found, setFound] = useState<readonly PickedCompany[] | null>(null)
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
  return (
    <div className={style.picker}>
      <TextField
        label={t('console.companySearch')}
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
        {found?.length === 0 ? <p className={style.muted}>{t('console.companiesNone')}</p> : null}
        <div className={style.actions}>
          {found?.map(({ id, name }) => (
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
        {picked ? <p>{t('console.chosen', { name: picked.name })}</p> : null}
      </div>
    </div>
  )
}
