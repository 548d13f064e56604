import { type ChangeEvent, type ReactNode, useState } from 'react'
import { type LocalizedText, languages, offeredLanguages } from '#platform/core'
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
  onChange?: ((name: string, typed: string) => void) | undefined
}

/** One text in both languages, side by side where there is room. What stands there in a language nobody is shown is kept until the other is emptied. */
export function BilingualField({ label, name, value, maxLength, help, rows = 1, errors, onChange }: BilingualFieldProps) {
  const t = useTexts('manufacturer')
  const shown = offeredLanguages()
  const [only] = shown
  // a text that was taken away would come back in the language that is not shown
  const [emptied, setEmptied] = useState(false)
  return (
    <fieldset className={style.bilingual} data-one={shown.length === 1 || undefined}>
      <legend>{label}</legend>
      {help ? <p className={style.help}>{help}</p> : null}
      {languages.map(language => {
        const field = { name: `${name}.${language}` }
        if (!shown.includes(language)) {
          // what only stood for the other is to do so again
          const kept = emptied || value[language] === value[only!] ? '' : value[language]
          return <input key={language} type="hidden" {...field} value={kept} />
        }
        const shownField = {
          ...field,
          defaultValue: value[language],
          label: t(`settings.language.${language}`),
          lang: language,
          maxLength,
          error: errors[field.name] ?? (shown.length === 1 ? errorOfOther(errors, name) : undefined),
          onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
            setEmptied(target.value.trim() === '')
            onChange?.(field.name, target.value)
          },
        }
        return rows > 1 ? (
          <TextAreaField key={language} {...shownField} rows={rows} />
        ) : (
          <TextField key={language} {...shownField} />
        )
      })}
    </fieldset>
  )
}

/** What is wrong with a text as a whole is said under the first language, be it shown or not. */
const errorOfOther = (errors: FieldMessages, name: string) =>
  languages.map(language => errors[`${name}.${language}`]).find(error => error !== undefined)
