import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ActionButton, useTexts } from '#platform/web'
import { type Drawn, type FloorPlan, getFloorPlanPicture } from '../core/index.ts'
import style from './plan-stage.module.css'

/** How many times as large as where it fits; the style sheet knows each. */
const zooms = [1, 1.5, 2, 3, 4] as const

/** px that the plan is taken for until it is drawn */
const assumed = 900

interface StageProps {
  plan: FloorPlan
  /** says what is drawn, to whoever does not see it */
  label: string
  /** of what lies on the ground: places are shares of it */
  ground: RefObject<SVGSVGElement | null>
  /** told how large it is drawn, in px: marks, which keep their size */
  children: (drawn: Drawn) => ReactNode
  /** stands beside the buttons of the zoom */
  tools?: ReactNode
}

/** A plan as large as its frame, or larger and scrolled in it: by wheel, finger or arrow keys, as whatever scrolls. */
export function PlanStage({ plan, label, ground, children, tools }: StageProps) {
  const t = useTexts('floorplans')
  const [zoom, setZoom] = useState(0)
  const { frame, drawn } = useDrawn(plan, ground, zoom)
  const { width, depth } = plan
  const shape = depth / width > 1.1 ? 'tall' : depth / width > 0.75 ? 'square' : 'wide'
  return (
    <div className={style.part}>
      <div className={style.tools}>
        {tools}
        <fieldset className={style.zoom}>
          <legend className="visually-hidden">{t('zoom.label')}</legend>
          <ActionButton size="small" disabled={zoom === 0} onClick={() => setZoom(0)}>
            {t('zoom.fit')}
          </ActionButton>
          <ActionButton size="small" aria-label={t('zoom.out')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
            −
          </ActionButton>
          <output className={style.level}>{t('zoom.level', { percent: zooms[zoom]! * 100 })}</output>
          <ActionButton
            size="small"
            aria-label={t('zoom.in')}
            disabled={zoom === zooms.length - 1}
            onClick={() => setZoom(zoom + 1)}
          >
            +
          </ActionButton>
        </fieldset>
      </div>
      <section className={style.frame} ref={frame} aria-label={t('zoom.scroll')} tabIndex={zoom === 0 ? undefined : 0}>
        <div className={style.sheet} data-zoom={zooms[zoom]} data-shape={shape} data-ground={plan.picture ? 'picture' : 'grid'}>
          <Ground plan={plan} />
          {/* biome-ignore lint/a11y/useSemanticElements: there is no fieldset inside a drawing */}
          <svg className={style.marks} ref={ground} role="group" aria-label={label}>
            {children(drawn)}
          </svg>
        </div>
      </section>
    </div>
  )
}

/** The drawing, or a grid in metres. */
function Ground({ plan: { id, width, depth, picture } }: { plan: FloorPlan }) {
  if (picture)
    return (
      <img
        className={style.picture}
        src={`/api/v1${getFloorPlanPicture.path.replace('{planId}', id)}?hash=${picture.hash}`}
        width={picture.width}
        height={picture.height}
        alt=""
      />
    )
  const step = gridStep(width)
  const lines = (length: number) => Array.from({ length: Math.ceil(length / step) - 1 }, (_, index) => (index + 1) * step)
  return (
    <svg className={style.grid} viewBox={`0 0 ${width} ${depth}`} aria-hidden="true">
      <path
        d={
          lines(width)
            .map(x => `M${x} 0V${depth}`)
            .join('') +
          lines(depth)
            .map(y => `M0 ${y}H${width}`)
            .join('')
        }
      />
      <rect width={width} height={depth} />
    </svg>
  )
}

/** Metres between two lines of the grid: 8 to 20 of them from left to right. */
export const gridStep = (width: number): number => [1, 2, 5, 10, 20, 50].find(step => width / step <= 20) ?? 100

/** Follows how large the plan is drawn. What was in the middle of the frame stays there when it becomes larger or smaller. */
function useDrawn({ width, depth }: FloorPlan, ground: RefObject<SVGSVGElement | null>, zoom: number) {
  const frame = useRef<HTMLElement>(null)
  const middle = useRef({ x: 0.5, y: 0.5 })
  const [drawn, setDrawn] = useState<Drawn>({ width: assumed, height: (assumed * depth) / width })
  useEffect(() => {
    const [sheet, around] = [ground.current, frame.current]
    if (!sheet || !around) return
    const watching = new ResizeObserver(() => setDrawn({ width: sheet.clientWidth, height: sheet.clientHeight }))
    watching.observe(sheet)
    const remember = () => {
      const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = around
      middle.current = { x: (scrollLeft + clientWidth / 2) / scrollWidth, y: (scrollTop + clientHeight / 2) / scrollHeight }
    }
    around.addEventListener('scroll', remember, { passive: true })
    return () => {
      watching.disconnect()
      around.removeEventListener('scroll', remember)
    }
  }, [ground])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the zoom is what moves the frame
  useLayoutEffect(() => {
    const around = frame.current
    if (!around) return
    const { x, y } = middle.current
    around.scrollTo(x * around.scrollWidth - around.clientWidth / 2, y * around.scrollHeight - around.clientHeight / 2)
  }, [zoom])
  return { frame, drawn }
}
