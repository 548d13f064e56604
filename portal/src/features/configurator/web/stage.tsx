import { memo, useDeferredValue, useState } from 'react'
import { ProductDrawing } from '#features/products/web'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import { type Configuring, canRedo, canUndo, redo, reset, undo } from '../core/index.ts'
import style from './configurator.module.css'
import type { Take } from './use-configurator.ts'

interface StageProps {
  configuring: Configuring
  /** option under the pointer or focus */
  pointed: string | null
  take: Take
  /** told which part of the drawing was pressed */
  onPart(part: string): void
}

/** The product as configured, drawn; never jumps. */
export function Stage({ configuring, pointed, take, onPart }: StageProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const [dimensions, setDimensions] = useState(false)
  const { model } = configuring.compiled
  // The panel answers a click first; the drawing, which is larger, follows within the next frames.
  const drawn = useDeferredValue(configuring.selection)
  return (
    <div className={style.stage}>
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
        <ActionButton
          size="small"
          strength="quiet"
          disabled={!canUndo(configuring)}
          onClick={() => take(undo(configuring))}
          title="Ctrl+Z"
        >
          {t('page.undo')}
        </ActionButton>
        <ActionButton
          size="small"
          strength="quiet"
          disabled={!canRedo(configuring)}
          onClick={() => take(redo(configuring))}
          title="Ctrl+Y"
        >
          {t('page.redo')}
        </ActionButton>
        <ActionButton
          size="small"
          strength="quiet"
          disabled={configuring.state.decisions.length === 0}
          onClick={() => take(reset(configuring))}
        >
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
