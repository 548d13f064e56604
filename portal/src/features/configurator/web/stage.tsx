import { memo, useDeferredValue, useState } from 'react'
import { ProductDrawing } from '#features/products/web'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import type { View } from '../core/index.ts'
import style from './configurator.module.css'
import { type Take, useOutline } from './use-configurator.ts'

interface StageProps {
  view: View
  /** option under the pointer or focus */
  pointed: string | null
  take: Take
  /** told which part of the drawing was pressed */
  onPart(part: string): void
}

/** The product as configured, drawn; never jumps. */
export function Stage({ view, pointed, take, onPart }: StageProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [dimensions, setDimensions] = useState(false)
  const { model } = useOutline().index
  // The panel answers a click first; the drawing, which is larger, follows within the next frames.
  const drawn = useDeferredValue(view.selection)
  return (
    <div className={style.stage} data-stage>
      <Drawing
        className={style.drawing}
        modelId={model.id}
        selection={drawn}
        dimensions={dimensions}
        highlight={pointed}
        title={t('page.drawing', { product: model.name[language] })}
        onPart={onPart}
      />
      <div className={style.tools} role="toolbar" aria-label={t('page.tools')}>
        <ActionButton size="small" strength="quiet" disabled={!view.canUndo} onClick={() => take({ act: 'undo' })} title="Ctrl+Z">
          {t('page.undo')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" disabled={!view.canRedo} onClick={() => take({ act: 'redo' })} title="Ctrl+Y">
          {t('page.redo')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" disabled={view.decisions.length === 0} onClick={() => take({ act: 'reset' })}>
          {t('page.reset')}
        </ActionButton>
        <ActionButton
          size="small"
          strength="quiet"
          className={style.wideOnly}
          aria-pressed={dimensions}
          onClick={() => setDimensions(!dimensions)}
        >
          {t(dimensions ? 'page.dimensionsOff' : 'page.dimensionsOn')}
        </ActionButton>
      </div>
    </div>
  )
}

/** Drawn again only when what it shows is another: the page around it changes far more often. */
const Drawing = memo(ProductDrawing, (before, after) =>
  (['modelId', 'selection', 'dimensions', 'highlight', 'title'] as const).every(key => before[key] === after[key]),
)
