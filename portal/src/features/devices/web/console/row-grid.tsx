import type { ReactNode } from 'react'
import { ActionButton, type FieldMessages, useTexts } from '#platform/web'
import style from './console.module.css'

export interface GridColumn<Row> {
  field: keyof Row & string
  title: string
  kind?: 'name' | 'number' | 'key'
  /** what the API calls it, where it differs: name.zh-CN */
  api?: string
  lang?: string
  /** in characters; default 80 */
  longest?: number
  /** one of these instead of words */
  options?(row: Row, at: number): readonly { value: string; label: string }[]
}

interface RowGridProps<Row> {
  /** what its rows are */
  title: string
  help: string
  /** the list in the API: metrics */
  list: string
  columns: readonly GridColumn<Row>[]
  rows: readonly Row[]
  onChange(rows: Row[]): void
  errors: FieldMessages
  add: string
  make(id: string): Row
  disabled: boolean
  children?: ReactNode
}

/** Rows of a list that are typed into a table, with what is wrong below each. */
export function RowGrid<Row extends { id: string; key: string }>(props: RowGridProps<Row>) {
  const { title, help, list, columns, rows, onChange, errors, add, make, disabled, children } = props
  const t = useTexts('devices')
  const change = (id: string, field: keyof Row, value: string) =>
    onChange(rows.map(row => (row.id === id ? { ...row, [field]: value } : row)))
  return (
    <section className={style.section}>
      <h2>{title}</h2>
      <p className={style.muted}>{help}</p>
      {children}
      {rows.length > 0 ? (
        <div className={style.grid}>
          <table aria-label={title}>
            <thead>
              <tr>
                {columns.map(column => (
                  <th scope="col" key={column.field}>
                    {column.title}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <Row
                  key={row.id}
                  {...{ row, at, list, columns, errors, disabled }}
                  onField={(field, value) => change(row.id, field, value)}
                  onRemove={() => onChange(rows.filter(one => one.id !== row.id))}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {disabled ? null : (
        <div className={style.actions}>
          <ActionButton size="small" onClick={() => onChange([...rows, make(crypto.randomUUID())])}>
            {add}
          </ActionButton>
        </div>
      )}
      {rows.length === 0 && disabled ? <p className={style.muted}>{t('unknown')}</p> : null}
    </section>
  )
}

interface RowProps<Row> extends Pick<RowGridProps<Row>, 'list' | 'columns' | 'errors' | 'disabled'> {
  row: Row
  at: number
  onField(field: keyof Row, value: string): void
  onRemove(): void
}

function Row<Kind extends { id: string; key: string }>({ row, at, list, columns, errors, disabled, ...on }: RowProps<Kind>) {
  const t = useTexts('devices')
  const errorOf = ({ field, api }: GridColumn<Kind>) => errors[`${list}.${at}.${api ?? field}`]
  const said = columns.flatMap(column => errorOf(column) ?? [])
  const control = (column: GridColumn<Kind>) => ({
    'aria-label': `${t('types.row', { at: at + 1 })}: ${column.title}`,
    'aria-invalid': errorOf(column) ? true : undefined,
    value: row[column.field] as string,
    lang: column.lang,
    disabled,
  })
  return (
    <>
      <tr>
        {columns.map(column => (
          <td key={column.field}>
            {column.options ? (
              <select {...control(column)} onChange={event => on.onField(column.field, event.target.value)}>
                {column.options(row, at).map(({ value, label }) => (
                  <option value={value} key={value}>
                    {label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...control(column)}
                className={column.kind === 'number' ? style.number : column.kind ? style.name : undefined}
                inputMode={column.kind === 'number' ? 'decimal' : undefined}
                spellCheck={column.kind === 'name'}
                maxLength={column.longest ?? 80}
                onChange={event => on.onField(column.field, event.target.value)}
              />
            )}
          </td>
        ))}
        <td>
          {disabled ? null : (
            <ActionButton
              size="small"
              strength="quiet"
              aria-label={t('types.removeOf', { name: row.key || t('types.row', { at: at + 1 }) })}
              onClick={on.onRemove}
            >
              {t('types.remove')}
            </ActionButton>
          )}
        </td>
      </tr>
      {said.length > 0 ? (
        <tr className={style.because}>
          <td colSpan={columns.length + 1} className={style.wrong}>
            {said.join(' ')}
          </td>
        </tr>
      ) : null}
    </>
  )
}
