import type { Group } from '@fettle/engine'
import { formatUnit, type Language } from '#platform/core'
import { type Translate, useLanguage, useTexts } from '#platform/web'
import type { Node, OptionState } from '../core/index.ts'
import style from './explorer.module.css'
import { StateSign } from './state-sign.tsx'

interface TreeLineProps {
  node: Node
  at: number
  name: string
  /** px from the top of the tree */
  top: number
  /** null for what is no option */
  state: OptionState | null
  /** null where nothing is below it */
  unfolded: boolean | null
  selected: boolean
  /** the line that the Tab key comes to */
  current: boolean
  onSelect(): void
  onFold(): void
  onChoose(): void
  onRefuse(): void
}

/** px by level; no deeper than a phone can show */
const indent = (level: number) => Math.min(level - 1, 9) * 18

/** A line of the tree. Its buttons are for the pointer; the keys of the tree do the same. */
export function TreeLine({ node, at, name, top, state, unfolded, selected, current, ...on }: TreeLineProps) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const decided = state === 'chosen' || state === 'refused'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      role="treeitem"
      className={style.line}
      aria-level={node.level}
      aria-selected={selected}
      {...(unfolded === null ? {} : { 'aria-expanded': unfolded })}
      tabIndex={current ? 0 : -1}
      style={{ top, paddingInlineStart: indent(node.level) + 4 }}
      data-at={at}
      data-id={node.id}
      data-state={state ?? undefined}
      onClick={on.onSelect}
    >
      <button
        type="button"
        className={style.twist}
        tabIndex={-1}
        aria-hidden="true"
        data-unfolded={unfolded ?? undefined}
        disabled={unfolded === null}
        onClick={event => {
          event.stopPropagation()
          on.onFold()
        }}
      >
        {unfolded === null ? '' : '›'}
      </button>
      <span className={style.lineName}>
        {name}
        {state === null ? <small>{questionText(t, node.group, language)}</small> : null}
      </span>
      {state === null ? null : (
        <>
          <span className={style.state}>
            <StateSign state={state} />
            {t(`state.${state}`)}
          </span>
          <span className={style.lineActions}>
            {(['chosen', 'refused'] as const).map(wish => (
              <button
                key={wish}
                type="button"
                tabIndex={-1}
                data-wish={wish}
                data-done={state === wish || undefined}
                aria-label={t(decided && state === wish ? 'tree.release' : wish === 'chosen' ? 'tree.choose' : 'tree.refuse', {
                  name,
                })}
                onClick={event => {
                  event.stopPropagation()
                  if (wish === 'chosen') on.onChoose()
                  else on.onRefuse()
                }}
              >
                {wish === 'chosen' ? '✓' : '−'}
              </button>
            ))}
          </span>
        </>
      )}
    </div>
  )
}

function questionText(t: Translate, group: Group, language: Language): string {
  switch (group.kind) {
    case 'choose-some': {
      const [min, max] = [group.min ?? 0, group.max ?? group.options.length]
      return min === 0 && max === group.options.length ? t('tree.choose-some') : t('tree.range', { min, max })
    }
    case 'number':
      return group.unit ? formatUnit(group.unit, language) : t('tree.number')
    default:
      return t('tree.choose-one')
  }
}
