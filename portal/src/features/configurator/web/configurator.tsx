import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { InquiryDialog } from '#features/sales/web'
import { useLanguage, useTexts } from '#platform/web'
import { stepsOf, stepWith } from '../core/index.ts'
import style from './configurator.module.css'
import type { EngineClient, Shown } from './engine-client.ts'
import { type Arrival, PageMessages } from './page-messages.tsx'
import { Stage } from './stage.tsx'
import { StepPanel } from './step-panel.tsx'
import { StepRail } from './step-rail.tsx'
import { SummaryBar } from './summary-bar.tsx'
import { useAddress } from './use-address.ts'
import { draftOf, OutlineContext, type Subject } from './use-configurator.ts'
import { useShortcuts } from './use-shortcuts.ts'

interface ConfiguratorProps {
  subject: Subject
  client: EngineClient
  shown: Shown
  /** id of the step to begin with */
  step: string | null
  arrival: Arrival | null
  /** of the lead it is worked out for, by sales */
  leadId: string | null
  /** goes on with the configuration kept from an earlier visit; undefined where there is none */
  onContinueDraft: (() => void) | undefined
}

/** A link that promises a call comes with it: the inquiry opens at once. */
const callBackHash = '#call-back'

/** Steps, stage, options and summary: the room in which a product is configured. */
export function Configurator({ subject, client, shown, step: firstStep, arrival, leadId, onContinueDraft }: ConfiguratorProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { modelVersionId, preview = false } = subject
  const { outline, view, refusal } = shown
  const take = client.act
  const steps = useMemo(() => stepsOf(outline), [outline])
  const [at, setAt] = useState(() => Math.max(0, firstStep === null ? 0 : steps.findIndex(({ id }) => id === firstStep)))
  const [pointed, setPointed] = useState<string | null>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [called, setCalled] = useState(false)
  const [dismissed, setDismissed] = useState<ReadonlySet<unknown>>(new Set())
  const panel = useRef<HTMLElement>(null)
  const step = steps[at]
  const linkNow = useAddress(view, client, at === 0 ? null : (step?.id ?? null), subject, leadId)

  const dismiss = (what: unknown) => setDismissed(new Set([...dismissed, what]))
  const goTo = (index: number) => {
    if (index < 0 || index >= steps.length || index === at) return
    setAt(index)
    dismiss(view.changed) // what followed from the last step has been in sight; it must not lie over the next one's options
    panel.current?.scrollTo({ top: 0 })
    panel.current?.focus({ preventScroll: true })
  }
  const point = useCallback((option: string | null) => startTransition(() => setPointed(option)), [])
  const goToPart = (part: string) => {
    const index = stepWith(steps, part)
    if (index < 0) return
    setAt(index)
    setWanted(part)
  }
  useEffect(() => {
    if (wanted === null) return
    const place = panel.current?.querySelector(`[data-option="${CSS.escape(wanted)}"], [data-group="${CSS.escape(wanted)}"]`)
    place?.scrollIntoView({ block: 'center' })
    place?.querySelector<HTMLElement>('input:not(:disabled), button, [tabindex]')?.focus({ preventScroll: true })
    setWanted(null)
  }, [wanted])
  const back = () => view.canUndo && take({ act: 'undo' })
  const forth = () => view.canRedo && take({ act: 'redo' })
  useShortcuts({
    '[': () => goTo(at - 1),
    ']': () => goTo(at + 1),
    'ctrl+z': back,
    'ctrl+y': forth,
    'ctrl+shift+z': forth,
  })
  useEffect(() => {
    if (location.hash !== callBackHash) return
    setCalled(true)
    setAsking(true)
  }, [])
  const untouched = !view.canUndo && view.decisions.length === 0

  return (
    <OutlineContext value={outline}>
      <div className={style.room}>
        <StepRail steps={steps} at={at} view={view} onGo={goTo} />
        <Stage view={view} pointed={pointed} take={take} onPart={goToPart} />
        <PageMessages
          {...{ view, refusal, take }}
          moment={shown.moment}
          onRestart={shown.failed ? () => void client.start() : undefined}
          arrival={dismissed.has(shown.misfits) ? null : arrival}
          onContinueDraft={untouched && !dismissed.has('draft') ? onContinueDraft : undefined}
          changesSeen={dismissed.has(view.changed)}
          onDismiss={what => {
            if (what === 'refusal') client.dismissRefusal()
            else dismiss(what === 'changes' ? view.changed : what === 'arrival' ? shown.misfits : what)
          }}
        />
        <section
          className={style.panel}
          ref={panel}
          tabIndex={-1}
          aria-label={step ? t('page.options', { name: step.group.name[language] }) : t('page.summary')}
        >
          {step ? (
            <StepPanel
              key={step.id}
              {...{ step, view, client, take }}
              expected={shown.expected}
              position={{ at, count: steps.length }}
              previous={steps[at - 1]?.group.name[language]}
              next={steps[at + 1]?.group.name[language]}
              onGo={by => goTo(at + by)}
              onPoint={point}
              onInquire={leadId === null && !preview ? () => setAsking(true) : undefined}
            />
          ) : (
            <p>{t('page.nothingToChoose')}</p>
          )}
        </section>
        <SummaryBar
          {...{ view, client }}
          waiting={shown.waiting}
          modelVersionId={modelVersionId}
          prices={subject.prices}
          preview={preview}
          linkNow={linkNow}
          leadId={leadId}
          onInquire={() => setAsking(true)}
        />
        {preview ? null : (
          <InquiryDialog
            open={asking}
            onClose={() => setAsking(false)}
            productName={outline.index.model.name[language]}
            callBack={called}
            configuration={() => draftOf(shown.view, modelVersionId)}
          />
        )}
      </div>
    </OutlineContext>
  )
}
