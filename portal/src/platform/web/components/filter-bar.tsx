import { type ReactNode, useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { useTexts } from '../i18n/index.ts'
import { ActionButton } from './action.tsx'
import style from './filter-bar.module.css'

export interface Filter {
  /** name in the URL */
  id: string
  label: string
  /** what one chooses from; absent: a day, as YYYY-MM-DD */
  options?: readonly { value: string; label: string }[]
}

/** Search (`?q=`) and filters of a list. They live in the URL, so a filtered list can be copied, bookmarked and gone back to. `/` goes to the search. */
export function FilterBar({
  search = true,
  filters = [],
  children,
}: {
  search?: boolean
  filters?: readonly Filter[]
  children?: ReactNode
}) {
  const t = useTexts('platform')
  const [parameters, setParameters] = useSearchParams()
  const input = useRef<HTMLInputElement>(null)
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined)
  const q = parameters.get('q') ?? ''
  const active = [...filters.map(filter => filter.id), 'q'].filter(name => parameters.get(name))

  const set = (name: string, value: string, replace: boolean) =>
    setParameters(
      before => {
        if (value) before.set(name, value)
        else before.delete(name)
        before.delete('cursor')
        return before
      },
      { replace, preventScrollReset: true },
    )

  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = q
    return () => clearTimeout(pending.current)
  }, [q])

  return (
    <search className={style.bar}>
      {search ? (
        <label className={`${style.part} ${style.grow}`}>
          {t('filter.search')}
          <input
            ref={input}
            className={style.control}
            type="search"
            defaultValue={q}
            data-list-search=""
            onChange={event => {
              const { value } = event.target
              clearTimeout(pending.current)
              pending.current = setTimeout(() => set('q', value.trim(), true), 250)
            }}
          />
        </label>
      ) : null}
      {filters.map(({ id, label, options }) =>
        options ? (
          <label className={style.part} key={id}>
            {label}
            <select
              className={style.control}
              value={parameters.get(id) ?? ''}
              onChange={event => set(id, event.target.value, false)}
            >
              <option value="">{t('filter.all')}</option>
              {options.map(option => (
                <option value={option.value} key={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <label className={style.part} key={id}>
            {label}
            <input
              className={style.control}
              type="date"
              value={parameters.get(id) ?? ''}
              onChange={event => set(id, event.target.value, false)}
            />
          </label>
        ),
      )}
      {children}
      {active.length > 0 ? (
        <ActionButton
          strength="quiet"
          size="small"
          onClick={() => {
            clearTimeout(pending.current)
            if (input.current) input.current.value = ''
            setParameters(before => {
              for (const name of [...active, 'cursor']) before.delete(name)
              return before
            })
          }}
        >
          {t('filter.clear')}
        </ActionButton>
      ) : null}
    </search>
  )
}
