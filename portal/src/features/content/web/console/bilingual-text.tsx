import { type LocalizedText, languages } from '#platform/core'
import { type FieldMessages, TextAreaField, TextField, useTexts } from '#platform/web'
import style from './editor.module.css'

interface BilingualTextProps {
  label: string
  /** where it stands in the document: 'blocks.0.values.text' */
  at: string
  value: LocalizedText
  most: number
  rows?: number
  help?: string | undefined
  errors: FieldMessages
  onChange(value: LocalizedText): void
}

/** One text in both languages, side by side where there is room. */
export function BilingualText({ label, at, value, most, rows = 1, help, errors, onChange }: BilingualTextProps) {
  const t = useTexts('content')
  return (
    <fieldset className={style.bilingual}>
      <legend>{label}</legend>
      {help ? <p className={style.help}>{help}</p> : null}
      {languages.map((language, place) => {
        const field = {
          label: t(`console.edit.language.${language}`),
          name: `${at}.${language}`,
          lang: language,
          value: value[language],
          maxLength: most,
          error: errors[`${at}.${language}`] ?? (place === 0 ? errors[at] : undefined),
          onChange: (event: { target: { value: string } }) => onChange({ ...value, [language]: event.target.value }),
        }
        return rows > 1 ? <TextAreaField key={language} {...field} rows={rows} /> : <TextField key={language} {...field} />
      })}
    </fieldset>
  )
}
