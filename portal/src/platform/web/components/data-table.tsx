import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { Problem } from '#platform/core'
import { useTexts } from '../i18n/index.ts'
import { ActionButton } from './action.tsx'
import style from './data-table.module.css'
import { ErrorState } from './error-state.tsx'
import { SkeletonRows } from './skeleton.tsx'

export interface Column<Row> {
  /** also the name in `?sort=` where the column can be sorted */
  id: string
  /** empty: a column of actions */
  title: string
  cell: (row: Row) => ReactNode
  sortable?: boolean
  /** numbers: flush right, tabular figures */
  numeric?: boolean
  /** never breaks: dates, states */
  narrow?: boolean
  /** left out on a phone */
  optional?: boolean
}

interface DataTableProps<Row> {
  /** what the table lists, for those who hear it */
  label: string
  columns: readonly Column<Row>[]
  /** absent: still loading */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** where a row leads; the first column carries the link */
  rowHref?: (row: Row) => string
  /** id of the row whose detail is open */
  current?: string | undefined
  problem?: Problem | undefined
  /** an EmptyState: what will stand here, and how it comes */
  empty: ReactNode
  /** there is another page */
  hasMore?: boolean
  loadingMore?: boolean
  onMore?: () => void
  /** why the last "load more" brought nothing */
  moreProblem?: Problem | undefined
  /** rows expected while loading, so that nothing moves when they come */
  expected?: number
}

/**
 * A list: sticky head, sort in the URL (`?sort=name` or `?sort=-name`), rows by arrow keys, Home, End and Enter,
 * states for loading, error and nothing, pages by "load more".
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowHref, current, problem, empty, expected = 8 } = props
  const t = useTexts('platform')
  const navigate = useNavigate()
  const hint = useId()
  if (problem) return <ErrorState problem={problem} />
  if (rows?.length === 0) return empty
  return (
    <div className={style.list}>
      <div className={style.frame}>
        <table
          className={style.table}
          aria-label={label}
          aria-describedby={rowHref ? hint : undefined}
          aria-busy={rows === undefined}
        >
          <thead>
            <tr>
              {columns.map(column => (
                <Head column={column} key={column.id} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={rowHref ? moveAmongRows : undefined}>
            {rows === undefined ? <SkeletonRows rows={expected} columns={columns.map(cellClass)} /> : null}
            {rows?.map((row, at) => (
              <tr
                key={rowId(row)}
                className={rowHref ? style.row : undefined}
                aria-current={current === rowId(row) ? 'true' : undefined}
                tabIndex={rowHref ? (at === 0 ? 0 : -1) : undefined}
                onClick={event => {
                  const inside = (event.target as Element).closest('a, button, input, label, select')
                  if (rowHref && !inside && !window.getSelection()?.toString()) void navigate(rowHref(row))
                }}
              >
                {columns.map((column, position) => (
                  <td key={column.id} className={cellClass(column)}>
                    {rowHref && position === 0 ? (
                      <Link className={style.main} to={rowHref(row)} tabIndex={-1}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={style.foot}>
        <span role="status">{rows === undefined ? t('table.loading') : t('table.loaded', { count: rows.length })}</span>
        {rowHref ? (
          <span className={style.keys} id={hint}>
            {t('table.keys')}
          </span>
        ) : null}
        {props.moreProblem ? <span role="alert">{props.moreProblem.detail}</span> : null}
        {props.hasMore ? (
          <ActionButton size="small" disabled={props.loadingMore} onClick={props.onMore}>
            {props.loadingMore ? t('table.loading') : t('table.more')}
          </ActionButton>
        ) : null}
      </div>
    </div>
  )
}

function Head<Row>({ column }: { column: Column<Row> }) {
  const t = useTexts('platform')
  const [search, setSearch] = useSearchParams()
  if (!column.title) return <td />
  if (!column.sortable) {
    return (
      <th scope="col" className={cellClass(column)}>
        {column.title}
      </th>
    )
  }
  const sort = search.get('sort')
  const now = sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : undefined
  const next = now === undefined ? column.id : now === 'ascending' ? `-${column.id}` : null
  const words = next === null ? t('table.sortNot', { column: column.title }) : undefined
  return (
    <th scope="col" className={cellClass(column)} aria-sort={now}>
      <button
        type="button"
        className={style.sort}
        title={words ?? t(now === undefined ? 'table.sortUp' : 'table.sortDown', { column: column.title })}
        onClick={() =>
          setSearch(before => {
            if (next === null) before.delete('sort')
            else before.set('sort', next)
            before.delete('cursor')
            return before
          })
        }
      >
        {column.title}
        <svg className={style.arrow} viewBox="0 0 10 10" aria-hidden="true" fill="currentColor">
          {now === 'descending' ? null : <path d={now ? 'M5 1.5 9 8H1z' : 'M5 0 8 4H2z'} />}
          {now === 'ascending' ? null : <path d={now ? 'M5 8.5 1 2h8z' : 'M5 10 2 6h6z'} />}
        </svg>
      </button>
    </th>
  )
}

const cellClass = (column: { numeric?: boolean; narrow?: boolean; optional?: boolean }) =>
  [column.numeric && style.end, column.narrow && style.narrow, column.optional && style.optional].filter(Boolean).join(' ') ||
  undefined

function moveAmongRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  const row = event.target as HTMLTableRowElement
  if (row.tagName !== 'TR') return
  const target = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild,
  }[event.key]
  if (event.key === 'Enter') row.querySelector('a')?.click()
  if (!(target instanceof HTMLElement)) return
  event.preventDefault()
  row.tabIndex = -1
  target.tabIndex = 0
  target.focus()
}
