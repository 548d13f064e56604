import { useState } from 'react'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import type { View } from '../core/index.ts'
import { changeText } from './change-text.ts'
import style from './messages.module.css'
import { useOutline } from './use-configurator.ts'

const shownAtFirst = 4

/** What the engine changed along with the last choice, once, with the way back. */
export function Changes({ view: { changed }, onUndo, onClose }: { view: View; onUndo(): void; onClose(): void }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [all, setAll] = useState(false)
  const outline = useOutline()
  const shown = all ? changed : changed.slice(0, shownAtFirst)
  return (
    <div className={style.changes} data-changes>
      <p className={style.title}>{t('page.changedTitle')}</p>
      <ul>
        {shown.map(change => (
          <li key={JSON.stringify(change)}>{changeText(t, outline, change, language)}</li>
        ))}
      </ul>
      <div className={style.actions}>
        <ActionButton size="small" onClick={onUndo}>
          {t('page.undo')}
        </ActionButton>
        {shown.length < changed.length ? (
          <ActionButton size="small" strength="quiet" onClick={() => setAll(true)}>
            {t('page.more', { count: changed.length - shown.length })}
          </ActionButton>
        ) : null}
        <ActionButton size="small" strength="quiet" onClick={onClose}>
          {t('page.close')}
        </ActionButton>
      </div>
    </div>
  )
}
