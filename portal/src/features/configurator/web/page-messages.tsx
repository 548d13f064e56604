import { ActionButton, Notice, useLanguage, useTexts } from '#platform/web'
import { decisionText, type Misfit, type Reason, reasonSentence, type View } from '../core/index.ts'
import { Changes } from './changes.tsx'
import style from './messages.module.css'
import { type Take, useOutline } from './use-configurator.ts'

/** What there is to say about the link or draft the page started from. */
export interface Arrival {
  /** the link cannot be read */
  unreadable: boolean
  /** version of the link, where it is not the one configured now */
  oldVersion: string | null
  currentVersion: string
  misfits: readonly Misfit[]
}

interface PageMessagesProps {
  view: View
  /** of the view */
  moment: number
  arrival: Arrival | null
  refusal: Reason | null
  /** a configuration kept from an earlier visit; undefined where there is none */
  onContinueDraft: (() => void) | undefined
  take: Take
  onDismiss(what: 'arrival' | 'refusal' | 'draft' | 'changes'): void
  changesSeen: boolean
  /** tries again to start the engine; undefined where it runs */
  onRestart: (() => void) | undefined
}

/** Everything the page says on its own accord, in one place, spoken politely. */
export function PageMessages({
  view,
  moment,
  arrival,
  refusal,
  onContinueDraft,
  take,
  onDismiss,
  changesSeen,
  onRestart,
}: PageMessagesProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const outline = useOutline()
  const close = (what: 'arrival' | 'refusal' | 'draft') => (
    <ActionButton size="small" strength="quiet" onClick={() => onDismiss(what)}>
      {t('page.close')}
    </ActionButton>
  )
  return (
    <div className={style.messages} aria-live="polite">
      {onRestart ? (
        <div className={style.message} data-engine-failed>
          <Notice tone="bad" title={t('page.engineFailed')}>
            <p>{t('page.engineFailedHelp')}</p>
            <div className={style.actions}>
              <ActionButton size="small" onClick={onRestart}>
                {t('page.tryAgain')}
              </ActionButton>
            </div>
          </Notice>
        </div>
      ) : null}
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
            {arrival.misfits.length > 0 ? <Misfits misfits={arrival.misfits} /> : null}
            <div className={style.actions}>{close('arrival')}</div>
          </Notice>
        </div>
      ) : null}
      {refusal ? (
        <div className={style.message} data-refusal>
          <Notice tone="warn" title={t('page.conflictTitle')}>
            <p>{reasonSentence(outline, refusal, language)}</p>
            <div className={style.actions}>{close('refusal')}</div>
          </Notice>
        </div>
      ) : null}
      {view.changed.length > 0 && !changesSeen ? (
        <Changes key={moment} view={view} onUndo={() => take({ act: 'undo' })} onClose={() => onDismiss('changes')} />
      ) : null}
    </div>
  )
}

function Misfits({ misfits }: { misfits: readonly Misfit[] }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const outline = useOutline()
  return (
    <>
      <p>{t('page.unfit')}</p>
      <ul>
        {misfits.map(({ decision, reason, error }) => (
          <li key={JSON.stringify(decision)}>
            {t('page.unfitOne', {
              name: decisionText(outline, decision, language),
              reason: reason ? reasonSentence(outline, reason, language) : (error?.[language] ?? ''),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
