import { type LocalizedText, languages, offeredLanguages } from '#platform/core'
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

/** One text in the languages the portal speaks, side by side where there is room. What stands there in another is kept. */
export function BilingualText({ label, at, value, most, rows = 1, help, errors, onChange }: BilingualTextProps) {
  const t = useTexts('content')
  const shown = offeredLanguages()
  const hidden = languages.filter(language => !shown.includes(language))
  const whole = [at, ...hidden.map(language => `${at}.${language}`)].map(name => errors[name]).find(Boolean)
  return (
    <fieldset className={style.bilingual} data-one={shown.length === 1 || undefined}>
      <legend>{label}</legend>
      {help ? <p className={style.help}>{help}</p> : null}
      {shown.map((language, place) => {
        const field = {
          label: t(`console.edit.language.${language}`),
          name: `${at}.${language}`,
          lang: language,
          value: value[language],
          maxLength: most,
          error: errors[`${at}.${language}`] ?? (place === 0 ? whole : undefined),
          onChange: (event: { target: { value: string } }) => onChange({ ...value, [language]: event.target.value }),
        }
        return rows > 1 ? <TextAreaField key={language} {...field} rows={rows} /> : <TextField key={language} {...field} />
      })}
    </fieldset>
  )
}
