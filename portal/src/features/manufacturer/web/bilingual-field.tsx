import type { ReactNode } from 'react'
import { type LocalizedText, languages } from '#platform/core'
import { type FieldMessages, TextAreaField, TextField, useTexts } from '#platform/web'
import style from './profile-form.module.css'

interface BilingualFieldProps {
  label: string
  /** of the two fields: `name.zh-CN` and `name.en` */
  name: string
  value: LocalizedText
  maxLength: number
  help?: ReactNode
  /** more than one: a text of several lines */
  rows?: number
  errors: FieldMessages
}

/** One text in both languages, side by side where there is room. */
export function BilingualField({ label, name, value, maxLength, help, rows = 1, errors }: BilingualFieldProps) {
  const t = useTexts('manufacturer')
  return (
    <fieldset className={style.bilingual}>
      <legend>{label}</legend>
      {help ? <p className={style.help}>{help}</p> : null}
      {languages.map(language => {
        const field = {
          label: t(`settings.language.${language}`),
          name: `${name}.${language}`,
          lang: language,
          defaultValue: value[language],
          maxLength,
          error: errors[`${name}.${language}`],
        }
        return rows > 1 ? <TextAreaField key={language} {...field} rows={rows} /> : <TextField key={language} {...field} />
      })}
    </fieldset>
  )
}
