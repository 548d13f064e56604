import type { Unfit } from '@fettle/engine'
import { ActionButton, Notice, useLanguage, useTexts } from '#platform/web'
import { type Configuring, decisionText, type Reason, reasonOf, reasonSentence, undo } from '../core/index.ts'
import { Changes } from './changes.tsx'
import style from './messages.module.css'
import type { Take } from './use-configurator.ts'

/** What there is to say about the link or draft the page started from. */
export interface Arrival {
  /** the link cannot be read */
  unreadable: boolean
  /** version of the link, where it is not the one configured now */
  oldVersion: string | null
  currentVersion: string
  unfit: readonly Unfit[]
}

interface PageMessagesProps {
  configuring: Configuring
  arrival: Arrival | null
  refusal: Reason | null
  /** a configuration kept from an earlier visit; undefined where there is none */
  onContinueDraft: (() => void) | undefined
  take: Take
  onDismiss(what: 'arrival' | 'refusal' | 'draft' | 'changes'): void
  changesSeen: boolean
}

/** Everything the page says on its own accord, in one place, spoken politely. */
export function PageMessages({
  configuring,
  arrival,
  refusal,
  onContinueDraft,
  take,
  onDismiss,
  changesSeen,
}: PageMessagesProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const close = (what: 'arrival' | 'refusal' | 'draft') => (
    <ActionButton size="small" strength="quiet" onClick={() => onDismiss(what)}>
      {t('page.close')}
    </ActionButton>
  )
  return (
    <div className={style.messages} aria-live="polite">
      {onContinueDraft ? (
        <div className={style.message} data-draft>
          <Notice title={t('page.draftTitle')}>
            <div className={style.actions}>
              <ActionButton size="small" onClick={onContinueDraft}>
                {t('page.draftContinue')}
              </ActionButton>
              <ActionButton size="small" strength="quiet" onClick={() => onDismiss('draft')}>
                {t('page.draftDismiss')}
              </ActionButton>
            </div>
          </Notice>
        </div>
      ) : null}
      {arrival ? (
        <div className={style.message} data-arrival>
          <Notice tone="warn">
            {arrival.unreadable ? <p>{t('page.badLink')}</p> : null}
            {arrival.oldVersion ? (
              <p>{t('page.oldVersion', { old: arrival.oldVersion, current: arrival.currentVersion })}</p>
            ) : null}
            {arrival.unfit.length > 0 ? <UnfitList unfit={arrival.unfit} configuring={configuring} /> : null}
            <div className={style.actions}>{close('arrival')}</div>
          </Notice>
        </div>
      ) : null}
      {refusal ? (
        <div className={style.message} data-refusal>
          <Notice tone="warn" title={t('page.conflictTitle')}>
            <p>{reasonSentence(configuring.compiled, refusal, language)}</p>
            <div className={style.actions}>{close('refusal')}</div>
          </Notice>
        </div>
      ) : null}
      {configuring.changed.length > 0 && !changesSeen ? (
        <Changes
          key={configuring.past.length}
          configuring={configuring}
          onUndo={() => take(undo(configuring))}
          onClose={() => onDismiss('changes')}
        />
      ) : null}
    </div>
  )
}

function UnfitList({ unfit, configuring: { compiled } }: { unfit: readonly Unfit[]; configuring: Configuring }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  return (
    <>
      <p>{t('page.unfit')}</p>
      <ul>
        {unfit.map(({ decision, explanation, error }) => (
          <li key={JSON.stringify(decision)}>
            {t('page.unfitOne', {
              name: decisionText(compiled, decision, language),
              reason: explanation
                ? reasonSentence(compiled, reasonOf(compiled, explanation), language)
                : (error?.message[language] ?? ''),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
