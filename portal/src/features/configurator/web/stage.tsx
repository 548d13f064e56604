import { useState } from 'react'
import { ProductDrawing } from '#features/products/web'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { canRedo, canUndo, type Configuring, redo, reset, type Step, undo } from '../core/index.ts'
import style from './configurator.module.css'

interface StageProps {
  configuring: Configuring
  /** option under the pointer or focus */
  pointed: string | null
  take(step: Step | Configuring): void
}

/** The product as configured, drawn; never jumps. */
export function Stage({ configuring, pointed, take }: StageProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [dimensions, setDimensions] = useState(false)
  const { model } = configuring.compiled
  return (
    <div className={style.stage}>
      <ProductDrawing
        className={style.drawing}
        modelId={model.id}
        selection={configuring.selection}
        dimensions={dimensions}
        highlight={pointed}
        title={t('page.drawing', { product: model.name[language] })}
      />
      <div className={style.tools} role="toolbar" aria-label={t('page.summary')}>
        <ActionButton size="small" strength="quiet" disabled={!canUndo(configuring)} onClick={() => take(undo(configuring))} title="Ctrl+Z">
          {t('page.undo')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" disabled={!canRedo(configuring)} onClick={() => take(redo(configuring))} title="Ctrl+Y">
          {t('page.redo')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" onClick={() => take(reset(configuring))}>
          {t('page.reset')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" className={style.wideOnly} aria-pressed={dimensions} onClick={() => setDimensions(!dimensions)}>
          {t('page.turn')}
        </ActionButton>
      </div>
    </div>
  )
}
