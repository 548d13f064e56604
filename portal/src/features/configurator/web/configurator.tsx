import type { Compiled, Decision } from '@fettle/engine'
import { useEffect, useMemo, useRef, useState } from 'react'
import { InquiryDialog } from '#features/sales/web'
import { Notice, useLanguage, useTexts } from '#platform/web'
import { canRedo, canUndo, redo, shownGroups, stepsOf, undo, visibleOptions } from '../core/index.ts'
import { Changes } from './changes.tsx'
import style from './configurator.module.css'
import { Stage } from './stage.tsx'
import { StepPanel } from './step-panel.tsx'
import { StepRail } from './step-rail.tsx'
import { SummaryBar } from './summary-bar.tsx'
import { draftOf, useConfigurator } from './use-configurator.ts'
import { useProspects } from './use-prospects.ts'

interface ConfiguratorProps {
  compiled: Compiled
  decisions: readonly Decision[]
  slug: string
  modelVersion: string
  modelVersionId: string
}

/** Steps, stage, options and summary: the room in which a product is configured. */
export function Configurator(start: ConfiguratorProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const { configuring, refusal, take, dismissRefusal } = useConfigurator(start)
  const steps = useMemo(() => stepsOf(start.compiled), [start.compiled])
  const [at, setAt] = useState(0)
  const [pointed, setPointed] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const panel = useRef<HTMLDivElement>(null)

  const step = steps[at]!
  const groups = shownGroups(step, configuring.selection)
  const prospects = useProspects(configuring, useMemo(() => groups.flatMap(group => visibleOptions(group).map(option => option.id)), [groups]))

  const goTo = (index: number) => {
    if (index < 0 || index >= steps.length) return
    setAt(index)
    panel.current?.scrollTo({ top: 0 })
    panel.current?.focus({ preventScroll: true })
  }
  useShortcuts({
    '[': () => goTo(at - 1),
    ']': () => goTo(at + 1),
    'ctrl+z': () => canUndo(configuring) && take(undo(configuring)),
    'ctrl+y': () => canRedo(configuring) && take(redo(configuring)),
    'ctrl+shift+z': () => canRedo(configuring) && take(redo(configuring)),
  })

  return (
    <div className={style.room}>
      <StepRail steps={steps} at={at} configuring={configuring} onGo={goTo} />
      <Stage configuring={configuring} pointed={pointed} take={take} />
      <div className={style.panel} ref={panel} tabIndex={-1} aria-label={t('page.options', { name: step.group.name[language] })} role="region">
        {refusal ? (
          <Notice tone="warn" live title={t('page.conflictTitle')}>
            {refusal.sentences.map(sentence => (
              <p key={sentence.en}>{sentence[language]}</p>
            ))}
            <button type="button" className={style.plain} onClick={dismissRefusal}>
              {t('page.close')}
            </button>
          </Notice>
        ) : null}
        <Changes configuring={configuring} onUndo={() => take(undo(configuring))} />
        <StepPanel
          key={step.id}
          {...{ step, groups, configuring, prospects, take }}
          position={{ at, count: steps.length }}
          previous={steps[at - 1]?.group.name[language]}
          next={steps[at + 1]?.group.name[language]}
          onGo={by => goTo(at + by)}
          onPoint={setPointed}
        />
      </div>
      <SummaryBar configuring={configuring} slug={start.slug} modelVersionId={start.modelVersionId} onInquire={() => setAsking(true)} />
      <InquiryDialog
        open={asking}
        onClose={() => setAsking(false)}
        productName={start.compiled.model.name[language]}
        configuration={() => draftOf(configuring, start.modelVersionId)}
      />
    </div>
  )
}

/** Keys of the page; none while a text is being typed, so that its own undo works. */
function useShortcuts(actions: Record<string, () => void>) {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (target.closest('dialog, textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])')) return
      if (event.altKey) return
      const key = `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.shiftKey && event.ctrlKey ? 'shift+' : ''}${event.key.toLowerCase()}`
      const action = latest.current[key]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
