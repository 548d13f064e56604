import type { Decision } from '@fettle/engine'
import { useState } from 'react'
import { ActionButton, Notice, useLanguage, useTexts } from '#platform/web'
import { decisionText, type Misfit, type Nearest, type Reason, reasonSentence, type View } from '../core/index.ts'
import { changeText } from './change-text.ts'
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
  /** null where it is not known what was configured */
  nearest: Nearest | null
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
  const takeNearest = (decisions: readonly Decision[]) => {
    take({ act: 'replace', decisions, asked: decisions })
    onDismiss('arrival')
  }
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
            {arrival.oldVersion && arrival.nearest ? <NearestTo nearest={arrival.nearest} /> : null}
            <div className={style.actions}>
              {arrival.oldVersion && arrival.nearest?.decisions ? (
                <ActionButton size="small" onClick={() => takeNearest(arrival.nearest!.decisions!)} data-nearest>
                  {t(isSame(arrival.nearest) ? 'page.keepFormer' : 'page.takeNearest')}
                </ActionButton>
              ) : null}
              {close('arrival')}
            </div>
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

const isSame = ({ changes, gone }: Nearest) => changes.length === 0 && gone.length === 0

const differencesAtFirst = 4

/** In what the nearest configuration differs from the former one. */
function NearestTo({ nearest }: { nearest: Nearest }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const outline = useOutline()
  const [all, setAll] = useState(false)
  if (isSame(nearest)) return <p>{t(nearest.decisions ? 'page.sameAsFormer' : 'page.nothingDiffers')}</p>
  const differences = [
    ...nearest.gone.map(name => t('page.gone', { name: name[language] })),
    ...nearest.changes.map(change => changeText(t, outline, change, language)),
  ]
  const shown = all ? differences : differences.slice(0, differencesAtFirst)
  return (
    <>
      <p>{t('page.nearest')}</p>
      <ul data-differences>
        {shown.map(difference => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
      {shown.length < differences.length ? (
        <ActionButton size="small" strength="quiet" onClick={() => setAll(true)}>
          {t('page.more', { count: differences.length - shown.length })}
        </ActionButton>
      ) : null}
    </>
  )
}
