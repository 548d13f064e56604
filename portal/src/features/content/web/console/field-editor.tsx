import type { LocalizedText } from '#platform/core'
import {
  ActionButton,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  SelectField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { emptyRow, type Field, type FlatField, type PictureFacts, type PictureValue } from '../../core/index.ts'
import { BilingualText } from './bilingual-text.tsx'
import style from './editor.module.css'
import { PictureField } from './picture-field.tsx'

export interface EditorTools {
  pictures: Record<string, PictureFacts>
  products: readonly { slug: string; name: LocalizedText }[]
  errors: FieldMessages
  onUploaded(id: string, facts: PictureFacts): void
}

interface FieldEditorProps extends EditorTools {
  name: string
  field: Field
  /** where it stands in the document: 'blocks.0.values.text' */
  at: string
  value: unknown
  onChange(change: (before: unknown) => unknown): void
}

/** The editor of one field, by its kind. */
export function FieldEditor({ name, field, at, value, onChange, ...tools }: FieldEditorProps) {
  const t = useTexts('content')
  const language = useLanguage()
  const label = t(`console.field.${name}`)
  const put = (next: unknown) => onChange(() => next)
  const { errors, products } = tools
  switch (field.kind) {
    case 'line':
    case 'text': {
      const text = field.kind === 'text' ? { rows: 6, help: t('console.edit.textHelp') } : {}
      return (
        <BilingualText {...{ label, at, errors }} value={value as LocalizedText} most={field.most} {...text} onChange={put} />
      )
    }
    case 'word':
      return (
        <TextField
          label={label}
          name={at}
          value={value as string}
          maxLength={field.most}
          error={errors[at]}
          onChange={event => put(event.target.value)}
        />
      )
    case 'day':
      return (
        <TextField
          label={label}
          name={at}
          type="date"
          value={value as string}
          error={errors[at]}
          onChange={event => put(event.target.value)}
        />
      )
    case 'address':
      return (
        <TextField
          label={label}
          name={at}
          value={value as string}
          maxLength={500}
          placeholder="/products"
          error={errors[at]}
          onChange={event => put(event.target.value)}
        />
      )
    case 'picture':
      return (
        <PictureField
          {...{ label, at, ...tools }}
          value={value as PictureValue | null}
          onChange={change => onChange(before => change(before as PictureValue | null))}
        />
      )
    case 'choice':
      return (
        <SelectField
          label={label}
          name={at}
          value={value as string}
          error={errors[at]}
          options={field.of.map(one => ({ value: one, label: t(`console.choice.${one}`) }))}
          onChange={event => put(event.target.value)}
        />
      )
    case 'products': {
      const chosen = value as string[]
      const others = (slug: string) => (field.most === 1 ? [] : chosen.filter(one => one !== slug))
      return (
        <ChoiceGroup title={label} error={errors[at]}>
          {name === 'products' ? <p className={style.help}>{t('console.field.productsHelp')}</p> : null}
          {products.map(({ slug, name: product }) => (
            <Choice
              key={slug}
              type="checkbox"
              label={product[language]}
              checked={chosen.includes(slug)}
              onChange={event => put(event.target.checked ? [...others(slug), slug] : others(slug))}
            />
          ))}
        </ChoiceGroup>
      )
    }
    case 'rows':
      return (
        <Rows
          {...{ label, at, field, ...tools }}
          rows={value as Row[]}
          onChange={change => onChange(before => change(before as Row[]))}
        />
      )
    default:
      return field satisfies never
  }
}

type Row = Record<string, unknown>

interface RowsProps extends EditorTools {
  label: string
  at: string
  field: Extract<Field, { kind: 'rows' }>
  rows: readonly Row[]
  onChange(change: (before: readonly Row[]) => Row[]): void
}

function Rows({ label, at, field, rows, onChange, ...tools }: RowsProps) {
  const t = useTexts('content')
  return (
    <div className={style.rows}>
      <p className={style.legend}>{label}</p>
      {tools.errors[at] ? <p className={style.error}>{tools.errors[at]}</p> : null}
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name, and its fields hold nothing of their own
        <fieldset key={place} className={style.entry}>
          <legend>{t('console.edit.row', { number: place + 1 })}</legend>
          {Object.entries(field.fields).map(([name, inner]: [string, FlatField]) => (
            <FieldEditor
              key={name}
              {...tools}
              name={name}
              field={inner}
              at={`${at}.${place}.${name}`}
              value={row[name]}
              onChange={change =>
                onChange(now => now.map((one, line) => (line === place ? { ...one, [name]: change(one[name]) } : one)))
              }
            />
          ))}
          <ActionButton size="small" strength="quiet" onClick={() => onChange(now => now.filter((_, line) => line !== place))}>
            {t('console.edit.removeRow', { number: place + 1 })}
          </ActionButton>
        </fieldset>
      ))}
      {rows.length < field.most ? (
        <ActionButton size="small" onClick={() => onChange(now => [...now, emptyRow(field.fields)])}>
          {t('console.edit.addRow')}
        </ActionButton>
      ) : null}
    </div>
  )
}
