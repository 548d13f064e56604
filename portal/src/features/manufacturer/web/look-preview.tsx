import { useEffect, useRef } from 'react'
import { paletteWith, type Scheme } from '#platform/core'
import { useTexts } from '#platform/web'
import style from './brand-page.module.css'

/** What a colour makes of a button, a choice and a word, in both schemes. signal: readable; null: the portal's own */
export function LookPreview({ signal }: { signal: string | null }) {
  const t = useTexts('manufacturer')
  return (
    <section className={style.preview} aria-label={t('brand.preview')}>
      <Sample scheme="light" signal={signal} />
      <Sample scheme="dark" signal={signal} />
    </section>
  )
}

function Sample({ scheme, signal }: { scheme: Scheme; signal: string | null }) {
  const t = useTexts('manufacturer')
  const place = useRef<HTMLDivElement>(null)
  // Set in script: the page's policy takes no style attributes.
  useEffect(() => {
    for (const [token, colour] of Object.entries(paletteWith(signal, scheme)))
      place.current?.style.setProperty(`--${token.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`, colour)
  }, [signal, scheme])
  return (
    <div className={style.sample} ref={place}>
      <p className={style.scheme}>{t(`brand.${scheme}`)}</p>
      <span className={style.button}>{t('brand.sampleButton')}</span>
      <p className={style.chosen}>
        {t('brand.sampleNotice')} <strong>{t('brand.sampleText')}</strong>
      </p>
    </div>
  )
}
