import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { type Change, type Configuring, decisionText } from '../core/index.ts'
import style from './configurator.module.css'

/** What the engine changed along with the last choice, once, with the way back. */
export function Changes({ configuring, onUndo }: { configuring: Configuring; onUndo(): void }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { changed, compiled } = configuring
  return (
    <div aria-live="polite">
      {changed.length > 0 ? (
        <div className={style.changes}>
          <p>
            <strong>{t('page.changedTitle')}</strong> {changed.slice(0, 6).map(say).join(language === 'en' ? ', ' : '，')}
            {changed.length > 6 ? ' …' : ''}
          </p>
          <ActionButton size="small" onClick={onUndo}>
            {t('page.undo')}
          </ActionButton>
        </div>
      ) : null}
    </div>
  )

  function say(change: Change): string {
    switch (change.kind) {
      case 'added':
      case 'removed':
        return t(`page.${change.kind}`, { name: decisionText(compiled, { option: change.option, chosen: true }, language) })
      case 'quantity':
        return decisionText(compiled, { option: change.option, quantity: change.to }, language)
      case 'number':
        return change.to === null
          ? t('page.removed', { name: compiled.index.groups.get(change.number)?.name[language] ?? change.number })
          : decisionText(compiled, { number: change.number, value: change.to }, language)
    }
  }
}
